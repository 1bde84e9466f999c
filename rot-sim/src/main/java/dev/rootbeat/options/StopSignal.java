package dev.rootbeat.options;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that a command that runs until it is told to stop does so: SIGINT, SIGTERM, an interrupt of its thread, or
 * {@link #stop}. The process ends when the command has closed this, which it does last.
 */
public final class StopSignal implements AutoCloseable {

    /** Whoever stops a process loses patience then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("rootbeat-stop").unstarted(this::stopAndWait);

    private StopSignal() {}

    /** Listens for signals from now on. */
    public static StopSignal install() {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Has the command stop. Callable on any thread. */
    public void stop() {
        wished.countDown();
    }

    /** Returns when the command is to stop. */
    public void await() {
        try {
            wished.await();
        } catch (InterruptedException e) {
            stop();
        }
    }

    /** The command has closed what it opened. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and waited for this.
        }
    }

    private void stopAndWait() {
        stop();
        try {
            boolean _ = done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
