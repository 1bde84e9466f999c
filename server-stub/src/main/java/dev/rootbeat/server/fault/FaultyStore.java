package dev.rootbeat.server.fault;

import dev.rootbeat.server.fault.Harm.Moment;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets faults happen to a store: writes are slow, and the process dies on either side of a commit. */
public final class FaultyStore implements Store {

    private final Store store;
    private final Faults faults;
    private final ScheduledExecutorService timers;
    private final Runnable death;

    /**
     * Puts faults before a store.
     *
     * @param timers delays writes
     * @param death ends the process at once, and does not return
     */
    public FaultyStore(Store store, Faults faults, ScheduledExecutorService timers, Runnable death) {
        this.store = store;
        this.faults = faults;
        this.timers = timers;
        this.death = death;
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work) {
        if (!(faults.strike(Harm.SlowStore.OCCASION, null).orElse(null) instanceof Harm.SlowStore(Duration delay))) {
            return writeNow(work);
        }
        var written = new CompletableFuture<T>();
        var _ = timers.schedule(() -> pass(writeNow(work), written), delay.toMillis(), TimeUnit.MILLISECONDS);
        return written;
    }

    private static <T extends @Nullable Object> void pass(CompletableFuture<T> from, CompletableFuture<T> to) {
        var _ = from.whenComplete((result, failure) -> {
            if (failure == null) {
                to.complete(result);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    private <T extends @Nullable Object> CompletableFuture<T> writeNow(Function<Transaction, T> work) {
        if (!faults.mayCrash()) {
            return store.write(work);
        }
        var changes = new ArrayList<String>();
        return store.<T>write(transaction -> {
                    changes.clear();
                    return work.apply(Changes.watched(transaction, change -> {
                        dieOn(Moment.BEFORE_COMMIT, change);
                        changes.add(change);
                    }));
                })
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        changes.forEach(change -> dieOn(Moment.AFTER_COMMIT, change));
                    }
                });
    }

    private void dieOn(Moment moment, String change) {
        if (faults.strike(Harm.Crash.occasion(moment, change), null).isPresent()) {
            death.run();
        }
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
