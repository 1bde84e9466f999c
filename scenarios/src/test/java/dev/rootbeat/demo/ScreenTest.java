package dev.rootbeat.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ScreenTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z"));

    private final StringWriter out = new StringWriter();

    @Test
    void a_step_is_a_sentence_and_its_result_on_one_line() {
        screen(Ansi.OFF, false).step("Seal", () -> "done");
        assertThat(out.toString()).isEqualTo("  0.0 s  ok  Seal: done\n");
    }

    @Test
    void a_step_that_fails_says_so_and_ends_the_story() {
        Screen screen = screen(Ansi.OFF, true);
        assertThatExceptionOfType(DemoFailure.class)
                .isThrownBy(() -> screen.step("Seal", () -> {
                    throw new DemoFailure("nobody is there");
                }));
        assertThat(out.toString()).as("also when quiet").isEqualTo("  0.0 s  FAILED  Seal: nobody is there\n");
    }

    @Test
    void a_terminal_shows_progress_that_the_result_replaces() {
        Screen screen = screen(Ansi.ON, false);
        screen.step("Seal", () -> {
            screen.progress(5, 20);
            return "done";
        });
        assertThat(out.toString())
                .contains("\r\033[K  0.0 s  [#####...............] 5/20  Seal\r\033[K  0.0 s  ")
                .endsWith("  Seal: done\n");
    }

    @Test
    void quiet_leaves_the_table_and_the_end() {
        Screen screen = screen(Ansi.OFF, true);
        screen.say("hello");
        screen.step("Seal", () -> "done");
        screen.table(List.of("device", "verdict"), List.of(List.of("1", "valid"), List.of("1000000", "-")));
        screen.end(true, "All is well");
        assertThat(out.toString()).isEqualTo("""

                device   verdict
                1        valid
                1000000  -

                All is well
                """);
    }

    private Screen screen(Ansi ansi, boolean quiet) {
        return new Screen(new PrintWriter(out, true), ansi, quiet, CLOCK, new Transcript(Writer.nullWriter(), CLOCK));
    }
}
