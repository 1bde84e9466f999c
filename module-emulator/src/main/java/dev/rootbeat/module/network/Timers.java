package dev.rootbeat.module.network;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The timers of one boot of a module: none of them runs after its power went off. Used on the module's executor. */
public final class Timers implements AutoCloseable {

    private final ScheduledExecutorService executor;
    private final Set<Timer> running = new HashSet<>();
    private boolean closed;

    /** Something that will happen. */
    public final class Timer {

        private final ScheduledFuture<?> future;

        private Timer(Duration delay, Runnable task) {
            future = executor.schedule(() -> end(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** It will not happen. */
        public void cancel() {
            future.cancel(false);
            running.remove(this);
        }

        private void end(Runnable task) {
            if (running.remove(this) && !closed) {
                task.run();
            }
        }
    }

    /** Makes timers on a module's executor. */
    public Timers(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** Runs a task after a delay. */
    public Timer after(Duration delay, Runnable task) {
        var timer = new Timer(delay, task);
        running.add(timer);
        return timer;
    }

    @Override
    public void close() {
        closed = true;
        Set.copyOf(running).forEach(Timer::cancel);
    }
}
