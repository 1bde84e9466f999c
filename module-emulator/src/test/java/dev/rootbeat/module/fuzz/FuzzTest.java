package dev.rootbeat.module.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was found by fuzzing, and a short run of it; {@link LongFuzz} is the long one. */
class FuzzTest {

    private static final long INPUTS = 4_000;
    private static final long SEED = 1;

    @TempDir
    private Path folder;

    static Stream<Arguments> kept() {
        return Arrays.stream(Target.values())
                .flatMap(target -> target.kept().stream()
                        .map(file ->
                                Arguments.of(target, Named.of(file.getFileName().toString(), file))));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void what_was_found_once_stays_mended(Target target, Path file) throws IOException {
        byte[] input = Files.readAllBytes(file);
        assertThatCode(() -> target.run(input)).doesNotThrowAnyException();
    }

    @Test
    void a_short_run_that_coverage_guides_finds_nothing() throws IOException, InterruptedException {
        var fuzzer = new Fuzzer(folder, SEED);
        for (Target target : Target.values()) {
            for (Path file : target.kept()) {
                fuzzer.begin(
                        target + "-" + file.getFileName(), EveryTargetFuzz.inputFor(target, Files.readAllBytes(file)));
            }
        }
        // A short run is over before the second compiler pays.
        Fuzzer.Outcome outcome = fuzzer.run(EveryTargetFuzz.class.getName(), "", INPUTS, "-XX:TieredStopAtLevel=1");
        assertThat(outcome.failed()).as(outcome.log()).isFalse();
        assertThat(outcome.executions()).isGreaterThanOrEqualTo(INPUTS);
        assertThat(outcome.edges()).isGreaterThan(1000);
    }
}
