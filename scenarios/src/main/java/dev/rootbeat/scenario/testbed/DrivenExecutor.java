package dev.rootbeat.scenario.testbed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An executor of virtual time that any thread may give tasks; they run on the thread that drives the time. */
final class DrivenExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private final DrivenTime time;
    private final ScheduledExecutorService events;
    private final InstantSource clock;

    /**
     * Makes one.
     *
     * @param events where the tasks become events
     * @param clock the time that they run in
     */
    DrivenExecutor(DrivenTime time, ScheduledExecutorService events, InstantSource clock) {
        this.time = time;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void execute(Runnable command) {
        time.hand(() -> {
            if (!events.isShutdown()) {
                events.execute(command);
            }
        });
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        var task = new Task<>(callable, clock, Duration.of(delay, unit.toChronoUnit()));
        time.hand(() -> {
            if (!events.isShutdown()) {
                var _ = events.schedule(task, delay, unit);
            }
        });
        return task;
    }

    /** {@inheritDoc} Only for the thread that drives the time. */
    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return events.scheduleAtFixedRate(command, initialDelay, period, unit);
    }

    /** {@inheritDoc} Only for the thread that drives the time. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return events.scheduleWithFixedDelay(command, initialDelay, delay, unit);
    }

    @Override
    public void shutdown() {
        events.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return events.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return events.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return events.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return events.awaitTermination(timeout, unit);
    }

    /** What waits; it can be cancelled from any thread. */
    private static final class Task<V extends @Nullable Object> extends FutureTask<V> implements ScheduledFuture<V> {

        private final InstantSource clock;
        private final Instant due;

        Task(Callable<V> work, InstantSource clock, Duration delay) {
            super(work);
            this.clock = clock;
            this.due = clock.instant().plus(delay);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock.instant(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
