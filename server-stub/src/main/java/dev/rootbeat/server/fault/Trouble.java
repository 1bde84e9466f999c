package dev.rootbeat.server.fault;

import java.time.Duration;

/** What happens to a message of a device, or to its answer. */
public sealed interface Trouble {

    /** The server refuses it with 4.03 and has not looked at it: a device must not take that for an end. */
    record Reject() implements Trouble {
        @Override
        public String toString() {
            return "reject";
        }
    }

    /** 4.29 with Max-Age: a device must wait, however well it believes to have behaved. */
    record TooMany(Duration maxAge) implements Trouble {
        @Override
        public String toString() {
            return "4.29 " + Harm.text(maxAge);
        }
    }

    /** 5.03 with Max-Age: an overloaded server. */
    record Unavailable(Duration maxAge) implements Trouble {
        @Override
        public String toString() {
            return "5.03 " + Harm.text(maxAge);
        }
    }

    /** It never reached the server. */
    record LoseRequest() implements Trouble {
        @Override
        public String toString() {
            return "lose-request";
        }
    }

    /** The server did its work, and the device never learns of it: the hard one of the two. */
    record LoseReply() implements Trouble {
        @Override
        public String toString() {
            return "lose-reply";
        }
    }

    /** The answer comes late, maybe after the device has given up. */
    record Delay(Duration delay) implements Trouble {
        @Override
        public String toString() {
            return "delay " + Harm.text(delay);
        }
    }

    /** One bit of the answer is wrong: a device must not act on what it cannot read, or half of it. */
    record Garble() implements Trouble {
        @Override
        public String toString() {
            return "garble";
        }
    }
}
