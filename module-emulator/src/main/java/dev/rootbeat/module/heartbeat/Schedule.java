package dev.rootbeat.module.heartbeat;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait until the next heartbeat. Every method draws its jitter from the randomness it was given. */
final class Schedule {

    /** The longest wait that a server can ask for: no mistake there silences a fleet for good. */
    static final Duration LONGEST = Duration.ofDays(30);

    /** More doublings reach the longest back-off from every sensible first one. */
    private static final int MAX_DOUBLINGS = 30;

    private final HeartbeatSettings settings;
    private final RandomGenerator random;

    Schedule(HeartbeatSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** After a boot without a valid clock. */
    Duration firstContact() {
        return scaled(settings.firstContactSpread(), 0, 1);
    }

    /** After a reply that asks for the next heartbeat. Right after the guard interval means never before it. */
    Duration next(Duration asked) {
        Duration wait = asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
        boolean guarded = wait.compareTo(settings.guard().multipliedBy(2)) <= 0;
        double jitter = settings.jitter();
        return longer(settings.provisioningBackOff(), scaled(wait, guarded ? 1 : 1 - jitter, 1 + jitter));
    }

    /** After an answer with Max-Age: not before it has passed. A server cannot ask for more than a period so. */
    Duration afterMaxAge(Duration maxAge) {
        Duration wait = maxAge.compareTo(settings.period()) < 0 ? maxAge : settings.period();
        return scaled(longer(settings.provisioningBackOff(), wait), 1, 1 + settings.jitter());
    }

    /** A whole period, for a device that the server does not want to hear. */
    Duration period() {
        return scaled(settings.period(), 1 - settings.jitter(), 1 + settings.jitter());
    }

    /** After a failure of a provisioned device, the first being number 1. */
    Duration backOff(int failures) {
        return backOff(settings.backOff(), settings.period(), failures);
    }

    /** After an exchange that brought an unprovisioned device no further, the first being number 1. */
    Duration provisioningBackOff(int attempts) {
        return backOff(settings.provisioningBackOff(), settings.guard(), attempts);
    }

    /** Half to all of the doubled time, so that devices that failed together do not come back together. */
    private Duration backOff(Duration first, Duration cap, int number) {
        Duration doubled = first.multipliedBy(1L << Math.min(number - 1, MAX_DOUBLINGS));
        return scaled(doubled.compareTo(cap) < 0 ? doubled : cap, 0.5, 1);
    }

    /** Whole milliseconds, at least one: nothing needs it finer, it survives storage, and nobody spins on it. */
    private Duration scaled(Duration wait, double least, double most) {
        double factor = least + (most - least) * random.nextDouble();
        return Duration.ofMillis(Math.max(1, (long) StrictMath.ceil(wait.toMillis() * factor)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
