package dev.rootbeat.module.heartbeat;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a task when it is due and the module is attached to a network: what comes due without one waits for the next. */
final class Alarm {

    private final ScheduledExecutorService executor;
    private final Runnable task;
    private @Nullable ScheduledFuture<?> timer;
    private boolean attached;
    private boolean overdue;

    Alarm(ScheduledExecutorService executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    boolean isAttached() {
        return attached;
    }

    void attach() {
        attached = true;
        if (overdue) {
            set(Duration.ZERO);
        }
    }

    void detach() {
        attached = false;
    }

    /** The task is due after a wait, and not when it was due before. */
    void set(Duration wait) {
        cancel();
        timer = executor.schedule(this::ring, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The task is not due. */
    void cancel() {
        overdue = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void ring() {
        timer = null;
        overdue = !attached;
        if (attached) {
            task.run();
        }
    }
}
