package dev.rootbeat.module.mqtt;

import dev.rootbeat.module.network.ServerProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A broker of Debian's package {@code mosquitto} on this machine, which prints all that it does. */
final class MosquittoBroker implements AutoCloseable {

    private final ServerProgram program;
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
        program = new ServerProgram(
                folder, List.of(file().orElseThrow().toString(), "-v", "-c", configuration.toString()));
        awaitLog("running");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static boolean isInstalled() {
        return file().isPresent();
    }

    private static Optional<Path> file() {
        return ServerProgram.find("mosquitto");
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

    void awaitLog(String text) {
        program.awaitLog(text);
    }

    /** Ends it as if its machine had failed. */
    @Override
    public void close() {
        program.close();
    }
}
