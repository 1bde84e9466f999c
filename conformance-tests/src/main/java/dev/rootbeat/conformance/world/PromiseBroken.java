package dev.rootbeat.conformance.world;

import java.time.Instant;
import java.util.List;

/** A promise does not hold. The message says which, the seed that shows it again, and what led to it. */
public final class PromiseBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How a device is named at the beginning of what is wrong with it. */
    private static final int NAME = 16;

    private final String what;
    private final transient List<String> history;
    private final Instant at;
    private final int device;
    private final String eventLogHash;

    /** Notices at this instant that a promise is broken, which ends the world and its log. */
    PromiseBroken(String what, World world) {
        this(
                what,
                about(what, world.log()),
                "seed " + world.settings().seed() + ", after " + world.log().lines() + " lines",
                world.time().instant(),
                world.place(what.substring(0, Math.min(NAME, what.length()))),
                world.log().hash());
    }

    private PromiseBroken(String what, List<String> history, String where, Instant at, int device, String hash) {
        super(what + "\n" + where + ":\n  " + String.join("\n  ", history));
        this.what = what;
        this.history = history;
        this.at = at;
        this.device = device;
        this.eventLogHash = hash;
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

    /** When it was noticed. */
    public Instant at() {
        return at;
    }

    /** The place in the fleet of the device that it is about; -1 if it is about none. */
    public int device() {
        return device;
    }

    /** SHA-256 over the event log until then, in hexadecimal digits. */
    public String eventLogHash() {
        return eventLogHash;
    }

    /** What led to it: the last lines of the event log, oldest first. */
    public List<String> history() {
        return history;
    }
}
