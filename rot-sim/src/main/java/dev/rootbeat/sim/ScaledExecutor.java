package dev.rootbeat.sim;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A view of an executor that divides the delays of timers; the rest it hands on. */
final class ScaledExecutor implements ScheduledExecutorService {

    private final ScheduledExecutorService real;
    private final int factor;

    ScaledExecutor(ScheduledExecutorService real, int factor) {
        this.real = real;
        this.factor = factor;
    }

    /** Rounds up, so that nothing comes before its time. */
    private long scaled(long delay, TimeUnit unit) {
        return Math.ceilDiv(unit.toNanos(delay), factor);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return real.schedule(command, scaled(delay, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return real.schedule(callable, scaled(delay, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return real.scheduleAtFixedRate(
                command, scaled(initialDelay, unit), scaled(period, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return real.scheduleWithFixedDelay(
                command, scaled(initialDelay, unit), scaled(delay, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public void execute(Runnable command) {
        real.execute(command);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return real.submit(task);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return real.submit(task, result);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return real.submit(task);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return real.invokeAll(tasks);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return real.invokeAll(tasks, scaled(timeout, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return real.invokeAny(tasks);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return real.invokeAny(tasks, scaled(timeout, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        real.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return real.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return real.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return real.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return real.awaitTermination(scaled(timeout, unit), TimeUnit.NANOSECONDS);
    }
}
