package dev.rootbeat.server.tls;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The {@code openssl} command; tests are skipped where it is missing. */
final class Openssl {

    private Openssl() {}

    /** Runs it, with nothing to read, and returns what it said. */
    static String run(List<String> words) throws IOException, InterruptedException {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "openssl")));
        assumeTrue(installed, "skipped: no openssl command on the PATH");
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("openssl"), words.stream()).toList())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        try (var said = process.inputReader()) {
            return said.readAllAsString();
        } finally {
            process.waitFor();
        }
    }
}
