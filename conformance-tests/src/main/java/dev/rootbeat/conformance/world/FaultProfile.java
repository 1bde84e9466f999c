package dev.rootbeat.conformance.world;

import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How much happens to a fleet: rates per year, for each device or for the whole world.
 *
 * @param name what the command line calls it
 * @param drill whether everything that promises are about happens once on the first day, see {@link Drill}
 * @param weather how the network treats messages
 * @param shortDays the share of devices, 0 to 1, whose hosts switch them on for ten minutes a day
 * @param wishes what operators ask for, per device
 * @param powerCuts in the middle of a write or between, per device
 * @param offTimes hours without power, per device
 * @param outages hours without a cellular network, per device
 * @param clockSteps of devices, per device
 * @param serverDeaths per world
 * @param serverClockSteps per world
 * @param restores of a backup of the server, per world
 * @param platformOutages per world
 * @param receiverOutages per world
 * @param wakeUps of the whole fleet at once, per world
 */
public record FaultProfile(
        String name,
        boolean drill,
        Weather weather,
        double shortDays,
        double wishes,
        double powerCuts,
        double offTimes,
        double outages,
        double clockSteps,
        double serverDeaths,
        double serverClockSteps,
        double restores,
        double platformOutages,
        double receiverOutages,
        double wakeUps) {

    /** Messages take their time, and operators ask for something now and then. */
    public static final FaultProfile CALM = new FaultProfile(
            "calm",
            false,
            new Weather(0, 0, Duration.ofMillis(50), Duration.ofSeconds(2)),
            0,
            2,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0);

    /** What a fleet meets in the field; no datagram is under way longer than the server takes late ones for late. */
    public static final FaultProfile ROUGH = new FaultProfile(
            "rough",
            true,
            new Weather(0.05, 0.05, Duration.ofMillis(50), Duration.ofSeconds(20)),
            0.05,
            2,
            3,
            1,
            2,
            0.2,
            120,
            4,
            0,
            70,
            50,
            2);

    /** More than any fleet meets. */
    public static final FaultProfile HOSTILE = new FaultProfile(
            "hostile",
            true,
            new Weather(0.2, 0.1, Duration.ofMillis(50), Duration.ofSeconds(20)),
            0.2,
            12,
            25,
            10,
            12,
            4,
            500,
            40,
            6,
            200,
            200,
            12);

    /** The profiles that have names. */
    public static final List<FaultProfile> ALL = List.of(CALM, ROUGH, HOSTILE);

    /** How many times more or less of a hostile rate a swarm draws; most of what could happen is left out at a time. */
    private static final double[] SHARES = {0, 0, 0.1, 0.5, 2};

    /** The profile of a name. */
    public static Optional<FaultProfile> named(String name) {
        return ALL.stream().filter(profile -> profile.name.equals(name)).findFirst();
    }

    /** Draws a profile: of each thing none, a little or a lot, so that runs differ in kind and not in chance alone. */
    public static FaultProfile swarm(RandomGenerator random) {
        return new FaultProfile(
                "swarm",
                true,
                new Weather(
                        Math.min(0.4, drawn(HOSTILE.weather.loss(), random)),
                        drawn(HOSTILE.weather.duplication(), random),
                        HOSTILE.weather.minDelay(),
                        HOSTILE.weather.maxDelay()),
                Math.min(1, drawn(HOSTILE.shortDays, random)),
                drawn(HOSTILE.wishes, random),
                drawn(HOSTILE.powerCuts, random),
                drawn(HOSTILE.offTimes, random),
                drawn(HOSTILE.outages, random),
                drawn(HOSTILE.clockSteps, random),
                drawn(HOSTILE.serverDeaths, random),
                drawn(HOSTILE.serverClockSteps, random),
                drawn(HOSTILE.restores, random),
                drawn(HOSTILE.platformOutages, random),
                drawn(HOSTILE.receiverOutages, random),
                drawn(HOSTILE.wakeUps, random));
    }

    private static double drawn(double rate, RandomGenerator random) {
        return rate * SHARES[random.nextInt(SHARES.length)];
    }
}
