package dev.rootbeat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What who runs scenarios sees. */
class ScenarioCommandTest {

    private static final String GOOD = """
            Feature: Mine
              Scenario: A renewal
                Given a provisioned device
                When the operator orders a renewal for the device
                And the device sends a heartbeat
                Then the device holds a new certificate on the same key
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_scenario_that_passes_is_told_in_a_line_and_in_the_reports() throws Exception {
        Path file = write(GOOD);
        Path report = folder.resolve("out");

        assertThat(run(file.toString(), "--report", report.toString())).isZero();

        assertThat(out.toString())
                .contains("pass  Mine: A renewal (")
                .contains("1 scenarios, 1 passed, 0 failed, ")
                .doesNotContain("\033");
        assertThat(report.resolve("junit.xml"))
                .content()
                .contains("<testsuite", "name=\"A renewal\"", "failures=\"0\"");
        assertThat(report.resolve("report.html"))
                .content()
                .contains(
                        "1 of 1 scenarios pass",
                        "A renewal",
                        "When the operator orders a renewal for the device",
                        "<svg",
                        "SetCertificate: Done")
                .doesNotContain("src=", "href=\"http", "@import");
    }

    @Test
    void a_scenario_that_fails_is_told_with_its_step_the_reason_and_how_to_run_it_again() throws Exception {
        Path file = write(GOOD.replace("on the same key", "on a new key"));

        assertThat(run(file.toString(), "--seed", "7")).isEqualTo(1);

        assertThat(out.toString())
                .contains("FAIL  Mine: A renewal")
                .contains(file + ":6  the device holds a new certificate on a new key")
                .contains("whether device 1 kept its key: expected false, but it is true")
                .contains("again: rootbeat scenario " + file + ":2 --world simulated --seed 7")
                .contains("1 scenarios, 0 passed, 1 failed");
    }

    @Test
    void the_same_scenario_plays_on_sockets_and_its_reports_name_that_world() throws Exception {
        Path file = write(GOOD + "    And the device holds a new certificate on a new key\n");
        Path report = folder.resolve("out");

        assertThat(run(file.toString(), "--world", "real", "--report", report.toString()))
                .isEqualTo(1);

        String again = "rootbeat scenario " + file + ":2 --world real --seed 1";
        assertThat(out.toString())
                .contains(file + ":7  the device holds a new certificate on a new key")
                .contains("whether device 1 kept its key: expected false, but it is true")
                .contains("again: " + again)
                .contains("1 scenarios, 0 passed, 1 failed, ", ", world real, seed 1");
        assertThat(report.resolve("report.html"))
                .content()
                .contains("0 of 1 scenarios pass; world real", "SetCertificate: Done", again);
    }

    @Test
    void a_deliberate_defect_of_one_side_fails_a_scenario_and_is_named_in_how_to_run_it_again() throws Exception {
        Path file = write(GOOD);

        assertThat(run(file.toString(), "--behaviour", "server:mutant:server-orders-a-key-with-every-certificate"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(":2 --world simulated --seed 1 --behaviour"
                        + " server:mutant:server-orders-a-key-with-every-certificate");

        assertThat(run(file.toString(), "--world", "real", "--behaviour", "device:mutant:device-refuses-every-renewal"))
                .isEqualTo(1);
        assertThat(run(file.toString(), "--world", "real", "--behaviour", "mutant:server-never-bills"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("in the real world it is one of devices");
    }

    @Test
    void a_scenario_for_the_simulated_world_only_is_left_out_in_the_real_one() throws Exception {
        Path file = write(GOOD.replace("  Scenario", "  @simulated-only @renew\n  Scenario"));

        assertThat(run(file.toString(), "--world", "real", "--tags", "@renew or @update"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there are no scenarios to run");

        assertThat(run(file.toString(), "--tags", "@renew or @update")).isZero();
        assertThat(out.toString()).contains("1 scenarios, 1 passed");
    }

    @Test
    void a_fault_that_would_end_the_process_is_refused() throws Exception {
        Path file = write(GOOD.replace(
                "When the operator",
                "And the server has the fault \"crash after-commit billing-event\"\n    When the operator"));

        assertThat(run(file.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("the scenario would die with the server; say when the server dies");
    }

    @Test
    void a_shipped_scenario_is_run_by_the_name_that_reports_give_it() {
        assertThat(run("classpath:features/renew.feature:5")).isZero();

        assertThat(out.toString())
                .contains("pass  Renew: One heartbeat brings the new certificate", "1 scenarios, 1 passed");
    }

    @Test
    void programs_read_the_verdict_as_json() throws Exception {
        Path file = write(GOOD.replace("on the same key", "on a new key"));

        assertThat(run(file.toString(), "--json")).isEqualTo(1);

        JsonNode verdict = JsonMapper.shared().readTree(out.toString());
        assertThat(verdict.get("scenarios").asInt()).isEqualTo(1);
        assertThat(verdict.get("passed").asInt()).isZero();
        assertThat(verdict.at("/failures/0/place").asString()).isEqualTo(file + ":2");
        assertThat(verdict.at("/failures/0/step").asString())
                .isEqualTo("the device holds a new certificate on a new key");
    }

    @Test
    void a_wrong_step_is_told_with_the_nearest_that_there_is_and_nothing_is_run() throws Exception {
        Path file = write(GOOD.replace("sends a heartbeat", "send us a heartbeat"));

        assertThat(run(file.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains(file
                        + ":5: no such step: \"the device send us a heartbeat\"; the nearest is \"the device sends a"
                        + " heartbeat\"");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void what_cannot_be_run_is_told_with_its_place() throws Exception {
        assertThat(run(folder.resolve("no.feature").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no.feature: there is no such file or folder");

        assertThat(run(write("Feature: Mine\n  Scenario: A\n    Whenever\n").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("mine.feature:2: the scenario \"A\" has no steps");

        assertThat(run(write(GOOD + "    whatever\n").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("mine.feature", "(7:5)");

        assertThat(run(write(GOOD).toString(), "--tags", "@a and and")).isEqualTo(2);
        assertThat(err.toString()).contains("--tags: ");

        assertThat(run(write(GOOD).toString(), "--world", "other")).isEqualTo(2);
        assertThat(err.toString()).contains("--world", "simulated", "other");

        assertThat(run(write(GOOD).toString(), "--tags", "@nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("there are no scenarios to run");
    }

    @Test
    void the_vocabulary_is_listed_with_examples() {
        assertThat(run("steps")).isZero();

        assertThat(out.toString()).contains("\n{devices} send(s) a heartbeat\n    the device sends a heartbeat\n");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.feature"), text);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new ScenarioCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
