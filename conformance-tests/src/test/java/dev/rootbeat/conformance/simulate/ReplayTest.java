package dev.rootbeat.conformance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.conformance.world.Course;
import dev.rootbeat.conformance.world.FaultProfile;
import dev.rootbeat.conformance.world.Life;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayTest {

    private static final Duration SPAN = Duration.ofDays(30);
    private static final WorldSettings SETTINGS =
            WorldSettings.of(7, 2).renewing(Duration.ofDays(40), Duration.ofDays(10));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_fork_has_the_same_event_log_up_to_its_line_and_another_one_after_it_each_time_the_same() {
        World world = Life.live(SETTINGS, course(7), _ -> {});
        World fork = Life.live(SETTINGS, course(7), new Life.Fork(300, 8, course(8)), _ -> {});
        World again = Life.live(SETTINGS, course(7), new Life.Fork(300, 8, course(8)), _ -> {});

        assertThat(lines(fork, 1, 300)).hasSize(300).isEqualTo(lines(world, 1, 300));
        assertThat(lines(fork, 301, 600)).isNotEqualTo(lines(world, 301, 600));
        assertThat(fork.log().hash()).isEqualTo(again.log().hash());
    }

    private static Course course(long seed) {
        return Course.draw(FaultProfile.named("hostile").orElseThrow(), seed, 2, SPAN);
    }

    private static List<String> lines(World world, long from, long to) {
        return world.log().lines(from, to);
    }

    @Test
    void a_run_is_shown_at_a_line_of_its_event_log() {
        World world = Life.live(SETTINGS, course(7), _ -> {});

        assertThat(run("--devices 2 --years " + 30 / 365.0 + " --seed 7 --faults hostile --to 300"))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "the event log around line 300",
                        "> " + lines(world, 300, 300).getFirst())
                .contains(lines(world, 310, 310).getFirst())
                .contains("  0 " + world.devices().getFirst().uid() + " sealed, uses certificate ")
                .contains("heartbeats accepted");
    }

    @Test
    void a_forked_run_has_a_verdict_of_its_own() {
        assertThat(run("--devices 2 --years 0.05 --seed 7 --to 100 --json")).isZero();
        assertThat(out.toString()).contains("\"line\" : 100");

        assertThat(run("--devices 2 --years 0.05 --seed 7 --to 100 --fork 8")).isZero();
        assertThat(out.toString()).contains("kept: ", "event log ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--devices 1 --years 0.01 --to 1000000 | --to: the event log has ",
                "--to 0 | --to: the first line is number 1",
                "--to 5 --runs 2 | --to: a line is one of a single run",
                "--to 5 --devices 1000 | --to: a fleet from 1000 modules on has two event logs",
                "--fork 5 | --fork: where is told by --to",
            })
    void bad_options_get_exit_code_2_and_a_line_that_says_why(String options, String problem) {
        assertThat(run(options)).isEqualTo(2);
        assertThat(err.toString()).contains(problem);
    }

    private int run(String options) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options.split(" "));
    }
}
