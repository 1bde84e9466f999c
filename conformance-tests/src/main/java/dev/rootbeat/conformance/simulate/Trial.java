package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.Course;
import dev.rootbeat.conformance.world.EventLog;
import dev.rootbeat.conformance.world.Life;
import dev.rootbeat.conformance.world.PromiseBroken;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.rot.protocol.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One world that is to be lived through: the same each time.
 *
 * @param seed decides every random choice
 * @param devices how many modules there are
 * @param only the devices that are ever switched on, by their places from 0; null for all
 * @param course what happens
 * @param deviceBehaviour makes what sees and may change what passes on devices; anew for each world, since it may remember
 * @param serverBehaviour the same on the server
 * @param fork where it turns out otherwise; null for nowhere
 */
record Trial(
        long seed,
        int devices,
        @Nullable Set<Integer> only,
        Course course,
        Supplier<Behaviour> deviceBehaviour,
        Supplier<Behaviour> serverBehaviour,
        Life.@Nullable Fork fork) {

    /** Certificates are renewed every month: they live 40 days, and are renewed with ten left. */
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(40);

    private static final Duration RENEWAL_WINDOW = Duration.ofDays(10);

    /** Fewer devices of a domain than the drill gives the developer plan. */
    private static final int DEVELOPERS = 1;

    /** One that turns out as its course has it. */
    Trial(
            long seed,
            int devices,
            @Nullable Set<Integer> only,
            Course course,
            Supplier<Behaviour> deviceBehaviour,
            Supplier<Behaviour> serverBehaviour) {
        this(seed, devices, only, course, deviceBehaviour, serverBehaviour, null);
    }

    /** What came of a life. */
    sealed interface Outcome {

        /**
         * Every promise was kept.
         *
         * @param hash of the event log
         * @param lines of the event log
         */
        record Kept(String hash, long lines, Counts counts) implements Outcome {}

        /**
         * One was not.
         *
         * @param hash of the event log until then; empty if the world did not live for a day
         * @param promise which, and whose
         * @param at when
         * @param device the place of the device that it is about; -1 if it is about none
         * @param history what led to it, oldest first
         */
        record Broken(String hash, String promise, Instant at, int device, List<String> history) implements Outcome {}
    }

    /** What there was of what, in one world or several. */
    record Counts(long events, long checks, long billed, long webhookMessages) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    events + other.events,
                    checks + other.checks,
                    billed + other.billed,
                    webhookMessages + other.webhookMessages);
        }
    }

    /** Lives through it. */
    Outcome live(Consumer<World> progress) {
        var latest = new World[1];
        Consumer<World> day = now -> {
            latest[0] = now;
            progress.accept(now);
        };
        try {
            World world = fork == null ? Life.live(settings(), course, day) : Life.live(settings(), course, fork, day);
            EventLog log = world.log();
            return new Outcome.Kept(log.hash(), log.lines(), counts(world));
        } catch (PromiseBroken e) {
            return new Outcome.Broken(e.eventLogHash(), e.what(), e.at(), e.device(), e.history());
        } catch (RuntimeException e) {
            // Whatever is thrown is thrown by what is tested: a module, the server, or a behaviour.
            World world = latest[0];
            Instant at = world == null ? Simulation.START : world.time().instant();
            List<String> tail = world == null ? List.of() : world.log().tail();
            return new Outcome.Broken(
                    world == null ? "" : world.log().hash(),
                    "an exception ended the world: " + e,
                    at,
                    -1,
                    Stream.concat(
                                    tail.stream(),
                                    Stream.of(e.getStackTrace()).limit(20).map(frame -> "at " + frame))
                            .toList());
        }
    }

    /** The world as it is after the event that writes a line of the event log, or in the end if there is none. */
    World upTo(long line) {
        return Life.upTo(line, settings(), course);
    }

    /** The world in the end, whose event log has kept all lines about some subjects. */
    World remembered(Predicate<String> subjects) {
        return Life.remembered(subjects, settings(), course);
    }

    private WorldSettings settings() {
        WorldSettings all = WorldSettings.of(seed, devices)
                .renewing(CERTIFICATE_LIFE, RENEWAL_WINDOW)
                .limitingDevelopers(DEVELOPERS)
                .behaving(deviceBehaviour.get(), serverBehaviour.get());
        return only == null ? all : all.only(only);
    }

    private static Counts counts(World world) {
        return new Counts(
                world.time().events(),
                world.promises().checks(),
                world.promises().billed(),
                world.promises().webhookMessages());
    }

    /** Returns the same trial with another course. */
    Trial with(Course newCourse) {
        return new Trial(seed, devices, only, newCourse, deviceBehaviour, serverBehaviour, fork);
    }

    /** Returns the same trial in which only these devices are ever switched on. */
    Trial with(Set<Integer> newOnly) {
        return new Trial(seed, devices, newOnly, course, deviceBehaviour, serverBehaviour, fork);
    }
}
