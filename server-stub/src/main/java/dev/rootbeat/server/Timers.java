package dev.rootbeat.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a server waits on where it waits for its clocks: scheduled jobs, deliveries of webhooks, answers that a fault
 * delays. What waits for a network or a disk takes real time always.
 */
@FunctionalInterface
public interface Timers {

    /** Threads of the server's own, in real time. */
    Timers REAL = (name, threads) -> Executors.newScheduledThreadPool(
            threads,
            Thread.ofPlatform().name("rootbeat-" + name + "-", 0).daemon().factory());

    /**
     * Opens an executor, which the server shuts down when it ends.
     *
     * @param name what it is for
     * @param threads how many of its tasks may run at a time
     */
    ScheduledExecutorService open(String name, int threads);

    /**
     * How long jobs wait at most before they look whether others have made them due; the timers' time counts, also when
     * the server's clock is fast.
     */
    default Duration look() {
        return Duration.ofSeconds(1);
    }
}
