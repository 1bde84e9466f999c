package dev.rootbeat.module.mqtt;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A broker of Debian's package {@code mosquitto} on this machine, which prints all that it does. */
final class MosquittoBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;
    private final int port;

    /**
     * Starts a broker.
     *
     * @param folder where its configuration and its output go
     * @param settings lines of its configuration
     */
    MosquittoBroker(Path folder, String... settings) throws IOException {
        port = freePort();
        Path configuration = Files.createTempFile(folder, "mosquitto", ".conf");
        Files.writeString(
                configuration,
                "user root\npersistence false\nlistener " + port + " 127.0.0.1\n" + String.join("\n", settings) + "\n");
        log = Files.createTempFile(folder, "mosquitto", ".log");
        process = new ProcessBuilder(program().orElseThrow().toString(), "-v", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitLog("running");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where the broker is, if it is installed; its folder is not on everybody's path. */
    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(entry -> Path.of(entry, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Writes a file of one user's password. */
    static Path passwords(Path folder, String user, String password) throws IOException, InterruptedException {
        Path file = folder.resolve("passwords");
        Process writer = new ProcessBuilder(List.of("mosquitto_passwd", "-b", "-c", file.toString(), user, password))
                .redirectErrorStream(true)
                .start();
        String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (writer.waitFor() != 0) {
            throw new IOException(said);
        }
        return file;
    }

    int port() {
        return port;
    }

    String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String text) {
        await("the broker prints " + text).atMost(PATIENCE).until(() -> log().contains(text));
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
