package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.ServerCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A certificate manager in a process of its own, which can be killed and started again on its file and its ports. */
final class ServerProcess implements AutoCloseable {

    /** Below the ports that systems give to sockets by themselves: nobody takes these while the server is down. */
    private static final int LOWEST_PORT = 10_000;

    private static final int HIGHEST_PORT = 30_000;

    /** How a process ends that was killed: 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private final InetAddress host = InetAddress.getLoopbackAddress();
    private final String store;
    private final int httpPort;
    private final int coapsPort;
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private @Nullable Process process;
    private CompletableFuture<String> ready = new CompletableFuture<>();

    /** @param store the name of the store */
    ServerProcess(String store, SplittableRandom random) {
        this.store = store;
        this.httpPort = freePort(random);
        this.coapsPort = freePort(random);
    }

    String httpUrl() {
        return "http://" + host.getHostAddress() + ":" + httpPort;
    }

    InetSocketAddress coapsAddress() {
        return new InetSocketAddress(host, coapsPort);
    }

    /** Starts the process, with options besides the usual ones, and returns at once. */
    void start(String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--http=" + httpPort,
                "--coaps=" + coapsPort,
                "--db=" + store,
                "--guard=" + RealServer.GUARD.toSeconds() + "s",
                "--heartbeat=" + RealServer.PERIOD.toSeconds() + "s",
                "--api-key=" + Operator.KEY,
                "--api-secret=" + Operator.SECRET));
        command.addAll(List.of(more));
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = started;
        ready = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read(started.inputReader(), ready));
    }

    /** Waits until it serves. */
    void awaitReady() {
        assertThat(ready.orTimeout(60, TimeUnit.SECONDS).join()).contains(httpUrl());
    }

    /** Lets it live for a time; returns whether it is alive then. */
    boolean live(long millis) throws InterruptedException {
        return process != null && !process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits until it dies by itself. */
    void awaitDeath() throws InterruptedException {
        assertThat(live(TimeUnit.SECONDS.toMillis(60))).as("it lives on").isFalse();
        assertThat(process).isNotNull().extracting(Process::exitValue).isEqualTo(KILLED);
    }

    /** SIGKILL: it ends in the middle of whatever it does. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** SIGTERM: it finishes what is under way. */
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What it said that is no information: errors and warnings of all its lives. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        kill();
    }

    private void read(BufferedReader lines, CompletableFuture<String> whenReady) {
        var said = new StringBuilder();
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append('\n').append(line);
                if (line.startsWith("ready ")) {
                    whenReady.complete(line);
                } else if (line.contains(" ERROR ") || line.contains(" WARN ") || line.contains("Exception")) {
                    complaints.add(line);
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
        whenReady.completeExceptionally(new IllegalStateException("the server ended before it was ready:" + said));
    }

    private int freePort(SplittableRandom random) {
        while (true) {
            int port = random.nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (var tcp = new ServerSocket(port, 1, host);
                    var udp = new DatagramSocket(port, host)) {
                if (tcp.isBound() && udp.isBound()) {
                    return port;
                }
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
    }

    /** Runs in the process. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            System.exit(new CommandLine(new ServerCommand()).execute(arguments));
        }
    }
}
