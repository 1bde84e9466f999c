package dev.rootbeat.module.real;

import dev.rootbeat.module.ChannelFactory;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.options.AddressConverter;
import dev.rootbeat.options.SpeedOptions;
import dev.rootbeat.options.StopSignal;
import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.sim.ScaledTime;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rootbeat module}: one or more emulated modules, until it is told to stop. */
@Command(
        name = "module",
        mixinStandardHelpOptions = true,
        description = "Run emulated modules that speak AT.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rootbeat module                       a module on a free TCP port, for a server on this machine",
            "  rootbeat module --pty /tmp/modem --state modem.state",
            "                                        on a pseudo-terminal; the same device at the next start",
            "  printf 'ATI9\\r' | rootbeat module --stdio",
            "                                        asks a module for its firmware",
            "  rootbeat module --count 100 --tcp 7000",
            "                                        on the ports 7000 to 7099"
        })
public final class ModuleCommand implements Callable<Integer> {

    /** A module takes three descriptors: to the server, to listen, and of a host. Processes often get no more than 20,000. */
    private static final int MAX_COUNT = 5000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "Run so many modules (${DEFAULT-VALUE}, at most " + MAX_COUNT + ").")
    private int count = 1;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:5684",
            converter = AddressConverter.class,
            description = "Where the certificate manager listens for devices (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private InetSocketAddress server;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Keep what the module knows in this file, and be the device that it holds; of several modules"
                    + " FILE-1, FILE-2 and so on (default: a new device, which is forgotten).")
    private @Nullable Path state;

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private SpeedOptions speed = new SpeedOptions();

    /** Picocli makes it. */
    public ModuleCommand() {}

    @Override
    public Integer call() throws IOException {
        if (count < 1 || count > MAX_COUNT) {
            throw wrong("--count is 1 to " + MAX_COUNT + ", not " + count);
        }
        HeartbeatSettings heartbeats = device.check(count);
        links.check(count);
        Setting setting = new Setting(heartbeats, speed.time(), device.randomness(), FastP256.ofThisMachine());
        try (StopSignal stop = StopSignal.install();
                StateFiles files = new StateFiles();
                RealWorld world =
                        RealWorld.open(Math.min(count, Runtime.getRuntime().availableProcessors()))) {
            // Standard output may be the module's.
            PrintWriter out = links.stdio()
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            for (int number = 1; number <= count; number++) {
                PluggedModule module = start(world, medium(files, number), setting);
                String where = links.open(module, number, count > 1);
                out.println("ready " + module.module().uid() + " "
                        + module.module().product() + " imei " + module.module().imei() + where);
                out.flush();
                if (links.stdio()) {
                    var _ = module.converse(links.input(), System.out).thenRun(stop::stop);
                }
            }
            stop.await();
        }
        return 0;
    }

    private PluggedModule start(RealWorld world, Medium medium, Setting setting) {
        try {
            return world.start(
                    loop -> builder(loop, setting).sockets(world.sockets(loop)).medium(medium));
        } catch (IllegalArgumentException e) {
            throw wrong("--state: " + e.getMessage());
        }
    }

    private ModuleBuilder builder(EventLoop loop, Setting setting) {
        ChannelFactory channels = (uid, key, _) -> new DtlsChannel(uid, key, server, loop, ChannelSettings.STANDARD);
        return device.applyTo(Module.builder(loop, setting.time, setting.randomness.get(), channels)
                .p256(setting.p256)
                .heartbeats(setting.heartbeats)
                .heartbeatTimers(setting.time.executor(loop)));
    }

    private Medium medium(StateFiles files, int number) {
        if (state == null) {
            return new MemoryMedium();
        }
        try {
            return files.open(LinkOptions.numbered(state, number, count > 1));
        } catch (IOException e) {
            throw wrong("--state: " + e.getMessage());
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** What all modules of the command have in common. */
    private record Setting(
            HeartbeatSettings heartbeats, ScaledTime time, Supplier<RandomGenerator> randomness, P256 p256) {}
}
