package dev.rootbeat.sim;

import java.time.Duration;

/** Something that goes wrong with one message, the next of its leg. */
public sealed interface NetworkFault {

    /** The leg whose next message it meets. */
    Leg leg();

    /** The message does not arrive. */
    record Lose(Leg leg) implements NetworkFault {}

    /** The message arrives twice, at instants drawn for each. */
    record Duplicate(Leg leg) implements NetworkFault {}

    /** The message arrives later by the given time, so that later ones may overtake it. */
    record Hold(Leg leg, Duration delay) implements NetworkFault {}
}
