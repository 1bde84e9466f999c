package dev.rootbeat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rootbeat.options.SidedBehaviours;
import dev.rootbeat.scenario.ScenarioCommand.World;
import dev.rootbeat.scenario.step.Script;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The suites that come with the program. */
class ShippedSuitesTest {

    private static final long SEED = Long.getLong("rootbeat.seed", 1L);
    private static final Staging SIMULATED = new Staging(World.simulated, SEED, SidedBehaviours.NONE);
    private static final Staging REAL = new Staging(World.real, SEED, SidedBehaviours.NONE);
    private static final Suite SHIPPED = new Suite(List.of(Suite.SHIPPED), null);

    @Test
    void every_scenario_passes_in_the_simulated_world() {
        List<Act> acts = SHIPPED.play(SIMULATED::testbed, _ -> {}, null);

        assertThat(acts).hasSizeGreaterThan(120);
        assertThatAllPass(acts, SIMULATED);
    }

    /** Of each suite the first; all of them take minutes: {@code ./rootbeat scenario --world real}. */
    @Test
    void the_first_scenario_of_each_suite_passes_in_the_real_world() {
        var first = new LinkedHashMap<String, String>();
        new Suite(List.of(Suite.SHIPPED), World.real.tags(null))
                .read()
                .forEach(act -> first.putIfAbsent(act.feature(), act.file() + ":" + act.line()));
        var some = new Suite(List.copyOf(first.values()), null);

        List<Act> acts = some.play(REAL::testbed, _ -> {}, null);

        assertThat(acts).hasSameSizeAs(first.values());
        assertThatAllPass(acts, REAL);
    }

    @Test
    void few_scenarios_play_in_the_simulated_world_only_and_each_says_why() throws Exception {
        var tagged = new ArrayList<String>();
        var reasoned = new ArrayList<String>();
        try (Stream<Path> features = Files.list(Path.of("features"))) {
            for (Path feature : features.toList()) {
                List<String> lines = Files.readAllLines(feature);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).contains("@simulated-only")) {
                        tagged.add(feature + ":" + (i + 1));
                        if (i > 0 && lines.get(i - 1).strip().startsWith("# In the simulated world only")) {
                            reasoned.add(feature + ":" + (i + 1));
                        }
                    }
                }
            }
        }

        int all = SHIPPED.read().size();
        int real =
                new Suite(List.of(Suite.SHIPPED), World.real.tags(null)).read().size();
        assertThat(all - real)
                .as("scenarios that do not play in the real world")
                .isLessThanOrEqualTo(all / 4);
        assertThat(reasoned).containsExactlyElementsOf(tagged);
    }

    @Test
    void every_step_that_there_is_has_an_example_in_a_scenario() {
        var there = new TreeSet<String>();
        for (JavaMethod method : new ClassFileImporter()
                .importPackages(Script.class.getPackageName()).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .toList()) {
            words(method).ifPresent(there::add);
        }

        assertThat(there).isNotEmpty();
        assertThat(Vocabulary.shipped().examples().keySet()).containsExactlyElementsOf(there);
    }

    private static void assertThatAllPass(List<Act> acts, Staging staging) {
        assertThat(acts)
                .filteredOn(act -> !act.passed())
                .extracting(act -> staging.again(act) + ": "
                        + act.broken().map(ActScreen::reason).orElse(""))
                .isEmpty();
    }

    private static Optional<String> words(JavaMethod method) {
        return Stream.of(
                        method.tryGetAnnotationOfType(Given.class).map(Given::value),
                        method.tryGetAnnotationOfType(When.class).map(When::value),
                        method.tryGetAnnotationOfType(Then.class).map(Then::value))
                .flatMap(value -> Stream.ofNullable(value.orElse(null)))
                .findFirst();
    }
}
