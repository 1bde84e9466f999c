package dev.rootbeat.server.channel;

import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Lets no more requests a second through than a server can stand, whoever they are from: a token bucket that holds what
 * one second brings. The others are answered 5.03 and told to come again at a random time within the guard interval, so
 * that a fleet that woke at once does not come back at once (requirements, section 4).
 */
public final class Ceiling implements RequestHandler {

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final RequestHandler next;
    private final int requestsPerSecond;
    private final long full;
    private final long longestWait;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** What is left in the bucket: nanoseconds times requests per second, a request costs a second of them. */
    private long credit;

    private Instant refilled;

    /**
     * Puts a ceiling over a handler.
     *
     * @param requestsPerSecond at least 1
     * @param guard the guard interval, which no Max-Age exceeds
     * @param random called by one thread at a time
     * @throws IllegalArgumentException if there are less than one request per second
     */
    public Ceiling(
            RequestHandler next, int requestsPerSecond, Duration guard, InstantSource clock, RandomGenerator random) {
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException("a ceiling of " + requestsPerSecond + " requests per second");
        }
        this.next = next;
        this.requestsPerSecond = requestsPerSecond;
        this.longestWait = guard.toSeconds();
        this.clock = clock;
        this.random = random;
        this.full = requestsPerSecond * NANOS_PER_SECOND;
        this.credit = full;
        this.refilled = clock.instant();
    }

    @Override
    public void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        Optional<Duration> wait = admit();
        if (wait.isPresent()) {
            answer.accept(Response.retryAfter(Code.SERVICE_UNAVAILABLE, wait.get(), "too many requests at once"));
        } else {
            next.handle(peer, request, answer);
        }
    }

    /** Takes a request's cost from the bucket, or says how long to wait where it does not hold that much. */
    private synchronized Optional<Duration> admit() {
        refill();
        if (credit >= NANOS_PER_SECOND) {
            credit -= NANOS_PER_SECOND;
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(longestWait == 0 ? 0 : 1 + random.nextLong(longestWait)));
    }

    /** A clock that stepped back brings nothing, and counts on from where it stands. */
    private void refill() {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(refilled, now);
        refilled = now;
        if (elapsed.compareTo(Duration.ofSeconds(1)) >= 0) {
            credit = full;
        } else if (elapsed.isPositive()) {
            credit = Math.min(full, credit + requestsPerSecond * elapsed.toNanos());
        }
    }
}
