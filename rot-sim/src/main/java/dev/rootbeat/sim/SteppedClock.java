package dev.rootbeat.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is off by an amount which can be changed, as one is that somebody sets; timers do not notice. */
public final class SteppedClock implements InstantSource {

    private final InstantSource base;
    private Duration offset = Duration.ZERO;

    /** Shows the base clock's time until it is stepped. */
    public SteppedClock(InstantSource base) {
        this.base = base;
    }

    /** Sets the clock forward by the given amount, or back if that is negative. */
    public void step(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset);
    }
}
