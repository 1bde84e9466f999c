package dev.rootbeat.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits, but not for ever.
 *
 * @param limit how long anything may take
 * @param timers wake up those who wait
 */
record Patience(Duration limit, InstantSource clock, ScheduledExecutorService timers) {

    /** Often enough that nobody sees it, seldom enough that a thousand devices do not busy their server. */
    private static final long POLL_MILLIS = 100;

    /** Waits for something that somebody else completes. */
    <T> T get(Future<T> future) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DemoFailure("no answer in " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DemoFailure failure) {
                throw failure;
            }
            throw new DemoFailure(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    /**
     * Looks again and again until there is something to see.
     *
     * @param otherwise says what is wrong if there never is
     */
    <T> T await(Supplier<Optional<T>> look, Supplier<String> otherwise) {
        Instant end = clock.instant().plus(limit);
        Optional<T> seen = look.get();
        while (seen.isEmpty()) {
            if (clock.instant().isAfter(end)) {
                throw new DemoFailure("after " + limit.toSeconds() + " s " + otherwise.get());
            }
            get(timers.schedule(() -> true, POLL_MILLIS, TimeUnit.MILLISECONDS));
            seen = look.get();
        }
        return seen.get();
    }
}
