package dev.rootbeat.module.trace;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** A module in virtual time with a host, a server that bootstraps it, and a trace. */
final class TracedModule {

    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    final VirtualTime time = new VirtualTime(START);
    final ScheduledExecutorService executor = time.executor("module");
    final List<TraceLine> lines = new ArrayList<>();
    final Module module;
    final AtPort host;

    /** What the server answers to everything. */
    Response answer = Response.changed(
            Codec.encode(new Reply(START, Duration.ofHours(24), DeviceStatus.BOOTSTRAPPED, List.of(), List.of())));

    TracedModule() {
        this(false, builder -> builder);
    }

    TracedModule(boolean secrets, UnaryOperator<ModuleBuilder> options) {
        Trace trace = secrets ? Trace.withSecrets(time, lines::add) : Trace.masked(time, lines::add);
        var network = new SimNetwork(time.executor("network"), new SplittableRandom(1));
        network.server((_, _, told) -> told.accept(answer));
        module = options.apply(Module.builder(
                                executor,
                                time,
                                new SplittableRandom(2),
                                trace.of((uid, _, on) -> network.channel(uid, on)))
                        .observers(trace)
                        .p256(new DeterministicP256(new SplittableRandom(3))))
                .start();
        time.runFor(Duration.ofSeconds(1));
        host = module.connect(_ -> {});
    }

    void send(String text) {
        host.input(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    List<String> text() {
        return lines.stream().map(TraceLine::toString).toList();
    }
}
