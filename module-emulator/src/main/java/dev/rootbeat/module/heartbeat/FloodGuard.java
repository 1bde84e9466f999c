package dev.rootbeat.module.heartbeat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The module's side of flood protection (requirements, section 4): every answer of the server starts a time in which
 * no heartbeat is sent for a host. A clock that stepped back counts as time elapsed.
 */
final class FloodGuard {

    private Instant from = Instant.EPOCH;
    private Instant until = Instant.EPOCH;
    private ForcedOutcome outcome = ForcedOutcome.TOO_EARLY;

    /** The server has answered; until the wait is over a host that asks gets this outcome. */
    void answered(Instant now, Duration wait, ForcedOutcome outcomeMeanwhile) {
        from = now;
        until = now.plus(wait);
        outcome = outcomeMeanwhile;
    }

    /** What a host that asks now gets, or null if a heartbeat may be sent. */
    @Nullable
    ForcedOutcome refusal(Instant now) {
        return now.isBefore(from) || !now.isBefore(until) ? null : outcome;
    }
}
