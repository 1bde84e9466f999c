package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import dev.rootbeat.server.store.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. What arrives while a commit is under way shares the next one, since a commit costs far more than a
 * work: it waits for the disk.
 */
final class GroupCommit implements AutoCloseable {

    /** Others may be in a work's way so often before all other writers have to wait for it. */
    private static final int MAX_CONFLICTS = 3;

    /** So often a work is tried in all: it is alone then, so what is in its way holds on for a second or more. */
    private static final int MAX_TRIES = 30;

    private final Session session;
    private final Thread thread;
    private final Deque<Job<?>> waiting = new ArrayDeque<>();
    private boolean closed;
    private boolean working;

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
        var data = SqlData.writing(session);
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
            while (!waiting.isEmpty() && group.size() < session.dialect().maxWorks) {
                group.add(waiting.remove());
            }
        }
        return group;
    }

    /** Few works ever fail. Only where one does, the group is done again, so that it fails alone. */
    private void commit(List<Job<?>> group, SqlData data) {
        if (!commit(group, data, true)) {
            commit(group, data, false);
        }
    }

    /**
     * Does the works of a group in one transaction.
     *
     * @param together whether nothing shall come of any work where one fails
     * @return whether the group is done with; if it is not, nothing has come of it
     */
    private boolean commit(List<Job<?>> group, SqlData data, boolean together) {
        Dialect dialect = session.dialect();
        boolean alone = group.stream().anyMatch(job -> job.conflicts() >= MAX_CONFLICTS);
        try {
            session.begin(alone ? dialect.beginAlone : dialect.begin);
            data.forget();
            working = true;
            for (Job<?> job : group) {
                if (together) {
                    job.run(data);
                } else {
                    job.runInSavepoint(session, data, alone);
                }
            }
            working = false;
            // Where nothing was changed nothing waits for the disk.
            session.run(session.isChanged() ? "COMMIT" : "ROLLBACK");
        } catch (Throwable e) {
            boolean workFailed = working;
            working = false;
            rollBack(e);
            if (workFailed && together) {
                return false;
            }
            if (session.isConflict(e, alone)) {
                again(group, e);
            } else {
                group.forEach(job -> job.failed(e));
            }
            return true;
        }
        group.stream().filter(job -> !job.isInConflict()).forEach(Job::committed);
        again(group.stream().filter(Job::isInConflict).toList(), null);
        return true;
    }

    /** Puts works that others were in the way of before all that wait; gives up those that never get through. */
    private void again(List<Job<?>> works, @Nullable Throwable why) {
        for (Job<?> job : works.reversed()) {
            job.retry();
            if (job.conflicts() < MAX_TRIES) {
                synchronized (waiting) {
                    waiting.addFirst(job);
                }
            } else {
                job.failed(new StoreException("another process was in the way " + MAX_TRIES + " times", why));
            }
        }
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
