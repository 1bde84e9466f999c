package dev.rootbeat.server.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Where the server's data lives. Writes are serial: each sees everything that was written before it. Reads may run
 * beside them and see a committed state.
 */
public interface Store extends AutoCloseable {

    /**
     * Runs work in one transaction. The future completes when the transaction is durable, or fails with what the work
     * threw; nothing has changed then. The work must not wait for anything: others wait for it.
     */
    <T> CompletableFuture<T> write(Function<Transaction, T> work);

    /** Runs a query on a committed state. */
    <T> T read(Function<View, T> query);

    /** Finishes the writes under way and lets go of files and threads. */
    @Override
    void close();
}
