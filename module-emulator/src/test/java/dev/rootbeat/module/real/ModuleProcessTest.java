package dev.rootbeat.module.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

    @Test
    void on_standard_input_and_output_there_is_nothing_but_the_module_and_it_ends_with_the_input() throws Exception {
        Process process = start("--stdio", "--imei", "357862090326242");
        process.getOutputStream().write("ATE0\rAT+CGSN\r".getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        String messages = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo("ATE0\r\r\nOK\r\n\r\n357862090326242\r\n\r\nOK\r\n");
        assertThat(messages).startsWith("ready ").endsWith(" SARA-R510M8S-01B-00 imei 357862090326242 stdio\n");
        assertThat(exitCode(process)).isZero();
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
