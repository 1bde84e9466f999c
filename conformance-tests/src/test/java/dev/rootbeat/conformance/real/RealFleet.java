package dev.rootbeat.conformance.real;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SlotReport;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Modules that speak DTLS on UDP sockets, each with a host that seals it, all on one event loop. */
final class RealFleet implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Map<RotPublicUid, Module> modules = new LinkedHashMap<>();

    /** Makes modules and switches them on. */
    RealFleet(
            int size,
            SplittableRandom random,
            InetSocketAddress server,
            HeartbeatSettings heartbeats,
            ChannelSettings channel,
            Behaviour behaviour) {
        for (int i = 0; i < size; i++) {
            Module module = Module.builder(
                            loop,
                            InstantSource.system(),
                            random.split(),
                            (uid, key, executor) -> new DtlsChannel(uid, key, server, loop, loop, channel))
                    .heartbeats(heartbeats)
                    .behaviour(behaviour)
                    .start();
            modules.put(module.uid(), module);
        }
    }

    List<RotPublicUid> uids() {
        return List.copyOf(modules.keySet());
    }

    /** Has each module sealed by its host as soon as it is bootstrapped. */
    void seal(String profile) {
        int number = 0;
        for (Module module : modules.values()) {
            var seal = new Seal(profile, Integer.toString(number++));
            loop.execute(() -> seal(module, seal));
        }
    }

    private void seal(Module module, Seal seal) {
        if (module.isOn() && !module.security().status().claimed()) {
            module.security().seal(seal);
            var _ = loop.schedule(() -> seal(module, seal), 200, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether the device is sealed and provisioned, as its host sees it. */
    boolean isSealed(RotPublicUid uid) {
        return ask(uid, module -> module.security().status().claimed());
    }

    /** The credential that the device uses. */
    Optional<Credential> credential(RotPublicUid uid) {
        return ask(uid, module -> module.rootOfTrust().credential(SlotReport.MANAGED));
    }

    /** Has the host force a heartbeat and returns what becomes of it. */
    ForcedOutcome force(RotPublicUid uid) {
        var outcome = new CompletableFuture<ForcedOutcome>();
        loop.execute(() -> module(uid).security().force(outcome::complete));
        return outcome.orTimeout(150, TimeUnit.SECONDS).join();
    }

    private <T> T ask(RotPublicUid uid, Function<Module, T> question) {
        return loop.submit(() -> question.apply(module(uid)))
                .syncUninterruptibly()
                .getNow();
    }

    private Module module(RotPublicUid uid) {
        return Objects.requireNonNull(modules.get(uid), uid::toString);
    }

    @Override
    public void close() {
        CompletableFuture.runAsync(() -> modules.values().forEach(Module::close), loop)
                .join();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
