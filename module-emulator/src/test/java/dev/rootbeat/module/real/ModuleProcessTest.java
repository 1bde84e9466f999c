package dev.rootbeat.module.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.module.credential.TestAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, without a server to talk to. */
@Timeout(60)
class ModuleProcessTest {

    /** Of a process that SIGTERM ended. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    private Process start(String... arguments) throws IOException {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RunModule.class.getName());
        Process process = new ProcessBuilder(
                        Stream.concat(java.stream(), Stream.of(arguments)).toList())
                .start();
        started.add(process);
        return process;
    }

    @AfterEach
    void end_the_process() {
        started.forEach(Process::destroyForcibly);
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
        return process.exitValue();
    }

    /** Has a module on standard input and output answer to this, and returns what it says. */
    private String converse(String host, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--stdio"));
        all.addAll(List.of(arguments));
        Process process = start(all.toArray(String[]::new));
        process.getOutputStream().write(host.getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void on_standard_input_and_output_there_is_nothing_but_the_module_and_it_ends_with_the_input() throws Exception {
        assertThat(converse("ATE0\rAT+CGSN\r", "--imei", "357862090326242"))
                .isEqualTo("ATE0\r\r\nOK\r\n\r\n357862090326242\r\n\r\nOK\r\n");
        Process process = started.getFirst();
        assertThat(process.errorReader().readAllAsString())
                .startsWith("ready ")
                .endsWith(" SARA-R510M8S-01B-00 imei 357862090326242 stdio\n");
        assertThat(exitCode(process)).isZero();
    }

    @Test
    void the_state_file_keeps_the_hosts_credentials_too() throws Exception {
        String authority = new TestAuthority("CN=Tests", TestAuthority.keys("EC", 256)).pem();
        String state = folder.resolve("state").toString();
        converse("AT+USECMNG=0,0,\"mine\"," + authority.length() + "\r" + authority, "--state", state);
        assertThat(converse("AT+USECMNG=3\r", "--state", state)).contains("CA,\"mine\"");
    }

    @Test
    void faults_and_quirks_are_met_by_a_host() throws Exception {
        assertThat(converse(
                        "ATE0;+CMEE=1\rAT+CGMI\rAT+CGMI\rAT+USECMNG=0,0,\"ca\",9\r",
                        "--fault",
                        "once AT+CGMI error SEC busy",
                        "--quirk",
                        "fresh-file-system"))
                .endsWith("\r\n+CME ERROR: 1684\r\n\r\nu-blox\r\n\r\nOK\r\n\r\n+CME ERROR: 1912\r\n");
    }

    @Test
    void the_control_port_is_told_when_it_is_ready_and_answers() throws Exception {
        BufferedReader out = start("--count", "2", "--control", "0").inputReader();
        out.readLine();
        String ready = out.readLine();
        assertThat(ready).matches("ready .* tcp 127\\.0\\.0\\.1:\\d+ control http://127\\.0\\.0\\.1:\\d+/modules/2");
        URI second = URI.create(ready.replaceFirst(".* control ", ""));
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(HttpRequest.newBuilder(second).build(), BodyHandlers.ofString())
                    .body();
            assertThat(body).startsWith("2 " + ready.split(" ", -1)[1] + " SARA-R510M8S-01B-00 imei ");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void one_module_has_several_terminals_and_a_port() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Process process = start("--tcp", "0", "--pty", one.toString(), "--pty", two.toString());
        assertThat(process.inputReader().readLine())
                .matches("ready .* tcp 127\\.0\\.0\\.1:\\d+ pty " + one + " pty " + two);
        process.toHandle().destroy();
        assertThat(exitCode(process)).isEqualTo(TERMINATED);
    }

    @Test
    void with_real_times_it_is_silent_while_it_boots() throws Exception {
        Process process = start("--tcp", "0", "--real-times");
        String port = process.inputReader().readLine().replaceFirst(".* tcp 127\\.0\\.0\\.1:", "");
        try (var host = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
            host.setSoTimeout(1000);
            assertThat(answers(host)).isFalse();
            await().atMost(Duration.ofSeconds(30)).until(() -> answers(host));
        }
    }

    private static boolean answers(Socket host) throws IOException {
        host.getOutputStream().write("AT\r".getBytes(StandardCharsets.US_ASCII));
        try {
            return host.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void a_control_port_that_is_taken_is_wrong_usage() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("--control", String.valueOf(taken.getLocalPort()));
            assertThat(process.errorReader().readLine())
                    .startsWith("--control: cannot listen on TCP 127.0.0.1:" + taken.getLocalPort() + ": ");
            assertThat(exitCode(process)).isEqualTo(2);
        }
    }

    @Test
    void a_trace_is_written_and_played_again() throws Exception {
        String trace = folder.resolve("trace").toString();
        converse("AT+CMEE=2\rATI\rAT+USECPSK=16\r", "--trace", trace);

        Process same = start("--replay", trace);
        assertThat(same.inputReader().lines().toList()).hasSize(2).endsWith("played; differences: 0");
        assertThat(exitCode(same)).isZero();

        Process other = start("--replay", trace, "--product", "SARA-R500S-01B-00");
        assertThat(other.inputReader().lines().skip(1))
                .containsExactly(
                        "ATI",
                        "  expected [SARA-R510M8S-01B-00, OK]",
                        "  answered [SARA-R500S-01B-00, OK]",
                        "played; differences: 1");
        assertThat(exitCode(other)).isEqualTo(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sigterm_stops_it_cleanly() throws Exception {
        Path terminal = folder.resolve("modem");
        Process process = start(
                "--tcp",
                "0",
                "--pty",
                terminal.toString(),
                "--state",
                folder.resolve("state").toString());
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).startsWith("ready ").endsWith(" pty " + terminal);
        assertThat(Files.exists(terminal, LinkOption.NOFOLLOW_LINKS)).isTrue();
        process.toHandle().destroy();
        assertThat(exitCode(process)).isEqualTo(TERMINATED);
        assertThat(Files.exists(terminal, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }
}
