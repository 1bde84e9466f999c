package dev.rootbeat.conformance.world;

import java.util.List;

/** A promise does not hold. The message says which, the seed that shows it again, and what led to it. */
public final class PromiseBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How a device is named at the beginning of what is wrong with it. */
    private static final int NAME = 16;

    private final String what;
    private final transient List<String> history;

    PromiseBroken(String what, EventLog log, long seed) {
        this(what, about(what, log), "seed " + seed + ", after " + log.lines() + " lines");
    }

    private PromiseBroken(String what, List<String> history, String where) {
        super(what + "\n" + where + ":\n  " + String.join("\n  ", history));
        this.what = what;
        this.history = history;
    }

    /** Of a device its own history, and that of whatever is no device. */
    private static List<String> about(String what, EventLog log) {
        String device = what.length() > NAME && what.charAt(NAME) == ':' ? what.substring(0, NAME) : "";
        return log.tail(subject -> device.isEmpty() || subject.equals(device) || subject.length() != NAME);
    }

    /** Which promise, and whose. */
    public String what() {
        return what;
    }

    /** What led to it: the last lines of the event log, oldest first. */
    public List<String> history() {
        return history;
    }
}
