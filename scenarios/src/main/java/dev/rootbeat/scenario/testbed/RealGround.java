package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.PowerFailures;
import dev.rootbeat.conformance.world.SimulatedDevice;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.module.Product;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The real world on a fast clock: a certificate manager with its sockets and its file, to which modules come by DTLS over
 * UDP, operators by HTTP, hosts of modules by TLS and MQTT, and from which webhooks go out by HTTP. The air between the
 * modules and their sockets is simulated: there messages are lost, late and repeated as scenarios want it.
 */
final class RealGround implements Ground {

    /**
     * Memory as a file system, where the machine has that: the server waits for the disk at every commit, and scenarios cut
     * no machine's power.
     */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final WorldSettings settings;
    private final Behaviour watch;
    private final SplittableRandom random;
    private final Path folder;
    private final VirtualTime time;
    private final DrivenTime driven;
    private final SimNetwork network;
    private final List<SimulatedDevice> devices = new ArrayList<>();
    private final PowerFailures power;
    private final DtlsLines lines;
    private final RestClient operators = new RestClient();
    private final Hook hook;
    private final RealServer server;

    private RealGround(WorldSettings settings, Behaviour watch, Consumer<Bytes> told, Path folder) {
        this.settings = settings;
        this.watch = watch;
        this.folder = folder;
        random = new SplittableRandom(settings.seed());
        time = new VirtualTime(settings.times().start());
        driven = new DrivenTime(time);
        network = new SimNetwork(time.executor("air"), random.split());
        power = new PowerFailures(time, devices, (_, _) -> {});
        lines = new DtlsLines(driven);
        hook = new Hook(driven, told);
        server = new RealServer(settings, time, driven, folder);
    }

    /**
     * Opens a world without devices, in which the server runs.
     *
     * @param watch sees what devices do
     * @param told is given what the receiver of webhooks is told
     */
    static RealGround open(WorldSettings settings, Behaviour watch, Consumer<Bytes> told) {
        var ground = new RealGround(settings, watch, told, newFolder());
        try {
            ground.startServer();
            return ground;
        } catch (RuntimeException e) {
            ground.close();
            throw e;
        }
    }

    private static Path newFolder() {
        String name = "rootbeat-scenario";
        try {
            return Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, name) : Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no room for the files of a scenario", e);
        }
    }

    @Override
    public VirtualTime time() {
        return time;
    }

    @Override
    public boolean await(BooleanSupplier holds, Duration atMost) {
        return power.runUntil(
                () -> {
                    driven.settle();
                    return holds.getAsBoolean();
                },
                atMost);
    }

    @Override
    public SimNetwork network() {
        return network;
    }

    @Override
    public SimulatedDevice add(Product product) {
        var device = new SimulatedDevice(
                time,
                random.split(),
                (uid, key, serial) -> {
                    lines.booted(uid, key);
                    return network.channel(uid, serial);
                },
                product,
                builder -> builder.behaviour(watch).heartbeats(settings.times().heartbeats()));
        devices.add(device);
        return device;
    }

    @Override
    public Optional<Testbed.Answer> call(String domain, String path, ObjectNode body) {
        return server.running().map(up -> operators.call(up.httpUrl(), domain, path, body));
    }

    @Override
    public void killServer() {
        network.server(null);
        server.stop();
    }

    @Override
    public void startServer() {
        if (server.running().isEmpty()) {
            lines.connect(server.start().coapsAddress());
            network.server(lines);
        }
    }

    @Override
    public SteppedClock serverClock() {
        return server.clock();
    }

    @Override
    public Faults serverFaults() {
        return server.faults();
    }

    @Override
    public Optional<String> login(Credential credential) {
        return server.running()
                .map(CertificateManagerServer::platform)
                .map(platform -> PlatformLogin.refusal(Objects.requireNonNull(platform), credential, "scenario"))
                .orElse(Optional.of("the server is down"));
    }

    @Override
    public String hook() {
        return hook.url();
    }

    @Override
    public void hookAnswers(int status) {
        hook.answers(status);
    }

    @Override
    public void close() {
        devices.forEach(SimulatedDevice::powerOff);
        lines.close();
        server.stop();
        operators.close();
        hook.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files of a scenario stay behind", e);
        }
    }
}
