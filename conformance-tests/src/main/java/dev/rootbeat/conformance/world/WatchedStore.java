package dev.rootbeat.conformance.world;

import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells when a store was written, so that nobody looks at data that has not changed. */
record WatchedStore(Store store, Runnable written) implements Store {

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work) {
        written.run();
        return store.write(work);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<View, T> query) {
        return store.read(query);
    }

    @Override
    public void close() {
        store.close();
    }
}
