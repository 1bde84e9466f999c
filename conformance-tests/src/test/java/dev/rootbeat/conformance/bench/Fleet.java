package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.device.Certification;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.device.HeartbeatService;
import dev.rootbeat.server.device.Ids;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.platform.OwnPlatform;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat service and provisioned devices on it. Its clock moves on with every heartbeat, so that the guard interval
 * never holds a device back, and every heartbeat finds a certificate that is due for renewal, where the fleet renews.
 */
final class Fleet implements AutoCloseable {

    /** Devices for every thread; so many that each has its certificate renewed no oftener than in its life. */
    static final int SLICE = 64;

    /** The threads that a fleet has devices for. */
    static final int MAX_THREADS = 16;

    /** So short that it never holds a device back. */
    static final Duration GUARD = Duration.ofNanos(1);

    private static final int SIZE = SLICE * MAX_THREADS;
    /** The domain that all devices belong to. */
    static final String DOMAIN = "home";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration CENTURY = Duration.ofDays(36_000);
    private static final Duration DAY = Duration.ofDays(1);

    /** The first certificates are issued so much earlier that they are due at the start. */
    private static final Instant ISSUED = START.minus(DAY);

    /** Between two heartbeats of a device lie three days on average: it is due also if it comes early. */
    private static final Duration TICK = DAY.multipliedBy(3).dividedBy(SIZE);

    private final HeartbeatService service;
    private final List<Peer> peers = new ArrayList<>();
    private final AtomicInteger slices = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong ticks = new AtomicLong();

    private Fleet(Store store, Duration certificateLife, @Nullable Duration renewalWindow) {
        var random = new SecureRandom();
        P256 p256 = FastP256.ofThisMachine();
        var authority = new CertificateAuthority(p256, random, "http://127.0.0.1:8080");
        RootCa rootCa = authority.create("root", DOMAIN, "Root", CENTURY, certificateLife, renewalWindow, ISSUED);
        Bytes key = Bytes.of(p256.generateKeyPair().getPublic().getEncoded());
        store.write(tx -> {
                    tx.save(rootCa);
                    for (int i = 0; i < SIZE; i++) {
                        peers.add(join(tx, authority, rootCa, new RotPublicUid(random.nextLong()), key));
                    }
                    return SIZE;
                })
                .join();
        this.service = new HeartbeatService(
                store,
                () -> START.plus(TICK.multipliedBy(ticks.get())),
                new HeartbeatPolicy(GUARD, DAY),
                new Certification(authority, p256, new Ids(random)),
                Platforms.own(new OwnPlatform(store, () -> START), timer),
                Behaviour.NONE);
    }

    /** A fleet of which nothing is wanted. */
    static Fleet idle(Store store) {
        return new Fleet(store, CENTURY, null);
    }

    /** A fleet of which every device has its certificate renewed at every heartbeat. */
    static Fleet renewing(Store store) {
        return new Fleet(store, DAY, DAY.dividedBy(2));
    }

    /** Ends its timers. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** All devices, for one thread. */
    Turns all() {
        return new Turns(peers);
    }

    /** One thread's own devices. */
    Turns slice() {
        int from = slices.getAndIncrement() % MAX_THREADS * SLICE;
        return new Turns(peers.subList(from, from + SLICE));
    }

    /** The service, where it is some time later with every message. */
    RequestHandler service() {
        return (peer, request, answer) -> {
            ticks.incrementAndGet();
            service.handle(peer, request, answer);
        };
    }

    private static Peer join(
            Transaction tx, CertificateAuthority authority, RootCa rootCa, RotPublicUid uid, Bytes key) {
        IssuedCertificate certificate =
                authority.issue(rootCa, uid, key, ISSUED, List.of(), null).to(IssuedCertificate.State.EFFECTIVE);
        tx.save(certificate);
        Device unclaimed = Device.unknown(uid);
        tx.save(unclaimed
                .reporting(Peer.PRODUCT, Peer.FIRMWARE)
                .claimed(new Device.Claim(DOMAIN, "profile", "1"), Device.Standing.ACTIVATED, Plan.COMMERCIAL)
                .with(unclaimed.managed().wanting(rootCa.id()).provisionedNow()));
        return new Peer(uid, key.sha256(), certificate);
    }

    /** Devices whose turn comes again and again. */
    static final class Turns {

        private final List<Peer> peers;
        private int turns;

        private Turns(List<Peer> peers) {
            this.peers = peers;
        }

        Peer next() {
            return peers.get(turns++ % peers.size());
        }
    }
}
