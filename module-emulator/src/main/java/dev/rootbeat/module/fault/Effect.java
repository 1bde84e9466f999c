package dev.rootbeat.module.fault;

import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Escapes;
import java.time.Duration;

/**
 * What happens to a command. The first fault that fits decides; only a delay leaves the rest to the next one that fits,
 * or to the module.
 */
public sealed interface Effect {

    /** Longer than any host waits. */
    Duration MAX_DELAY = Duration.ofDays(1);

    /**
     * The command is not run; this and {@code OK} are answered.
     *
     * @param text one octet a character, its lines separated by CR LF; may be empty
     */
    record Reply(String text) implements Effect {
        @Override
        public String toString() {
            return text.isEmpty() ? "reply" : "reply " + Escapes.escape(text);
        }
    }

    /**
     * The command is not run; this is said, and no final result that is not in it.
     *
     * @param text one octet a character, its lines separated by CR LF
     */
    record Say(String text) implements Effect {

        /** @throws IllegalArgumentException if there is nothing to say */
        public Say {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("there is nothing to say; what answers nothing is silence");
            }
        }

        @Override
        public String toString() {
            return "say " + Escapes.escape(text);
        }
    }

    /** The command is not run; an error is answered. */
    record Fail(AtError error) implements Effect {
        @Override
        public String toString() {
            return "error " + error.text();
        }
    }

    /**
     * The command is run later.
     *
     * @param by not negative, to the millisecond, at most {@link Effect#MAX_DELAY}
     */
    record Delay(Duration by) implements Effect {

        private static final int SECOND = 1000;

        /** @throws IllegalArgumentException if it is out of range */
        public Delay {
            if (by.isNegative() || by.compareTo(MAX_DELAY) > 0) {
                throw new IllegalArgumentException("a delay is 0s to " + MAX_DELAY.toSeconds() + "s, not " + by);
            }
        }

        @Override
        public String toString() {
            long millis = by.toMillis();
            return "delay " + (millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms");
        }
    }

    /** The command line ends there, and nothing is answered. */
    record Silence() implements Effect {
        @Override
        public String toString() {
            return "silence";
        }
    }

    /** The command is not run and has no end, until the host aborts it (AT reference, section 1.1). */
    record Hang() implements Effect {
        @Override
        public String toString() {
            return "hang";
        }
    }

    /** The command is run, and instead of what it answers the module reboots. */
    record Reboot() implements Effect {
        @Override
        public String toString() {
            return "reboot";
        }
    }
}
