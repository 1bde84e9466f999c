package dev.rootbeat.conformance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_sound_fleet_keeps_every_promise_and_the_same_options_give_the_same_event_log() {
        String[] options = {"--devices", "3", "--years", "0.2", "--runs", "2", "--faults", "hostile", "--json"};
        assertThat(run(options)).isZero();
        JsonNode first = JsonMapper.shared().readTree(out.toString());
        assertThat(run(options)).isZero();
        JsonNode again = JsonMapper.shared().readTree(out.toString());

        assertThat(first.path("verdict").asString()).isEqualTo("KEPT");
        assertThat(first.path("eventLogHash").asString())
                .hasSize(64)
                .isEqualTo(again.path("eventLogHash").asString());
        assertThat(first.path("runs").asInt()).isEqualTo(2);
        assertThat(first.path("billedCertificates").asInt()).isPositive();
        assertThat(first.path("timeSharesInPercent").path("server").asInt()).isPositive();
        assertThat(first.path("timeSharesInPercent").path("promises").asInt()).isPositive();
    }

    @Test
    void a_defect_comes_down_to_one_device_and_few_deeds_and_its_seed_shows_it_again(@TempDir Path folder)
            throws Exception {
        int exit = run(
                "--devices",
                "3",
                "--years",
                "0.2",
                "--seed",
                "7",
                "--behaviour",
                "device:" + Forgetful.class.getName(),
                "--report",
                folder.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("BROKEN", "holds no credential (promise 2)", "it takes 1 device and ", "--seed 7 --behaviour")
                .contains("DeleteCredential Done");
        JsonNode failure = JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("verdict.json")))
                .path("failure");
        assertThat(failure.path("seed").asLong()).isEqualTo(7);
        assertThat(failure.path("deeds").size())
                .as("two renewals, each with a heartbeat")
                .isEqualTo(4);
        assertThat(folder.resolve("report.html")).content().contains("A promise was broken", "holds no credential");
        assertThat(folder.resolve("junit.xml")).content().contains("failures=\"1\"", "<failure>");
        assertThat(folder.resolve("events.log")).content().contains("DeleteCredential Done");

        String told = out.toString();
        assertThat(run(
                        "--devices",
                        "3",
                        "--years",
                        "0.2",
                        "--seed",
                        "7",
                        "--behaviour",
                        "device:" + Forgetful.class.getName()))
                .isEqualTo(1);
        assertThat(withoutTimes(out.toString())).isEqualTo(withoutTimes(told));
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("(?m)^.* times real time$", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--devices 0 | --devices: there can be 1 to 100000 modules",
                "--years -1 | --years: a life takes up to 100 years",
                "--runs 0 | --runs: there must be a run",
                "--faults bad | --faults: there are the profiles calm, rough, hostile and swarm, not \"bad\"",
                "--behaviour no.Such | '--behaviour': there is no public class no.Such on the class path",
            })
    void bad_options_get_exit_code_2_and_a_line_that_says_why(String options, String problem) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(problem);
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options);
    }
}
