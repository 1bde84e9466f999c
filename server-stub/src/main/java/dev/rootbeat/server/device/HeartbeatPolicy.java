package dev.rootbeat.server.device;

import java.time.Duration;

/**
 * When devices shall speak (requirements, section 4).
 *
 * @param guard how long after an accepted heartbeat no other is accepted
 * @param period how long a device without pending work waits until its next heartbeat
 */
public record HeartbeatPolicy(Duration guard, Duration period) {

    /** Five minutes of guard, a day between heartbeats. */
    public static final HeartbeatPolicy DEFAULT = new HeartbeatPolicy(Duration.ofMinutes(5), Duration.ofHours(24));

    /** Checks that both are positive. */
    public HeartbeatPolicy {
        if (!guard.isPositive() || !period.isPositive()) {
            throw new IllegalArgumentException("guard interval and heartbeat period must be longer than nothing");
        }
    }
}
