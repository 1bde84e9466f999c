package dev.rootbeat.conformance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.conformance.mutant.Mutant;
import dev.rootbeat.conformance.mutant.Mutant.Party;
import dev.rootbeat.conformance.mutant.Mutants;
import dev.rootbeat.conformance.world.Course;
import dev.rootbeat.conformance.world.FaultProfile;
import dev.rootbeat.rot.protocol.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@code simulate} finds: every mutant of the catalogue within a few seeds, and nothing in the correct pair. */
class MutantHuntTest {

    private static final int SEEDS = 3;

    private static final int DEVICES = 4;

    /** The first invoice is raised after a month, and the first certificates would end after forty days. */
    private static final Duration SPAN = Duration.ofDays(45);

    /** What a seed shows: the promise that is broken, or nothing. */
    private record Found(int seed, Optional<String> promise) {}

    @Test
    void the_correct_pair_keeps_every_promise() {
        assertThat(hunt(() -> Behaviour.NONE, () -> Behaviour.NONE).promise()).isEmpty();
    }

    @Test
    void every_mutant_breaks_a_promise() throws InterruptedException {
        List<Found> found = huntAll();
        var table = new StringBuilder();
        for (int i = 0; i < found.size(); i++) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-44s %4d  %s%n",
                    Mutants.all().get(i).id(),
                    found.get(i).seed(),
                    found.get(i).promise().orElse("(nothing)")));
        }
        System.out.printf("%-44s seed  what simulate finds%n%s", "mutant", table);
        assertThat(found).as(table.toString()).allMatch(one -> one.promise().isPresent());
    }

    private static List<Found> huntAll() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            return threads
                    .invokeAll(Mutants.all().stream()
                            .<Callable<Found>>map(mutant ->
                                    () -> hunt(behaviour(mutant, Party.DEVICE), behaviour(mutant, Party.SERVER)))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private static Found hunt(Supplier<Behaviour> device, Supplier<Behaviour> server) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Course course = Course.draw(FaultProfile.ROUGH, seed, DEVICES, SPAN);
            if (new Trial(seed, DEVICES, null, course, device, server).live(_ -> {})
                    instanceof Trial.Outcome.Broken broken) {
                return new Found(seed, Optional.of(broken.promise()));
            }
        }
        return new Found(SEEDS, Optional.empty());
    }

    private static Supplier<Behaviour> behaviour(Mutant mutant, Party party) {
        return mutant.party() == party ? mutant::behaviour : () -> Behaviour.NONE;
    }
}
