package dev.rootbeat.conformance.world;

import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The life of a fleet: it is provisioned, then a {@link Course} of things happens to it, then there are a few quiet days,
 * after which everything must be right. The promises are checked after every event.
 */
public final class Life {

    /** Long enough for every device to be heard of, even one that sees daylight for ten minutes a day. */
    private static final Duration QUIET = Duration.ofDays(5);

    /** What an exchange takes at most. */
    private static final Duration EXCHANGE = Duration.ofMinutes(3);

    private static final Duration SHORT_DAY = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final World world;
    private final Course course;
    private final Fate fate;
    private final ScheduledExecutorService executor;
    private final Instant start;

    private Life(World world, Course course) {
        this.world = world;
        this.course = course;
        this.fate = new Fate(world);
        this.executor = world.time().executor("life");
        this.start = world.time().instant();
    }

    /**
     * Lives through a course.
     *
     * @param progress told of the world after every day
     * @return the world as it is in the end
     * @throws PromiseBroken if a promise does not hold; it names the seed
     */
    public static World live(WorldSettings settings, Course course, Consumer<World> progress) {
        var world = new World(settings);
        new Life(world, course).live(progress);
        return world;
    }

    private void live(Consumer<World> progress) {
        fate.happen(new Deed.AddWebhook());
        world.run(Duration.ofSeconds(1));
        world.provisionAll(place -> course.unlisted().contains(place) ? World.GUARDED_PROFILE : World.PROFILE);
        world.run(Course.BEGINNING);
        settled();
        go(0);
        world.run(course.calm().minus(Course.BEGINNING));
        settled();
        world.network().weather(course.weather());
        keepShortDays();
        Instant end = start.plus(course.span());
        while (world.time().instant().isBefore(end)) {
            Duration left = Duration.between(world.time().instant(), end);
            world.run(left.compareTo(DAY) < 0 ? left : DAY);
            progress.accept(world);
        }
        world.network().weather(Weather.CALM);
        world.server().faults().clear();
        world.run(QUIET);
        // In a large fleet somebody is always about to renew.
        var _ = world.runUntil(() -> world.promises().haveConverged(), EXCHANGE);
        world.promises().converged();
        world.promises().balance();
    }

    /** Without faults nothing is left to do after a calm time. */
    private void settled() {
        if (world.server().faults().all().isEmpty()) {
            world.promises().converged();
        }
    }

    /** Does the deeds from a place on, one after the other. */
    private void go(int from) {
        if (from < course.deeds().size()) {
            Course.Timed next = course.deeds().get(from);
            Duration wait = Duration.between(world.time().instant(), start.plus(next.at()));
            var _ = executor.schedule(
                    () -> {
                        go(from + 1);
                        if (world.settings().takesPart(next.deed())) {
                            fate.now(next.deed());
                        }
                    },
                    Math.max(0, wait.toMillis()),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Some hosts have power for ten minutes a day, each at a time of its own. */
    private void keepShortDays() {
        List<SimulatedDevice> devices = world.devices();
        for (int place : course.shortDays()) {
            if (world.settings().takesPart(place)) {
                SimulatedDevice device = devices.get(place);
                device.powerOff();
                var times = new SplittableRandom(device.uid().bits());
                var _ = executor.scheduleAtFixedRate(
                        () -> {
                            device.powerOn();
                            var _ = executor.schedule(device::powerOff, SHORT_DAY.toSeconds(), TimeUnit.SECONDS);
                        },
                        times.nextLong(DAY.toSeconds()),
                        DAY.toSeconds(),
                        TimeUnit.SECONDS);
            }
        }
    }
}
