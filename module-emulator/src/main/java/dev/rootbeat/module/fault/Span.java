package dev.rootbeat.module.fault;

/** How often something happens. Its text ends with a space, if there is one, because the commands follow. */
public sealed interface Span {

    /** More than any host tries. */
    int MAX_TIMES = 999_999;

    /** Always, until the fault is removed. */
    record ForGood() implements Span {
        @Override
        public String toString() {
            return "";
        }
    }

    /**
     * So many times.
     *
     * @param times 1 to {@value Span#MAX_TIMES}
     * @param aBoot whether they begin again with each boot
     */
    record Times(int times, boolean aBoot) implements Span {

        /** @throws IllegalArgumentException if the number is out of range */
        public Times {
            if (times < 1 || times > MAX_TIMES) {
                throw new IllegalArgumentException("a fault happens 1 to " + MAX_TIMES + " times, not " + times);
            }
        }

        @Override
        public String toString() {
            return (times == 1 ? "once" : times + " times") + (aBoot ? " a boot " : " ");
        }
    }

    /** Until one of these commands comes, which is none of the commands that it happens to. */
    record Until(Commands end) implements Span {
        @Override
        public String toString() {
            return "until " + end + " ";
        }
    }
}
