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
    public static final HeartbeatSettings DEFAULT = new HeartbeatSettings(
            Duration.ofHours(24),
            0.1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            0);

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

    /** The same with another period. */
    public HeartbeatSettings withPeriod(Duration newPeriod) {
        return new HeartbeatSettings(
                newPeriod, jitter, guard, firstContactSpread, backOff, provisioningBackOff, forcedPerDay);
    }

    /** The same with another guard interval. */
    public HeartbeatSettings withGuard(Duration newGuard) {
        return new HeartbeatSettings(
                period, jitter, newGuard, firstContactSpread, backOff, provisioningBackOff, forcedPerDay);
    }

    /** The same with another spread of first contacts. */
    public HeartbeatSettings withFirstContactSpread(Duration spread) {
        return new HeartbeatSettings(period, jitter, guard, spread, backOff, provisioningBackOff, forcedPerDay);
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
