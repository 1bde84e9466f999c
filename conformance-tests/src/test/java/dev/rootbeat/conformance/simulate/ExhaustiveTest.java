package dev.rootbeat.conformance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.conformance.world.Choice;
import dev.rootbeat.conformance.world.Deed.Wish;
import dev.rootbeat.conformance.world.Scope;
import dev.rootbeat.conformance.world.SharedP256;
import dev.rootbeat.conformance.world.SmallWorld;
import dev.rootbeat.rot.protocol.Behaviour;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExhaustiveTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_sound_device_and_server_keep_every_promise_in_all_histories_of_a_small_scope() {
        assertThat(run("--exhaustive --heartbeats 3 --operations 1 --faults-at-most 1 --json"))
                .as(out.toString())
                .isZero();

        JsonNode verdict = JsonMapper.shared().readTree(out.toString());
        assertThat(verdict.path("verdict").asString()).isEqualTo("KEPT");
        assertThat(verdict.path("histories").asInt())
                .isGreaterThan(2 * verdict.path("worlds").asInt());
        assertThat(verdict.path("states").asInt()).isPositive();
    }

    @Test
    void as_many_histories_are_counted_as_there_are_when_equal_states_are_not_merged() throws Exception {
        var scope = new Scope(2, 1, 1, List.of(Wish.RENEW, Wish.UPDATE), () -> Behaviour.NONE, () -> Behaviour.NONE);

        assertThat(Exploration.of(scope, _ -> {}).histories().intValueExact()).isEqualTo(oneByOne(scope));
    }

    /** Lives through every history to its end, each in a world of its own. */
    private static int oneByOne(Scope scope) {
        var p256 = new SharedP256();
        Deque<List<Integer>> waiting = new ArrayDeque<>(List.of(List.of()));
        int histories = 0;
        while (!waiting.isEmpty()) {
            List<Integer> known = waiting.removeLast();
            var made = new ArrayList<Integer>();
            var left = new int[] {scope.heartbeats(), scope.operations(), scope.faults()};
            SmallWorld.live(scope, p256, moment -> {
                left[0] -= moment.isBeat() ? 1 : 0;
                if (left[0] < 0) {
                    return -1;
                }
                if (made.size() >= known.size()) {
                    for (int other = 1; other < moment.choices().size(); other++) {
                        if (left[moment.choices().get(other) instanceof Choice.Ask ? 1 : 2] > 0) {
                            var branch = new ArrayList<>(made);
                            branch.add(other);
                            waiting.add(branch);
                        }
                    }
                }
                int choice = made.size() < known.size() ? known.get(made.size()) : 0;
                left[moment.choices().get(choice) instanceof Choice.Ask ? 1 : 2] -= choice == 0 ? 0 : 1;
                made.add(choice);
                return choice;
            });
            histories++;
        }
        return histories;
    }

    @ParameterizedTest
    @CsvSource({
        "server-bills-on-acceptance, the operator asks for",
        "server-renewal-swallows-update, asks for UPDATE",
        "server-signs-anew, the operator asks for",
        "device-drops-the-old-credential-first, the power of the device fails",
    })
    void a_defect_is_found_with_a_smallest_history_that_shows_it(String mutant, String step) {
        assertThat(run("--exhaustive --heartbeats 3 --faults-at-most 1 --behaviour mutant:" + mutant))
                .as(out.toString())
                .isEqualTo(1);

        assertThat(out.toString()).contains("BROKEN", "a smallest history", step, "at heartbeat 1: ");
        assertThat(out.toString().lines().filter(line -> line.contains(" at heartbeat ")))
                .hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--exhaustive --heartbeats 0 | --heartbeats: there can be 1 to 12",
                "--exhaustive --operations 5 | --operations: there can be 0 to 4",
                "--exhaustive --faults-at-most -1 | --faults-at-most: there can be 0 to 4",
                "--exhaustive --devices 2 | --devices: is for fleets, not for --exhaustive",
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
