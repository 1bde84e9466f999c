package dev.rootbeat.sim;

import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task in the queue of {@link VirtualTime}, and the future of its outcome. */
final class VirtualTask<V extends @Nullable Object> implements RunnableScheduledFuture<V> {

    static final Comparator<VirtualTask<?>> QUEUE_ORDER =
            (a, b) -> a.at == b.at ? Long.compare(a.sequence, b.sequence) : Long.compare(a.at, b.at);

    private enum State {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    private final VirtualExecutor owner;
    private final Callable<V> work;
    private final boolean failureIsOutcome;
    private final long period;
    private State state = State.WAITING;
    private @Nullable V value;
    private @Nullable Throwable failure;

    /** Nanoseconds since the start of the world; with {@link #sequence} the place in the queue. */
    long at;

    long sequence;

    /** The neighbours in the list of the owner's waiting tasks. */
    @Nullable
    VirtualTask<?> previous;

    @Nullable
    VirtualTask<?> next;

    /**
     * @param failureIsOutcome whether the future tells a failure; else the failure ends the run
     * @param period nanoseconds to the next run; zero for a task that runs once
     */
    VirtualTask(VirtualExecutor owner, Callable<V> work, boolean failureIsOutcome, long period) {
        this.owner = owner;
        this.work = work;
        this.failureIsOutcome = failureIsOutcome;
        this.period = period;
    }

    /** The name of the owner. */
    String owner() {
        return owner.toString();
    }

    @Override
    public void run() {
        if (state != State.WAITING) {
            return;
        }
        owner.forget(this);
        state = State.RUNNING;
        try {
            value = work.call();
        } catch (Throwable thrown) {
            failure = thrown;
            state = State.FAILED;
            if (!failureIsOutcome) {
                throw unchecked(thrown);
            }
        }
        if (state == State.RUNNING) {
            if (period == 0) {
                state = State.SUCCEEDED;
            } else if (owner.isShutdown()) {
                state = State.CANCELLED;
            } else {
                state = State.WAITING;
                owner.queue(this, period);
            }
        }
    }

    /** Only a {@link Callable} can throw anything checked, and its failure is an outcome. */
    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    @Override
    public boolean isPeriodic() {
        return period != 0;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return false;
        }
        boolean queued = state == State.WAITING;
        state = State.CANCELLED;
        if (queued) {
            owner.cancelled(this);
        }
        return true;
    }

    @Override
    public boolean isCancelled() {
        return state == State.CANCELLED;
    }

    @Override
    public boolean isDone() {
        return state != State.WAITING && state != State.RUNNING;
    }

    /**
     * Returns the outcome of a task that has ended.
     *
     * @throws IllegalStateException if it has not: waiting would stop the only thread, and with it the time
     */
    @Override
    @SuppressWarnings("NullAway") // a successful task has set the value, which is null only where V may be
    public V get() throws ExecutionException {
        return switch (state) {
            case SUCCEEDED -> value;
            case FAILED -> throw new ExecutionException(failure);
            case CANCELLED -> throw new CancellationException();
            case WAITING, RUNNING ->
                throw new IllegalStateException(
                        "a task of " + owner + " has not ended, and virtual time stands still while one waits for it");
        };
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws ExecutionException {
        return get();
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(at - owner.now(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
