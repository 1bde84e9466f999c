package dev.rootbeat.server.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the server's data lives. Writes are serial: each sees everything that was written before it. Reads may run
 * beside them and see a committed state.
 */
public interface Store extends AutoCloseable {

    /**
     * Runs work in one transaction. The future completes when the transaction is durable, or fails with what the work
     * threw; nothing has changed then, and work that has seen a {@link StoreException} must end with it. Work whose
     * transaction fails for others' sake runs again; what it changed before is undone. The work must not wait for
     * anything: others wait for it. It sees the data through its transaction only: a call of the store from within is
     * refused with an IllegalStateException.
     *
     * <p>The future may complete on the store's own thread, so what is chained to it must be short and must not wait
     * for another write.
     */
    <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work);

    /**
     * Runs a query on a committed state. The query must not call the store.
     *
     * @throws StoreException if the data cannot be read
     */
    <T extends @Nullable Object> T read(Function<View, T> query);

    /** Finishes the writes under way and lets go of files and threads; to close again does nothing. */
    @Override
    void close();
}
