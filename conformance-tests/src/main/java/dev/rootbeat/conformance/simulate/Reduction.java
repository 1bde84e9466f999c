package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.Course;
import dev.rootbeat.conformance.world.Deed;
import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts a failure short: as long as the same promise is broken in the same way it leaves out what came after, devices, then
 * deeds, kind by kind and in ever smaller parts, and at last the weather. Greedy: what it finds is small, not the smallest.
 */
final class Reduction {

    /** A life of one device takes some ten to some hundred milliseconds. */
    private static final int MOST_LIVES = 200;

    /** What is noticed late is noticed all the same. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final String kind;
    private Trial smallest;
    private Trial.Outcome.Broken outcome;
    private int lives;

    private Reduction(Trial trial, Trial.Outcome.Broken outcome) {
        this.kind = kind(outcome);
        this.smallest = trial;
        this.outcome = outcome;
    }

    /**
     * What a failure comes down to.
     *
     * @param devices the places of the devices that it takes
     */
    record Reproduction(Trial trial, Trial.Outcome.Broken outcome, List<Integer> devices, int lives) {}

    /** Leaves a failure as it is: what comes after a line of the event log cannot do without what comes before. */
    static Reproduction none(Trial trial, Trial.Outcome.Broken outcome) {
        return new Reproduction(
                trial, outcome, IntStream.range(0, trial.devices()).boxed().toList(), 0);
    }

    /** Cuts a failure short. */
    static Reproduction reduce(Trial trial, Trial.Outcome.Broken outcome, Instant start) {
        var reduction = new Reduction(trial, outcome);
        reduction.attempt(trial.with(
                trial.course().upTo(Duration.between(start, outcome.at()).plus(MARGIN))));
        reduction.devices();
        reduction.kinds();
        reduction.deeds();
        Course course = reduction.smallest.course();
        reduction.attempt(reduction.smallest.with(course.in(course.weather(), List.of())));
        reduction.attempt(reduction.smallest.with(reduction.smallest.course().in(Weather.CALM, List.of())));
        Set<Integer> only = reduction.smallest.only();
        List<Integer> devices =
                only == null ? IntStream.range(0, trial.devices()).boxed().toList() : List.copyOf(new TreeSet<>(only));
        return new Reproduction(reduction.smallest, reduction.outcome, devices, reduction.lives);
    }

    /** Numbers and identities differ from one world to another. */
    private static String kind(Trial.Outcome.Broken broken) {
        return broken.promise().replaceAll("[0-9a-f]{8,}|[0-9]+", "#");
    }

    private boolean attempt(Trial trial) {
        if (lives >= MOST_LIVES) {
            return false;
        }
        lives++;
        if (trial.live(_ -> {}) instanceof Trial.Outcome.Broken broken
                && kind(broken).equals(kind)) {
            smallest = trial;
            outcome = broken;
            return true;
        }
        return false;
    }

    /** The one that is named, or halves, until neither half alone does it. */
    private void devices() {
        if (outcome.device() >= 0 && attempt(smallest.with(Set.of(outcome.device())))) {
            keepDeedsOf(Set.of(outcome.device()));
            return;
        }
        List<Integer> left = IntStream.range(0, smallest.devices()).boxed().toList();
        boolean smaller = true;
        while (smaller && left.size() > 1) {
            List<Integer> first = left.subList(0, left.size() / 2);
            List<Integer> second = left.subList(left.size() / 2, left.size());
            smaller = true;
            if (attempt(smallest.with(Set.copyOf(first)))) {
                left = first;
            } else if (attempt(smallest.with(Set.copyOf(second)))) {
                left = second;
            } else {
                smaller = false;
            }
        }
        keepDeedsOf(Set.copyOf(left));
    }

    private void keepDeedsOf(Set<Integer> kept) {
        attempt(smallest.with(smallest.course()
                .only(timed -> !(timed.deed() instanceof Deed.OnDevice on) || kept.contains(on.device()))));
    }

    private void kinds() {
        Set<Class<?>> kinds = smallest.course().deeds().stream()
                .map(timed -> timed.deed().getClass())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        kinds.forEach(unwanted -> attempt(
                smallest.with(smallest.course().only(timed -> timed.deed().getClass() != unwanted))));
    }

    private void deeds() {
        for (int size = smallest.course().deeds().size() / 2; size >= 1; size /= 2) {
            for (int from = 0; from < smallest.course().deeds().size() && lives < MOST_LIVES; ) {
                List<Course.Timed> present = smallest.course().deeds();
                var without = new ArrayList<>(present.subList(0, from));
                without.addAll(present.subList(Math.min(from + size, present.size()), present.size()));
                var kept = new HashSet<>(without);
                if (!attempt(smallest.with(smallest.course().only(kept::contains)))) {
                    from += size;
                }
            }
        }
    }
}
