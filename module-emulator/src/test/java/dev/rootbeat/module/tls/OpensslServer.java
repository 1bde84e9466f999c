package dev.rootbeat.module.tls;

import dev.rootbeat.module.network.ServerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A server of the {@code openssl} command on this machine: it prints what it receives and sends what it is given. */
final class OpensslServer implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:([0-9]+)");

    private final ServerProgram program;
    private final int port;

    /**
     * Starts a server.
     *
     * @param folder where its output goes
     */
    OpensslServer(Path folder, List<String> options) throws IOException {
        var command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0"));
        command.addAll(options);
        program = new ServerProgram(folder, command);
        port = Integer.parseInt(program.awaitMatch(PORT).group(1));
    }

    static boolean isInstalled() {
        return ServerProgram.find("openssl").isPresent();
    }

    int port() {
        return port;
    }

    /** What it has printed. */
    String log() {
        return program.log();
    }

    void awaitLog(String text) {
        program.awaitLog(text);
    }

    void say(String line) throws IOException {
        program.say(line);
    }

    @Override
    public void close() {
        program.close();
    }
}
