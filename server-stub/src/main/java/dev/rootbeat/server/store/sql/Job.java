package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.Transaction;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A work that waits for its turn, and the future that waits for its commit. */
final class Job<T extends @Nullable Object> {

    final CompletableFuture<T> future = new CompletableFuture<>();
    private final Function<Transaction, T> work;
    private Runnable outcome = () -> {};

    Job(Function<Transaction, T> work) {
        this.work = work;
    }

    /** Does the work in a savepoint of its own, so that it can fail alone; the future does not know yet. */
    void run(Session session, Transaction transaction) {
        session.run("SAVEPOINT work");
        try {
            T result = work.apply(transaction);
            outcome = () -> future.complete(result);
        } catch (Throwable e) {
            session.run("ROLLBACK TO work");
            outcome = () -> future.completeExceptionally(e);
        }
        session.run("RELEASE work");
    }

    /** Lets the future know what became of the work. */
    void committed() {
        outcome.run();
    }

    /** Lets the future know that the transaction failed. */
    void failed(Throwable why) {
        future.completeExceptionally(why);
    }
}
