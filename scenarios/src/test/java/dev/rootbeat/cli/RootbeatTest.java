package dev.rootbeat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line as a contract: exit codes, and one line for what went wrong. */
class RootbeatTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_lists_the_commands_the_exit_codes_and_examples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("demo ", "module ", "server ", "simulate ", "psk ", "generate-completion")
                .contains("0   success", "1   the thing that was tested failed")
                .contains("2   wrong usage or bad input", "3   the tool itself failed")
                .contains("Examples:");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void every_command_has_help_and_the_version() {
        for (String command : Rootbeat.commandLine().getSubcommands().keySet()) {
            assertThat(run(command, "--help")).as(command).isZero();
            assertThat(out.toString()).contains("Usage: rootbeat " + command + " ");
            assertThat(run(command, "--version")).as(command).isZero();
            assertThat(out.toString()).startsWith("rootbeat (not packaged)");
        }
    }

    @Test
    void without_a_command_the_help_is_shown_and_it_is_wrong_usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .contains("Commands:")
                .endsWith("rootbeat: a command is missing (see rootbeat --help)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "serve | rootbeat: Unmatched argument at index 0: 'serve'; did you mean server? (see rootbeat --help)",
                "psk xyz | rootbeat psk: Invalid value for positional parameter at index 0 (UID): a RoTPublicUID is 16 hexadecimal"
                        + " digits, not \"xyz\" (see rootbeat psk --help)",
                "psk | rootbeat psk: Missing required parameter: 'UID' (see rootbeat psk --help)",
                "server --http 65536 | rootbeat server: Invalid value for option '--http': a port is a whole number from 0 to"
                        + " 65535, not \"65536\" (see rootbeat server --help)",
                "server --db nowhere | rootbeat server: --db: a store is jdbc:sqlite:PATH, jdbc:postgresql://HOST:PORT/DATABASE or"
                        + " memory, not \"nowhere\" (see rootbeat server --help)",
                "server --fault reboot | rootbeat server: Invalid value for option '--fault' (SPEC): word 1 of the fault,"
                        + " \"reboot\", is none of heartbeat, results, certificate, crl, store, webhook, platform and crash (see"
                        + " rootbeat server --help)",
                "server --db memory --guard 0s | rootbeat server: --guard, --heartbeat: guard interval and heartbeat period"
                        + " must be longer than nothing (see rootbeat server --help)",
                "server --db memory --host no.such.host.invalid | rootbeat server: --host: there is no address of"
                        + " no.such.host.invalid (see rootbeat server --help)",
                "server --tls-cert cert.pem | rootbeat server: --tls-cert, --tls-key: each needs the other (see rootbeat server"
                        + " --help)",
                "server --tls-cert no.pem --tls-key no.pem | rootbeat server: --tls-cert, --tls-key: no.pem: cannot be read:"
                        + " there is no such file (see rootbeat server --help)",
                "server --tls-ca ca.pem | rootbeat server: --tls-ca: needs --tls (see rootbeat server --help)",
                "server --public-url ca.example | rootbeat server: Invalid value for option '--public-url': a public URL"
                        + " is http://HOST or https://HOST, perhaps with a port and a path, not \"ca.example\" (see"
                        + " rootbeat server --help)",
                "demo --devices 3 | rootbeat demo: --devices: a demonstration takes 4 to 1000 devices, not 3 (see rootbeat demo"
                        + " --help)",
            })
    void bad_input_gets_one_line_that_says_what_and_where_and_exit_code_2(String arguments, String line) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(line + "\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_taken_port_gets_one_line_and_exit_code_3_and_shows_where_only_with_v() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String[] arguments = {"server", "--db", "memory", "--coaps", "0", "--http", "" + taken.getLocalPort()};
            assertThat(run(arguments)).isEqualTo(3);
            assertThat(err.toString())
                    .isEqualTo("rootbeat server: cannot listen on TCP 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is taken, or the address is none of this machine\n");

            var verbose = new ArrayList<>(List.of(arguments));
            verbose.add("-v");
            assertThat(run(verbose.toArray(String[]::new))).isEqualTo(3);
            assertThat(err.toString()).contains("\tat dev.rootbeat.server.");
        }
    }

    @Test
    void a_server_is_ready_says_nothing_else_and_stops_on_a_signal() throws Exception {
        Process server = java(List.of(), "server", "--http", "0", "--coaps", "0", "--db", "memory");
        try (var lines = server.inputReader();
                var errors = server.errorReader()) {
            assertThat(lines.readLine())
                    .matches("ready http://127\\.0\\.0\\.1:\\d+ coaps://127\\.0\\.0\\.1:\\d+ db memory");
            server.toHandle().destroy(); // leaves the streams open
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).as("128 and SIGTERM").isEqualTo(143);
            assertThat(errors.readAllAsString()).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void a_log_for_machines_is_an_object_per_line_with_what_the_event_names() throws Exception {
        Process server =
                java(List.of(), "server", "--http", "0", "--coaps", "0", "--db", "memory", "-v", "--log", "json");
        try (var lines = server.inputReader();
                var errors = server.errorReader();
                var client = HttpClient.newHttpClient()) {
            String url = lines.readLine().split(" ", -1)[1] + "/v1/nothing";
            client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            server.toHandle().destroy();
            List<JsonNode> logged = errors.lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(logged).allSatisfy(line -> {
                assertThat(Instant.parse(line.get("time").asString())).isAfter(Instant.EPOCH);
                assertThat(line.get("level").asString()).isIn("DEBUG", "INFO", "WARN");
                assertThat(line.get("logger").asString()).contains(".");
            });
            assertThat(logged)
                    .filteredOn(line -> line.get("message").asString().equals("a call is answered"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.get("path").asString()).isEqualTo("/v1/nothing");
                        assertThat(line.get("status").asInt()).isEqualTo(404);
                        assertThat(line.get("millis").isNumber()).isTrue();
                    });
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void a_command_loads_only_what_it_needs() throws Exception {
        Process psk = java(List.of("-Xlog:class+load"), "psk", "0123456789abcdef");
        try (var loaded = psk.inputReader()) {
            List<String> classes =
                    loaded.lines().filter(line -> line.contains("class,load")).toList();
            assertThat(psk.waitFor()).isZero();
            assertThat(classes).anyMatch(line -> line.contains(" dev.rootbeat.rot.crypto.KeyHierarchy "));
            assertThat(classes)
                    .noneMatch(
                            line -> line.matches(
                                    ".*(org\\.eclipse\\.californium|io\\.helidon|io\\.netty|ch\\.qos\\.logback|org\\.sqlite|tools\\.jackson)\\..*"));
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = Rootbeat.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private static Process java(List<String> flags, String... arguments) throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Rootbeat.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
