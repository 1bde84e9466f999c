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
    private int conflicts;
    private boolean inConflict;

    Job(Function<Transaction, T> work) {
        this.work = work;
    }

    /** How often others have been in its way. */
    int conflicts() {
        return conflicts;
    }

    /** Does the work; the future does not know yet. What the work throws, this throws. */
    void run(Transaction transaction) {
        inConflict = false;
        T result = work.apply(transaction);
        outcome = () -> future.complete(result);
    }

    /** Does the work in a savepoint of its own, so that it can fail alone. */
    void runInSavepoint(Session session, SqlData data, boolean alone) {
        session.run("SAVEPOINT work");
        try {
            run(data);
        } catch (Throwable e) {
            session.run("ROLLBACK TO work");
            data.forget();
            inConflict = session.isConflict(e, alone);
            outcome = () -> future.completeExceptionally(e);
        }
        session.run("RELEASE work");
    }

    /** Whether the work is to be done again, because others were in its way when it ran last. */
    boolean isInConflict() {
        return inConflict;
    }

    /** Counts that others were in its way. */
    void retry() {
        conflicts++;
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
