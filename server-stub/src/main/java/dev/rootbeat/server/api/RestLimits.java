package dev.rootbeat.server.api;

import java.time.Duration;

/**
 * What the REST interface takes from callers; more is refused.
 *
 * @param callsPerSecond calls per API key; a call may name thousands of devices
 * @param connections connections at a time
 * @param silence how long a connection may wait for a request before it is closed; one that falls silent within a request is
 *     not, and counts among the connections until its peer ends it
 * @param bodyTime how long a request's body may take altogether, by the operators' clock; seen when the next octets arrive
 */
public record RestLimits(int callsPerSecond, int connections, Duration silence, Duration bodyTime) {

    /**
     * Enough for scripts that work in parallel; a connection costs a virtual thread and some buffers; common HTTP clients
     * keep idle connections for 30 seconds; the largest body takes 50 seconds at 10 kB/s.
     */
    public static final RestLimits DEFAULT = new RestLimits(500, 2_000, Duration.ofSeconds(60), Duration.ofSeconds(50));

    /** Checks that every limit is positive. */
    public RestLimits {
        if (callsPerSecond <= 0 || connections <= 0 || !silence.isPositive() || !bodyTime.isPositive()) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /** Returns the same limits with another rate. */
    public RestLimits withCallsPerSecond(int newCallsPerSecond) {
        return new RestLimits(newCallsPerSecond, connections, silence, bodyTime);
    }
}
