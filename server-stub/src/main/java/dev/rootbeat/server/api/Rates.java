package dev.rootbeat.server.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each may call: steadily at the rate, with a second's worth at once. Several server processes count each for
 * itself.
 */
final class Rates {

    private static final Duration BURST = Duration.ofSeconds(1);

    private final Duration interval;
    private final InstantSource clock;

    /** Until when what was taken is paid for. There is an entry per domain, not per name that a stranger makes up. */
    private final Map<String, Instant> paid = new ConcurrentHashMap<>();

    Rates(int perSecond, InstantSource clock) {
        this.interval = BURST.dividedBy(perSecond);
        this.clock = clock;
    }

    /** Takes a call, and returns zero; or takes none, and returns how long to wait. */
    Duration take(String who) {
        Instant now = clock.instant();
        Instant limit = now.plus(BURST);
        var wait = new Duration[] {Duration.ZERO};
        paid.compute(who, (_, until) -> {
            // What lies further ahead than any call is taken comes from a clock that stepped back: it counts anew.
            Instant from = until == null || until.isBefore(now) || until.isAfter(limit) ? now : until;
            Instant next = from.plus(interval);
            if (next.isAfter(limit)) {
                wait[0] = Duration.between(limit, next);
                return from;
            }
            return next;
        });
        return wait[0];
    }
}
