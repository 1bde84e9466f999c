package dev.rootbeat.module.heartbeat;

import java.time.Duration;

/**
 * When a module sends heartbeats (requirements, section 4).
 *
 * @param period how often, where the server says nothing else; also the longest back-off of a provisioned device
 * @param jitter the share, 0 to below 1, by which a wait is drawn longer or shorter
 * @param guard how long after an answered heartbeat a forced one is not sent; also the longest back-off before a device
 *     is provisioned
 * @param firstContactSpread a device that boots without a valid clock waits up to so long, so that a fleet whose power
 *     returns does not come at once
 * @param backOff the first wait of a provisioned device after a failure, doubled by every further one
 * @param provisioningBackOff the same before a device is provisioned; also the shortest wait between two heartbeats
 *     that a server can ask for
 * @param forcedPerDay how many forced heartbeats are sent in 24 h, at most {@value #MAX_FORCED_PER_DAY}; 0 for no limit
 */
public record HeartbeatSettings(
        Duration period,
        double jitter,
        Duration guard,
        Duration firstContactSpread,
        Duration backOff,
        Duration provisioningBackOff,
        int forcedPerDay) {

    /** The highest limit of forced heartbeats: their times are kept in storage, 8 octets each. */
    public static final int MAX_FORCED_PER_DAY = 100;

    /** What a module does unless it is told otherwise. */
    public static final HeartbeatSettings DEFAULT = of(Duration.ofHours(24), Duration.ofMinutes(5));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value that makes no sense
     */
    public HeartbeatSettings {
        requirePositive("heartbeat period", period);
        requirePositive("guard interval", guard);
        requirePositive("back-off", backOff);
        requirePositive("provisioning back-off", provisioningBackOff);
        if (firstContactSpread.isNegative()) {
            throw new IllegalArgumentException("first contact spread must not be negative");
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter must be at least 0 and below 1, not " + jitter);
        }
        if (forcedPerDay < 0 || forcedPerDay > MAX_FORCED_PER_DAY) {
            throw new IllegalArgumentException(
                    "forced heartbeats per day must be 0 to " + MAX_FORCED_PER_DAY + ", not " + forcedPerDay);
        }
    }

    /**
     * The usual settings for a period and a guard interval. The waits that follow failures and boots are a fifth of the
     * guard interval, which makes them a minute with the usual one, and short where somebody wants to see things happen.
     *
     * @throws IllegalArgumentException naming the value that makes no sense
     */
    public static HeartbeatSettings of(Duration period, Duration guard) {
        Duration fifth = guard.dividedBy(5);
        return new HeartbeatSettings(period, 0.1, guard, fifth, fifth, Duration.ofSeconds(1), 0);
    }

    /** The same with another limit of forced heartbeats. */
    public HeartbeatSettings withForcedPerDay(int limit) {
        return new HeartbeatSettings(period, jitter, guard, firstContactSpread, backOff, provisioningBackOff, limit);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than zero, not " + value);
        }
    }
}
