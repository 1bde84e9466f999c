package dev.rootbeat.module.tls;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of the {@code openssl} command on this machine: it prints what it receives and sends what it is given. */
final class OpensslServer implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;

    /**
     * Starts a server.
     *
     * @param folder where its output goes
     */
    OpensslServer(Path folder, List<String> options) throws IOException {
        var command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0"));
        command.addAll(options);
        log = Files.createTempFile(folder, "openssl", ".log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("the server listens: " + command)
                .atMost(PATIENCE)
                .until(() -> PORT.matcher(log()).find());
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "openssl")));
    }

    int port() {
        Matcher port = PORT.matcher(log());
        if (!port.find()) {
            throw new IllegalStateException(log());
        }
        return Integer.parseInt(port.group(1));
    }

    /** What it has printed. */
    String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String text) {
        await("the server prints " + text).atMost(PATIENCE).until(() -> log().contains(text));
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().flush();
    }

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
