package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A year in the life of a fleet whose certificates live 30 days: heartbeats and replies are lost, repeated and
 * reordered, the power fails in the middle of storage writes, the server dies and comes back, the IoT platform does not
 * answer, an operator asks for this
 * and that. The promises are checked after every event, and at the end every device must have what is wanted.
 */
public final class RoughYear {

    /** How often an operator asks for something, a device loses its power, and the server dies. */
    private static final Duration INSTRUCTIONS = Duration.ofHours(7);

    private static final Duration POWER_CUTS = Duration.ofHours(3);
    private static final Duration SERVER_DEATHS = Duration.ofDays(3);
    private static final Duration PLATFORM_OUTAGES = Duration.ofDays(5);

    /** A storage write of one operation has about so many steps, so that cuts fall anywhere in it. */
    private static final int MOST_STEPS = 2_500;

    /** No datagram is under way longer than the server takes late ones for late. */
    private static final Weather ROUGH = new Weather(0.05, 0.05, Duration.ofMillis(50), Duration.ofSeconds(20));

    private final World world;
    private final SplittableRandom random;
    private final ScheduledExecutorService fate;
    private final List<SimulatedDevice> devices;

    private RoughYear(World world) {
        this.world = world;
        this.random = world.random().split();
        this.fate = world.time().executor("fate");
        this.devices = world.devices();
    }

    /**
     * Lives through a rough time and then a few quiet days, after which everything must be right.
     *
     * @return the world as it is then
     * @throws PromiseBroken if a promise does not hold; it names the seed
     */
    public static World live(WorldSettings settings, Duration span) {
        var world = new World(settings);
        var year = new RoughYear(world);
        world.provisionAll();
        world.run(Duration.ofHours(1));
        world.network().weather(ROUGH);
        Instant end = world.time().instant().plus(span);
        year.every(INSTRUCTIONS, end, year::instruct);
        year.every(POWER_CUTS, end, year::cutPower);
        year.every(SERVER_DEATHS, end, year::killServer);
        year.every(PLATFORM_OUTAGES, end, year::disturbPlatform);
        world.run(span);
        world.network().weather(Weather.CALM);
        world.server().faults().clear();
        world.run(Duration.ofDays(5));
        world.promises().converged();
        world.promises().balance();
        return world;
    }

    private void every(Duration mean, Instant end, Runnable what) {
        long wait = random.nextLong(2 * mean.toMillis()) + 1;
        var _ = fate.schedule(
                () -> {
                    if (world.time().instant().isBefore(end)) {
                        what.run();
                        every(mean, end, what);
                    }
                },
                wait,
                TimeUnit.MILLISECONDS);
    }

    private void instruct() {
        RotPublicUid uid = any().uid();
        world.instruct(random.nextInt(3) == 0 ? new Instruction.Update() : new Instruction.Renew(), List.of(uid));
    }

    /** The power fails some steps into the next storage write, or in between if none comes. */
    private void cutPower() {
        SimulatedDevice device = any();
        if (!device.isOn()) {
            return;
        }
        if (random.nextInt(4) == 0) {
            world.powerCut(device);
            return;
        }
        device.medium().cutAfter(random.nextInt(MOST_STEPS));
        if (device.module().isOn()) {
            device.module().security().force(_ -> {});
        }
    }

    private void killServer() {
        world.killServer();
        var _ = fate.schedule(world::startServer, random.nextInt(1, 90), TimeUnit.MINUTES);
    }

    private void disturbPlatform() {
        SimulatedPlatform.Fault[] faults = SimulatedPlatform.Fault.values();
        SimulatedPlatform.Fault fault = faults[random.nextInt(faults.length)];
        world.note("platform", fault.name());
        world.platform().fault(fault);
        var _ = fate.schedule(() -> world.platform().fault(null), random.nextInt(1, 24), TimeUnit.HOURS);
    }

    private SimulatedDevice any() {
        return devices.get(random.nextInt(devices.size()));
    }
}
