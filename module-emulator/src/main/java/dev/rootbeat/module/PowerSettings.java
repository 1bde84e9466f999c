package dev.rootbeat.module;

import java.time.Duration;

/**
 * How a module behaves when it is switched on and off (AT reference, section 3.6).
 *
 * @param boot how long after power-on it is silent; a host that a module shall take for rebooted waits 15 s
 * @param off how long it stays off after {@code AT+CPWROFF}, whatever the host sends. A host that makes sure sends
 *     {@code AT} and waits 3 s for silence, so that shorter times look like a module that did not switch off
 * @param sleep how long after {@code AT+CPWROFF} it wakes by itself, as nobody can press its button; never if zero. What
 *     the host sends wakes it earlier
 */
public record PowerSettings(Duration boot, Duration off, Duration sleep) {

    /** Boots at once. */
    public static final PowerSettings SWIFT =
            new PowerSettings(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(30));

    /** Boots in the time that ubxlib gives a SARA-R5. */
    public static final PowerSettings USUAL =
            new PowerSettings(Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(30));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is negative, or the module would wake while it has to be off
     */
    public PowerSettings {
        if (boot.isNegative() || off.isNegative() || sleep.isNegative()) {
            throw new IllegalArgumentException("a module cannot boot, be off or sleep for less than no time");
        }
        if (!sleep.isZero() && sleep.compareTo(off) < 0) {
            throw new IllegalArgumentException("a module that is off for " + off + " cannot wake after " + sleep);
        }
    }
}
