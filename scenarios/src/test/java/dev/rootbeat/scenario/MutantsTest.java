package dev.rootbeat.scenario;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.conformance.mutant.Mutant;
import dev.rootbeat.conformance.mutant.Mutants;
import dev.rootbeat.options.SidedBehaviours;
import dev.rootbeat.scenario.ScenarioCommand.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What scenarios find: each fails when its rule is broken, and every rule that the catalogue of mutants breaks has one.
 * Which scenario finds which mutant is in {@code mutants.txt}; the few mutants of a scenario there are those that fail the
 * fewest others.
 */
class MutantsTest {

    private static final Suite SHIPPED = new Suite(List.of(Suite.SHIPPED), null);

    @Test
    void every_mutant_fails_the_scenarios_of_its_rule() throws IOException {
        Map<String, List<String>> places = SHIPPED.read().stream()
                .collect(groupingBy(MutantsTest::name, mapping(act -> act.file() + ":" + act.line(), toList())));
        var table = new StringBuilder();
        var missed = new ArrayList<String>();
        table().forEach((mutant, scenarios) -> {
            Set<String> failed = failed(mutant, scenarios, places);
            scenarios.stream()
                    .filter(scenario -> !failed.contains(scenario))
                    .forEach(scenario -> missed.add(mutant + " passes " + scenario));
            table.append(String.format(Locale.ROOT, "%-44s %4d  %s%n", mutant, failed.size(), scenarios.getFirst()));
        });
        System.out.printf("%-44s scenarios that find it, the first one%n%s", "mutant", table);
        assertThat(missed).isEmpty();
    }

    @Test
    void every_mutant_and_at_least_120_scenarios_are_in_the_table() throws IOException {
        assertThat(table().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Mutants.all().stream().map(Mutant::id).toList());
        assertThat(table().values().stream().flatMap(List::stream).distinct()).hasSizeGreaterThanOrEqualTo(120);
    }

    /** Which of some scenarios fail with a mutant. */
    private static Set<String> failed(String id, List<String> scenarios, Map<String, List<String>> places) {
        Mutant mutant = Mutants.of(id).orElseThrow();
        boolean device = mutant.party() == Mutant.Party.DEVICE;
        var behaviours = new SidedBehaviours(
                id,
                device ? mutant::behaviour : SidedBehaviours.NONE.device(),
                device ? SidedBehaviours.NONE.server() : mutant::behaviour);
        List<String> wanted = scenarios.stream()
                .flatMap(scenario -> Objects.requireNonNull(places.get(scenario), scenario).stream())
                .toList();
        return new Suite(wanted, null)
                .play(new Staging(World.simulated, 1, behaviours)::testbed, _ -> {}, null).stream()
                        .filter(act -> !act.passed())
                        .map(MutantsTest::name)
                        .collect(Collectors.toCollection(HashSet::new));
    }

    /** The scenarios of each mutant. */
    private static Map<String, List<String>> table() throws IOException {
        try (InputStream table = Objects.requireNonNull(MutantsTest.class.getResourceAsStream("mutants.txt"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" \\| ", 2))
                    .collect(groupingBy(line -> line[0], TreeMap::new, mapping(line -> line[1], toList())));
        }
    }

    private static String name(Act act) {
        return act.feature() + ": " + act.name();
    }
}
