package dev.rootbeat.module.real;

import dev.rootbeat.module.ChannelFactory;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.fault.Fault;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.module.trace.Difference;
import dev.rootbeat.module.trace.TraceLine;
import dev.rootbeat.options.AddressConverter;
import dev.rootbeat.options.SpeedOptions;
import dev.rootbeat.options.StopSignal;
import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.FileMedium;
import dev.rootbeat.sim.ScaledTime;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
            "                                        on the ports 7000 to 7099",
            "  rootbeat module --tcp 7000 --trace session.trace",
            "  rootbeat module --replay session.trace",
            "                                        writes down what a host says, and says it again to another module",
            "  rootbeat module --fault '3 times AT+USECDEVINFO? error SEC busy'",
            "                                        is busy three times, and then well",
            "  rootbeat module --fault 'AT+COPS=? delay 30s' --fault 'drop 1 in 1000 to host'",
            "                                        is slow to search, on a bad line",
            "  rootbeat module --tcp 7000 --quirk fresh-file-system --control 7001",
            "  curl -d 'once AT+USECCONN silence' http://127.0.0.1:7001/modules/1/faults",
            "                                        is peculiar, and told what else to get wrong while it runs"
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

    @Option(
            names = "--name",
            paramLabel = "HOST=ADDRESS",
            description = "A host name that modules can look up for their sockets, which know only localhost else.")
    private Map<String, InetAddress> names = new TreeMap<>();

    @Mixin
    private FaultOptions faults = new FaultOptions();

    @Mixin
    private TraceOptions traces = new TraceOptions();

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
        List<Fault> wrong = faults.all();
        List<TraceLine> script = traces.script(count);
        ScaledTime time = speed.time();
        try (StopSignal stop = StopSignal.install();
                Tracing tracing = traces.open(time.real());
                StateFiles files = new StateFiles();
                RealWorld world =
                        RealWorld.open(Math.min(count, Runtime.getRuntime().availableProcessors()));
                ControlPort control = faults.open(links.host())) {
            var setting = new Setting(
                    world, tracing, heartbeats, time, device.randomness(), FastP256.ofThisMachine(), wrong, control);
            // Standard output may be the module's.
            PrintWriter out = links.stdio()
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            PluggedModule module = start(files, 1, setting, out);
            for (int number = 2; number <= count; number++) {
                start(files, number, setting, out);
            }
            if (links.stdio()) {
                var _ = module.converse(links.input(), System.out).thenRun(stop::stop);
            }
            if (!traces.isReplay()) {
                stop.await();
                return 0;
            }
            return play(script, module, stop, out);
        }
    }

    private int play(List<TraceLine> script, PluggedModule module, StopSignal stop, PrintWriter out) {
        CompletableFuture<List<Difference>> found;
        try {
            found = module.play(script);
        } catch (IllegalArgumentException e) {
            throw wrong("--replay: " + e.getMessage());
        }
        var _ = found.thenRun(stop::stop);
        stop.await();
        List<Difference> differences = found.getNow(List.of());
        differences.forEach(out::println);
        out.println(found.isDone() ? "played; differences: " + differences.size() : "stopped before the end");
        out.flush();
        return found.isDone() && differences.isEmpty() ? 0 : 1;
    }

    private PluggedModule start(StateFiles files, int number, Setting setting, PrintWriter out) throws IOException {
        PluggedModule plugged = start(files, number, setting);
        String where = links.open(plugged, number, count > 1, traces.isReplay());
        if (setting.control != null) {
            where += " control " + setting.control.add(plugged);
        }
        Module module = plugged.module();
        out.println("ready " + module.uid() + " " + module.product() + " imei " + module.imei() + where);
        out.flush();
        return plugged;
    }

    private PluggedModule start(StateFiles files, int number, Setting setting) {
        try {
            FileMedium file = state == null ? null : files.open(LinkOptions.numbered(state, number, count > 1));
            return setting.world.start(loop -> builder(loop, file, setting));
        } catch (IOException | IllegalArgumentException e) {
            throw wrong("--state: " + e.getMessage());
        }
    }

    private ModuleBuilder builder(EventLoop loop, @Nullable FileMedium file, Setting setting) {
        ChannelFactory channels = (uid, key, _) -> setting.world.channel(uid, key, server, loop);
        ModuleBuilder builder = Module.builder(
                        loop,
                        setting.time,
                        setting.randomness.get(),
                        setting.tracing.channels().apply(channels))
                .observers(setting.tracing.observers())
                .faults(setting.faults)
                .sockets(setting.world.sockets(loop, names))
                .p256(setting.p256)
                .heartbeats(setting.heartbeats)
                .heartbeatTimers(setting.time.executor(loop));
        return device.applyTo(file == null ? builder : builder.file(file));
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** What all modules of the command have in common. */
    private record Setting(
            RealWorld world,
            Tracing tracing,
            HeartbeatSettings heartbeats,
            ScaledTime time,
            Supplier<RandomGenerator> randomness,
            P256 p256,
            List<Fault> faults,
            @Nullable ControlPort control) {}
}
