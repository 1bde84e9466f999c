package dev.rootbeat.conformance.real;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SecureChannel;
import dev.rootbeat.rot.protocol.SlotReport;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Modules that speak DTLS on UDP sockets, each with a host that seals it, all on one event loop. */
final class RealFleet implements AutoCloseable {

    /** Gives up soon on a server that died with a request in its hands. */
    static final ChannelSettings HASTY = new ChannelSettings(
            Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofMillis(500), 2, Duration.ofHours(1), false);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Map<RotPublicUid, Module> modules = new LinkedHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    /** Makes modules and switches them on. Where there are several servers, they go to all, as {@link SpreadChannel} does. */
    RealFleet(
            int size,
            SplittableRandom random,
            List<InetSocketAddress> servers,
            ChannelSettings channel,
            Behaviour behaviour) {
        for (int i = 0; i < size; i++) {
            Module module = Module.builder(
                            loop,
                            InstantSource.system(),
                            random.split(),
                            (uid, key, executor) -> channel(
                                    servers.stream()
                                            .<SecureChannel>map(
                                                    server -> new DtlsChannel(uid, key, server, loop, loop, channel))
                                            .toList(),
                                    random.split()))
                    .heartbeats(HeartbeatSettings.of(RealServer.PERIOD, RealServer.GUARD))
                    .behaviour(behaviour)
                    .start();
            modules.put(module.uid(), module);
        }
    }

    private SecureChannel channel(List<SecureChannel> channels, SplittableRandom random) {
        return channels.size() == 1 ? channels.getFirst() : new SpreadChannel(channels, random, complaints::add);
    }

    /** Where servers contradicted each other. */
    List<String> complaints() {
        return List.copyOf(complaints);
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

    /** For each device the fingerprint of the certificate that it uses, if it uses one. */
    Map<RotPublicUid, Optional<Bytes>> present() {
        var present = new LinkedHashMap<RotPublicUid, Optional<Bytes>>();
        uids().forEach(uid -> present.put(
                uid,
                credential(uid).map(credential -> credential.chain().getFirst().sha256())));
        return present;
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
