package dev.rootbeat.server;

import java.time.InstantSource;

/**
 * The times of a server.
 *
 * @param certificates the time in which certificates age, devices speak and money is due; it may run fast
 * @param operators the time of tokens and webhooks: operators and their scripts live in real time, however fast
 *     certificates age
 * @param timers what it waits on
 */
public record Clocks(InstantSource certificates, InstantSource operators, Timers timers) {

    /** Clocks of a server that waits in real time. */
    public Clocks(InstantSource certificates, InstantSource operators) {
        this(certificates, operators, Timers.REAL);
    }
}
