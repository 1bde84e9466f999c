package dev.rootbeat.server.fault;

/** How often something goes wrong. */
public sealed interface Often {

    /** On every occasion. */
    record Always() implements Often {
        @Override
        public String toString() {
            return "";
        }
    }

    /** On the first occasions, all devices together. */
    record Times(int times) implements Often {

        /** @throws IllegalArgumentException if it is less than once */
        public Times {
            if (times < 1) {
                throw new IllegalArgumentException("it happens 1 time or more, not " + times);
            }
        }

        @Override
        public String toString() {
            return times == 1 ? "once " : times + " times ";
        }
    }

    /** By chance, once in so many occasions. */
    record OneIn(int occasions) implements Often {

        /** @throws IllegalArgumentException if it would happen to one in less than one */
        public OneIn {
            if (occasions < 1) {
                throw new IllegalArgumentException("it happens 1 in 1 or more, not 1 in " + occasions);
            }
        }

        @Override
        public String toString() {
            return "1 in " + occasions + " ";
        }
    }

    /** On this occasion of a device only, counted from 1: so a run that was recorded is played again. */
    record Nth(long number) implements Often {

        /** @throws IllegalArgumentException if it is before the first */
        public Nth {
            if (number < 1) {
                throw new IllegalArgumentException("occasions are counted from 1, not from " + number);
            }
        }

        @Override
        public String toString() {
            return "number " + number + " ";
        }
    }
}
