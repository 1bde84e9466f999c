package dev.rootbeat.server.store.memory;

import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the data in memory and does everything in the caller's thread, so the simulated world stays on one thread. A
 * server that crashes there leaves this object behind as its disk; therefore to close it does nothing.
 */
public final class MemoryStore implements Store {

    private final MemoryData data;
    private boolean busy;

    /** Creates a store that holds nothing. */
    public MemoryStore() {
        this(new MemoryData());
    }

    private MemoryStore(MemoryData data) {
        this.data = data;
    }

    /** Returns an independent store with the same data: a backup. */
    public synchronized MemoryStore copy() {
        refuseFromWithin();
        return new MemoryStore(data.copy());
    }

    /** {@inheritDoc} The future is always complete. */
    @Override
    public synchronized <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work) {
        refuseFromWithin();
        busy = true;
        try {
            T result = work.apply(data);
            data.commit();
            return CompletableFuture.completedFuture(result);
        } catch (Throwable e) {
            data.rollBack();
            return CompletableFuture.failedFuture(e);
        } finally {
            busy = false;
        }
    }

    @Override
    public synchronized <T extends @Nullable Object> T read(Function<View, T> query) {
        refuseFromWithin();
        busy = true;
        try {
            return query.apply(data);
        } finally {
            busy = false;
        }
    }

    @Override
    public void close() {}

    private void refuseFromWithin() {
        if (busy) {
            throw new IllegalStateException(
                    "the store was called from within a write or a query; use what it was given");
        }
    }
}
