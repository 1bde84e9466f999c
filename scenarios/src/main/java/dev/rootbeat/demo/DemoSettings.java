package dev.rootbeat.demo;

import dev.rootbeat.rot.protocol.Behaviour;
import java.time.Duration;

/**
 * How a demonstration goes.
 *
 * @param devices how many modules take part, {@value #FEWEST} to {@value #MOST}
 * @param seed what their identities and jitter are drawn from
 * @param guard the guard interval of modules and server, in whole seconds
 * @param patience how long anything may take before the demonstration says that it failed
 * @param behaviour sees and may change what the modules send, receive and do
 */
record DemoSettings(int devices, long seed, Duration guard, Duration patience, Behaviour behaviour) {

    /** One module of each product, and one for each end: kept, transferred, revoked, deleted. */
    static final int FEWEST = 4;

    /** A fleet whose table a person still reads; more is a load test. */
    static final int MOST = 1000;

    /** Long enough that something happens within it, short enough to watch five of them pass. */
    static final Duration SHORT_GUARD = Duration.ofSeconds(2);

    /** Everything takes a second or two; a busy machine gets time, and a person is not kept waiting for long. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException if the number of devices is out of range */
    DemoSettings {
        if (devices < FEWEST || devices > MOST) {
            throw new IllegalArgumentException(
                    "a demonstration takes " + FEWEST + " to " + MOST + " devices, not " + devices);
        }
    }
}
