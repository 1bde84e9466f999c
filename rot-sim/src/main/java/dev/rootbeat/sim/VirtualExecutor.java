package dev.rootbeat.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One owner's view of {@link VirtualTime}. What a {@link Runnable} throws comes out of the run of time; what a
 * {@link Callable} throws is told by its future. Nothing here waits: a method that would have to throws instead.
 */
final class VirtualExecutor implements ScheduledExecutorService {

    private final VirtualTime time;
    private final String owner;
    private @Nullable VirtualTask<?> firstWaiting;
    private @Nullable VirtualTask<?> lastWaiting;
    private boolean shutdown;

    VirtualExecutor(VirtualTime time, String owner) {
        this.time = time;
        this.owner = owner;
    }

    @Override
    public void execute(Runnable command) {
        var _ = enqueue(Executors.callable(command), false, 0, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return enqueue(Executors.callable(command), false, unit.toNanos(delay), 0);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return enqueue(callable, true, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        if (period <= 0) {
            throw new IllegalArgumentException("the period must be positive, not " + period);
        }
        return enqueue(Executors.callable(command), false, unit.toNanos(initialDelay), unit.toNanos(period));
    }

    /** The same as a fixed rate, because no time passes while a task runs. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(command, initialDelay, delay, unit);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return enqueue(task, true, 0, 0);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return enqueue(Executors.callable(task, result), false, 0, 0);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return enqueue(Executors.callable(task), false, 0, 0);
    }

    /** Tasks with a delay still run, periodic ones end, as in the executors of the JDK. */
    @Override
    public void shutdown() {
        shutdown = true;
        waiting().stream().filter(VirtualTask::isPeriodic).forEach(task -> task.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<VirtualTask<?>> never = waiting();
        never.forEach(task -> task.cancel(false));
        return List.copyOf(never);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && firstWaiting == null;
    }

    /**
     * Returns true if the executor has terminated.
     *
     * @throws IllegalStateException if not: waiting would stop the only thread, and with it the time
     */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        if (!isTerminated()) {
            throw wouldWait();
        }
        return true;
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        throw wouldWait();
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw wouldWait();
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks) {
        throw wouldWait();
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw wouldWait();
    }

    private IllegalStateException wouldWait() {
        return new IllegalStateException("virtual time stands still while one waits for the tasks of " + owner);
    }

    private <V extends @Nullable Object> VirtualTask<V> enqueue(
            Callable<V> work, boolean failureIsOutcome, long delay, long period) {
        if (shutdown) {
            throw new RejectedExecutionException("the executor of " + owner + " is shut down");
        }
        VirtualTask<V> task = new VirtualTask<>(this, work, failureIsOutcome, period);
        queue(task, delay);
        return task;
    }

    long now() {
        return time.now();
    }

    void cancelled(VirtualTask<?> task) {
        forget(task);
        time.noteCancelled();
    }

    private List<VirtualTask<?>> waiting() {
        List<VirtualTask<?>> tasks = new ArrayList<>();
        for (VirtualTask<?> task = firstWaiting; task != null; task = task.next) {
            tasks.add(task);
        }
        return tasks;
    }

    /** Queues the task and appends it to the list of those that wait; a set would cost more than the queue. */
    void queue(VirtualTask<?> task, long delay) {
        task.previous = lastWaiting;
        if (lastWaiting == null) {
            firstWaiting = task;
        } else {
            lastWaiting.next = task;
        }
        lastWaiting = task;
        time.enqueue(task, delay);
    }

    /** Takes the task out of the list of those that wait. */
    void forget(VirtualTask<?> task) {
        if (task.previous == null) {
            firstWaiting = task.next;
        } else {
            task.previous.next = task.next;
        }
        if (task.next == null) {
            lastWaiting = task.previous;
        } else {
            task.next.previous = task.previous;
        }
        task.previous = null;
        task.next = null;
    }

    @Override
    public String toString() {
        return owner;
    }
}
