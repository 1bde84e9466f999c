package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.world.Deed.Wish;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.sim.Leg;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;

/** Histories of a small world: drawn at random, lived through, and cut short as long as they still break a promise. */
final class Histories {

    static final int DEVICES = 3;
    private static final int LONGEST = 25;

    /** Each is a world of its own, of some milliseconds. */
    private static final int MOST_ATTEMPTS = 100;

    private Histories() {}

    static Arbitrary<List<Deed>> any() {
        return deed().list().ofMinSize(1).ofMaxSize(LONGEST);
    }

    private static Arbitrary<Deed> deed() {
        Arbitrary<Integer> device = Arbitraries.integers().between(0, DEVICES - 1);
        Arbitrary<Duration> span = span();
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(Wish.class).flatMap(wish -> device.map(one -> new Deed.Ask(wish, one)))),
                Tuple.of(6, device.map(Deed.Beat::new)),
                Tuple.of(6, span.map(Deed.Wait::new)),
                Tuple.of(2, Arbitraries.of(Plan.class).flatMap(plan -> device.map(one -> new Deed.Choose(plan, one)))),
                Tuple.of(1, device.map(Deed.Clear::new)),
                Tuple.of(
                        3,
                        Arbitraries.integers()
                                .between(0, 2_500)
                                .flatMap(steps -> device.map(one -> new Deed.CutPower(one, steps)))),
                Tuple.of(3, Arbitraries.of(Leg.class).flatMap(leg -> device.map(one -> new Deed.Lose(one, leg)))),
                Tuple.of(1, span.flatMap(time -> device.map(one -> new Deed.SwitchOff(one, time)))),
                Tuple.of(1, span.flatMap(time -> device.map(one -> new Deed.Disconnect(one, time)))),
                Tuple.of(1, span.flatMap(time -> device.map(one -> new Deed.SetClock(one, time.negated())))),
                Tuple.of(2, span.map(Deed.KillServer::new)),
                Tuple.of(1, span.map(Deed.SetServerClock::new)),
                Tuple.of(1, Arbitraries.just(new Deed.BackUp())),
                Tuple.of(1, Arbitraries.just(new Deed.Restore())),
                Tuple.of(
                        1,
                        Arbitraries.of(SimulatedPlatform.Fault.class)
                                .flatMap(fault -> span.map(time -> new Deed.DisturbPlatform(fault, time)))),
                Tuple.of(
                        2,
                        Arbitraries.of(Receivers.Fault.class)
                                .flatMap(fault -> span.map(time -> new Deed.DisturbReceivers(fault, time)))),
                Tuple.of(1, Arbitraries.just(new Deed.AddWebhook())),
                Tuple.of(1, Arbitraries.just(new Deed.DeleteWebhook())),
                Tuple.of(1, span.map(Deed.WakeUpAll::new)));
    }

    /** Some minutes, hours or days. */
    private static Arbitrary<Duration> span() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 20).map(Duration::ofMinutes),
                Arbitraries.integers().between(1, 30).map(Duration::ofHours),
                Arbitraries.integers().between(2, 12).map(Duration::ofDays));
    }

    /** Lives through a history and some quiet days after it; returns the promise that does not hold, if one does not. */
    static Optional<PromiseBroken> broken(WorldSettings settings, List<Deed> history) {
        try {
            var world = new World(settings);
            var fate = new Fate(world);
            fate.happen(new Deed.AddWebhook());
            world.run(Duration.ofSeconds(1));
            world.provisionAll();
            world.run(Duration.ofMinutes(10));
            Duration end = Duration.ofDays(4);
            for (Deed deed : history) {
                fate.happen(deed);
                world.run(deed instanceof Deed.Wait(Duration span) ? span : Duration.ofSeconds(2));
                end = end.plus(Fate.span(deed));
            }
            world.run(end);
            world.promises().converged();
            world.promises().balance();
            return Optional.empty();
        } catch (PromiseBroken e) {
            return Optional.of(e);
        }
    }

    /** Cuts a history short that breaks a promise, as long as it still breaks one. */
    static List<Deed> smallest(Supplier<WorldSettings> settings, Shrinkable<List<Deed>> history) {
        Shrinkable<List<Deed>> smallest = history;
        int attempts = 0;
        boolean smaller = true;
        while (smaller && attempts < MOST_ATTEMPTS) {
            smaller = false;
            for (Shrinkable<List<Deed>> next :
                    smallest.shrink().limit(MOST_ATTEMPTS).toList()) {
                if (attempts++ < MOST_ATTEMPTS
                        && broken(settings.get(), next.value()).isPresent()) {
                    smallest = next;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest.value();
    }

    /** A history, a line for each deed. */
    static String told(List<Deed> history) {
        return history.stream().map(Deed::toString).collect(Collectors.joining("\n  ", "\n  ", "\n"));
    }
}
