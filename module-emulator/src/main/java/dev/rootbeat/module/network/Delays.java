package dev.rootbeat.module.network;

import java.time.Duration;

/**
 * How long a network takes.
 *
 * @param registration from the search for a network until the module is registered
 * @param scan a search for all networks
 * @param activation from the command that activates a packet switched data profile until it is active
 */
public record Delays(Duration registration, Duration scan, Duration activation) {

    /** No time at all. */
    public static final Delays NONE = new Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** What a host has to expect on a good day (ours; ubxlib gives a profile three seconds to activate). */
    public static final Delays USUAL = new Delays(Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Delays {
        if (registration.isNegative() || scan.isNegative() || activation.isNegative()) {
            throw new IllegalArgumentException("a network cannot take less than no time");
        }
    }
}
