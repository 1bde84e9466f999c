package dev.rootbeat.server.event;

import dev.rootbeat.server.store.Transaction;
import java.time.Instant;

/** Work that {@link Jobs} does when it is due. Its due time is kept in the store, under its name. */
public interface Job {

    /**
     * What a run leaves behind.
     *
     * @param next when the job is due again; an instant that has come already means at once, in a transaction of its own
     * @param afterwards runs once the transaction is durable, for what cannot be in it, such as to send a message; a
     *     process that dies in between never runs it, so what must not be lost is in the store as well
     */
    record Outcome(Instant next, Runnable afterwards) {

        /** Nothing is left to do but to wait for the next time. */
        public static Outcome next(Instant next) {
            return new Outcome(next, () -> {});
        }
    }

    /** The same in every version of the program and unlike every other job's. */
    String name();

    /**
     * Does what is due, in the transaction that moves the due time: both or neither happen. Others wait for the
     * transaction, so a long work is done in batches. What it throws leaves everything as it was, and the job is tried
     * again. A job that is new to the store runs at once.
     *
     * @param now the time, which may be long after the due time: the server was down
     */
    Outcome run(Transaction tx, Instant now);
}
