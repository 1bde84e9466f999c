package dev.rootbeat.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A clock that runs faster than real time, and timers to go with it, so that a certificate of 90 days lives 90 minutes.
 * Several processes agree on the time if they scale it alike since the same instant. Networks do not become faster:
 * what waits for an answer belongs on real timers.
 *
 * @param real the real time
 * @param since when both times were the same
 * @param factor how many times faster it runs, 1 to {@value #MAX_FACTOR}
 */
public record ScaledTime(InstantSource real, Instant since, int factor) implements InstantSource {

    /** A day takes about a second then, as an exchange over a network may. */
    public static final int MAX_FACTOR = 100_000;

    /** @throws IllegalArgumentException if the factor is out of range */
    public ScaledTime {
        if (factor < 1 || factor > MAX_FACTOR) {
            throw new IllegalArgumentException("time can run 1 to " + MAX_FACTOR + " times faster, not " + factor);
        }
    }

    @Override
    public Instant instant() {
        return since.plus(Duration.between(since, real.instant()).multipliedBy(factor));
    }

    /**
     * Returns a view of an executor whose delays are of this time. The futures that it returns tell real delays, and
     * shutting it down shuts the executor down.
     */
    public ScheduledExecutorService executor(ScheduledExecutorService executor) {
        return factor == 1 ? executor : new ScaledExecutor(executor, factor);
    }
}
