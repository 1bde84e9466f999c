package dev.rootbeat.conformance.world;

import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
    private Course course;
    private final Fate fate;
    private final ScheduledExecutorService executor;
    private final Instant start;
    private boolean begun;
    private int turns;

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

    /**
     * Another outcome of a life.
     *
     * @param line of the event log; all is as it was until the event that writes it is over
     * @param seed decides from then on what the network does to messages, and how long devices wait
     * @param course what happens from then on
     */
    public record Fork(long line, long seed, Course course) {}

    /** Lives through a course as {@link #live} does, with another outcome from some line of the event log on. */
    public static World live(WorldSettings settings, Course course, Fork fork, Consumer<World> progress) {
        var world = new World(settings);
        var life = new Life(world, course);
        world.whenLogged(fork.line(), () -> life.turn(fork));
        life.live(progress);
        return world;
    }

    /** Lives through a course as far as the event that writes a line of the event log, or to its end if there is none. */
    public static World upTo(long line, WorldSettings settings, Course course) {
        var world = new World(settings);
        world.whenLogged(line, () -> {
            throw new Reached();
        });
        try {
            new Life(world, course).live(_ -> {});
        } catch (Reached _) {
            // What is still to come can be run.
        }
        return world;
    }

    /**
     * Lives through a course, to its end or until a promise is broken, and keeps all lines of the event log about some
     * subjects.
     */
    public static World remembered(Predicate<String> subjects, WorldSettings settings, Course course) {
        var world = new World(settings);
        world.log().keep(subjects);
        try {
            new Life(world, course).live(_ -> {});
        } catch (PromiseBroken _) {
            // What led to it can be told all the same.
        }
        return world;
    }

    private static final class Reached extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void turn(Fork fork) {
        world.reseed(fork.seed());
        Duration age = Duration.between(start, world.time().instant());
        course = course.then(age, fork.course());
        if (begun) {
            turns++;
            go(course.upTo(age).deeds().size());
        }
    }

    private void live(Consumer<World> progress) {
        fate.happen(new Deed.AddWebhook());
        world.run(Duration.ofSeconds(1));
        world.provisionAll(place -> course.unlisted().contains(place) ? World.GUARDED_PROFILE : World.PROFILE);
        world.run(Course.BEGINNING);
        settled();
        begun = true;
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
            int turn = turns;
            var _ = executor.schedule(
                    () -> {
                        if (turn != turns) {
                            return;
                        }
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
