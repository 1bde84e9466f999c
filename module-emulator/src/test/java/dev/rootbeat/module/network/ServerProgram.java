package dev.rootbeat.module.network;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server that is a program of this machine: it prints what happens, and reads lines. */
public final class ServerProgram implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    /**
     * Starts a server.
     *
     * @param folder where its output goes
     * @param command its file and its arguments
     */
    public ServerProgram(Path folder, List<String> command) throws IOException {
        log = Files.createTempFile(folder, "server", ".log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Where a program is, if it is installed. Those of servers are in folders that are not on everybody's path. */
    public static Optional<Path> find(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(entry -> Path.of(entry, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What it has printed. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed something that a pattern finds, and returns what that is. */
    public MatchResult awaitMatch(Pattern pattern) {
        return await("the server prints " + pattern)
                .atMost(PATIENCE)
                .until(() -> pattern.matcher(log()).results().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until it has printed a text. */
    public void awaitLog(String text) {
        await("the server prints " + text).atMost(PATIENCE).until(() -> log().contains(text));
    }

    /** Gives it a line. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().flush();
    }

    /** Ends it as if its machine had failed. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
