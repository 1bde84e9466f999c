package dev.rootbeat.scenario.testbed;

import java.time.Instant;
import java.util.List;

/**
 * What happened on a testbed, in order.
 *
 * @param start when the scenario began, on the testbed's clock
 * @param end when it had ended
 */
public record Timeline(Instant start, Instant end, List<Moment> moments) {

    /** Takes a copy of the list. */
    public Timeline {
        moments = List.copyOf(moments);
    }

    /** What sort of thing happened. */
    public enum Kind {
        /** A heartbeat or results reached the server and were answered. */
        HEARTBEAT,
        /** A device ran a command. */
        COMMAND,
        /** A device's certificate or key changed. */
        CERTIFICATE,
        /** Something went wrong on purpose. */
        FAULT,
        /** An operator called. */
        CALL,
        /** A webhook receiver was told something. */
        EVENT
    }

    /**
     * One thing that happened.
     *
     * @param subject the device, or who else it happened to
     * @param what in words
     */
    public record Moment(Instant at, Kind kind, String subject, String what) {}
}
