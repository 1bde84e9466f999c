package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.DeviceStatus;
import java.time.Duration;

/**
 * When devices shall speak, and what they are shown (requirements, sections 3 and 4).
 *
 * @param guard how long after an accepted heartbeat no other is accepted
 * @param period how long a device without pending work waits until its next heartbeat
 * @param blacklisted what a device is shown that is sealed and not on the whitelist
 * @param planLimit how many devices come to the developer plan
 */
public record HeartbeatPolicy(Duration guard, Duration period, DeviceStatus blacklisted, PlanLimit planLimit) {

    /** Five minutes of guard, a day between heartbeats. */
    public static final HeartbeatPolicy DEFAULT = new HeartbeatPolicy(Duration.ofMinutes(5), Duration.ofHours(24));

    /** A blacklisted device looks unsealed. */
    public HeartbeatPolicy(Duration guard, Duration period) {
        this(guard, period, DeviceStatus.BOOTSTRAPPED);
    }

    /** The developer plan has its usual limit. */
    public HeartbeatPolicy(Duration guard, Duration period, DeviceStatus blacklisted) {
        this(guard, period, blacklisted, PlanLimit.DEFAULT);
    }

    /** Checks that both times are positive. */
    public HeartbeatPolicy {
        if (!guard.isPositive() || !period.isPositive()) {
            throw new IllegalArgumentException("guard interval and heartbeat period must be longer than nothing");
        }
    }
}
