package dev.rootbeat.module.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever octets come, no exception escapes, nothing hangs, no prompt is lost, and memory is bounded. Ten million
 * inputs take some ten to forty minutes, so this runs only if it is told how many:
 *
 * <pre>
 * mvn -B -pl module-emulator -am test -Dtest=LongFuzz -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Drootbeat.fuzz.inputs=10000000
 * </pre>
 *
 * <p>{@code -Drootbeat.seed=N} runs other inputs. It prints how many
 * inputs of each target ran and how many edges of the control flow they went along. What is found is shown in Base64;
 * kept as a file among the target's resources, {@link FuzzTest} runs it for ever.
 */
@EnabledIfSystemProperty(named = LongFuzz.HOW_MANY, matches = "\\d+")
class LongFuzz {

    static final String HOW_MANY = "rootbeat.fuzz.inputs";

    private static final long INPUTS = Long.getLong(HOW_MANY, 0);
    private static final long SEED = Long.getLong("rootbeat.seed", 1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_long_run_that_coverage_guides_finds_nothing(Target target) throws IOException, InterruptedException {
        var fuzzer = new Fuzzer(folder, SEED);
        for (Path file : target.kept()) {
            fuzzer.begin(file.getFileName().toString(), Files.readAllBytes(file));
        }
        Fuzzer.Outcome outcome = fuzzer.run(target.className(), target.guides(), target.share(INPUTS));
        System.out.println("fuzzing of " + target + ": " + outcome.executions() + " executions, " + outcome.edges()
                + " edges, seed " + SEED);
        assertThat(outcome.failed()).as(outcome.log()).isFalse();
        assertThat(outcome.executions()).isGreaterThanOrEqualTo(target.share(INPUTS));
    }
}
