package dev.rootbeat.conformance.world;

/** A promise of the protocol does not hold; the message says which, where, and how to see it again. */
public final class PromiseBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PromiseBroken(String what, EventLog log, long seed) {
        super(what + "\nseed " + seed + ", after " + log.lines() + " lines:\n  " + String.join("\n  ", log.tail()));
    }
}
