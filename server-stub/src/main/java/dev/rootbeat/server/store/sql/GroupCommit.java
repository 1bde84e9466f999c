package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import dev.rootbeat.server.store.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. What arrives while a commit is under way shares the next one, since a commit costs far more than a
 * work: it waits for the disk.
 */
final class GroupCommit implements AutoCloseable {

    /** Keeps the first work of a transaction from waiting for too many others: some ten milliseconds. */
    private static final int MAX_WORKS = 256;

    private final Session session;
    private final Thread thread;
    private final Queue<Job<?>> waiting = new ArrayDeque<>();
    private boolean closed;
    private boolean working;
    private long commits;

    /** Starts the writer's thread; the session belongs to it. */
    GroupCommit(Session session) {
        this.session = session;
        // SQLite's native calls would pin a virtual thread.
        this.thread = Thread.ofPlatform().name("rootbeat-store").start(this::run);
    }

    <T extends @Nullable Object> CompletableFuture<T> submit(Function<Transaction, T> work) {
        var job = new Job<T>(work);
        synchronized (waiting) {
            if (closed) {
                return CompletableFuture.failedFuture(new StoreException("the store is closed"));
            }
            waiting.add(job);
            waiting.notifyAll();
        }
        return job.future;
    }

    /** Returns whether the caller is a work. */
    boolean isCaller() {
        return Thread.currentThread() == thread && working;
    }

    /** Returns how many transactions have been committed. */
    long commits() {
        synchronized (waiting) {
            return commits;
        }
    }

    /** Finishes what was submitted and ends the thread. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var data = new SqlData(session);
        List<Job<?>> group = next();
        while (!group.isEmpty()) {
            commit(group, data);
            group = next();
        }
    }

    /** Waits for work, and returns what there is; nothing at the end. */
    private List<Job<?>> next() {
        var group = new ArrayList<Job<?>>();
        synchronized (waiting) {
            while (waiting.isEmpty() && !closed) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    // Nobody who knows this thread wants it to stop; close does it.
                }
            }
            while (!waiting.isEmpty() && group.size() < MAX_WORKS) {
                group.add(waiting.remove());
            }
        }
        return group;
    }

    private void commit(List<Job<?>> group, Transaction transaction) {
        try {
            session.run("BEGIN IMMEDIATE");
            working = true;
            group.forEach(job -> job.run(session, transaction));
            working = false;
            session.run("COMMIT");
        } catch (Throwable e) {
            working = false;
            rollBack(e);
            group.forEach(job -> job.failed(e));
            return;
        }
        synchronized (waiting) {
            commits++;
        }
        group.forEach(Job::committed);
    }

    private void rollBack(Throwable why) {
        try {
            session.run("ROLLBACK");
        } catch (StoreException e) {
            // SQLite has rolled back already after some failures, such as a full disk.
            why.addSuppressed(e);
        }
    }
}
