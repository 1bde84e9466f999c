package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;

/** Instants and durations as a signed 64-bit number of nanoseconds: exact, sortable, and enough until the year 2262. */
final class Nanos {

    private static final long PER_SECOND = 1_000_000_000;

    private Nanos() {}

    static long of(Instant instant) {
        return of(Duration.between(Instant.EPOCH, instant));
    }

    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            throw new StoreException("a time of " + duration.toDays() + " days is too long to be stored", e);
        }
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
