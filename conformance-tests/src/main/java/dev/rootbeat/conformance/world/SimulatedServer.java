package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.ServerParts;
import dev.rootbeat.server.api.LocalCalls;
import dev.rootbeat.server.api.Services;
import dev.rootbeat.server.billing.BillingConfig;
import dev.rootbeat.server.billing.BillingService;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.device.Certification;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.device.HeartbeatService;
import dev.rootbeat.server.device.Ids;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.event.Deliveries;
import dev.rootbeat.server.event.ExpiryNotices;
import dev.rootbeat.server.event.FreshRevocationLists;
import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.event.Jobs;
import dev.rootbeat.server.event.Targets;
import dev.rootbeat.server.event.WebhookService;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.server.fault.FaultyCertificates;
import dev.rootbeat.server.fault.FaultyRequests;
import dev.rootbeat.server.fault.FaultySender;
import dev.rootbeat.server.fault.FaultyStore;
import dev.rootbeat.server.fault.StaleLists;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.platform.Gate;
import dev.rootbeat.server.platform.OwnPlatform;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The certificate manager of the simulated world, the whole of it but for its sockets: heartbeats, calls of operators,
 * scheduled jobs, webhooks. It can die at any instant, and comes back on the data that it left or on a backup of it.
 */
public final class SimulatedServer {

    /** Rarer than in the real world, where a look costs nothing compared to waiting. */
    public static final Duration LOOK = Duration.ofMinutes(10);

    private final WorldSettings settings;
    private final VirtualTime time;
    private final SteppedClock clock;
    private final SimNetwork network;
    private final SimulatedPlatform platform;
    private final Receivers receivers;
    private final Runnable written;
    private final SplittableRandom random;
    private final Certification certification;
    private final Faults faults;
    private final ServerParts parts;
    private MemoryStore disk = new MemoryStore();
    private @Nullable LocalCalls calls;
    private @Nullable ScheduledExecutorService timers;

    SimulatedServer(
            WorldSettings settings,
            VirtualTime time,
            SimNetwork network,
            SimulatedPlatform platform,
            Receivers receivers,
            P256 p256,
            SplittableRandom random,
            Runnable written) {
        this.settings = settings;
        this.time = time;
        this.clock = new SteppedClock(time);
        this.network = network;
        this.platform = platform;
        this.receivers = receivers;
        this.written = written;
        this.random = random;
        this.parts = ServerParts.of(settings.oddities().server());
        var authority = new CertificateAuthority(p256, parts.serialNumbers(random.split()), "http://ca.example");
        this.certification = new Certification(authority, p256, new Ids(random.split()));
        this.faults = new Faults(settings.oddities().serverFaults(), settings.seed());
    }

    /** Whether it runs. */
    public boolean isUp() {
        return calls != null;
    }

    /** Starts it on the data that it left, if it is down. */
    public void start() {
        if (isUp()) {
            return;
        }
        ScheduledExecutorService executor = time.executor("server");
        timers = executor;
        Store store = parts.store(new FaultyStore(new WatchedStore(disk, written), faults, executor, () -> {
            throw new IllegalStateException("a process that dies at a commit is for the real world");
        }));
        HeartbeatPolicy policy = parts.policy(settings.times().policy());
        var behaviour = new FaultyCertificates(
                settings.oddities().server(), faults, certification.authority(), certification.p256(), clock);
        var own = new OwnPlatform(store, clock);
        var platforms = Platforms.own(
                parts.platform(
                        certificate -> platform.register(certificate).thenCompose(_ -> own.register(certificate))),
                executor);
        var heartbeats = new HeartbeatService(store, clock, policy, certification, platforms, behaviour);
        BillingService billing = BillingService.open(store, clock, BillingConfig.DEFAULT);
        var ids = certification.ids();
        calls = new LocalCalls(new Services(
                store,
                new RootCaService(store, clock, certification.authority(), ids::next, new StaleLists(faults)),
                new OperationService(store, clock, certification),
                new DeviceService(store, clock, ids, policy.planLimit()),
                platforms,
                null,
                uid -> KeyHierarchy.rootSecret(KeyHierarchy.TEST_MASTER, uid),
                random.split(),
                clock,
                billing,
                new WebhookService(store, new Targets(List.of()), ids::next, random.split())));
        var jobs = new ArrayList<Job>(billing.jobs());
        jobs.add(new ExpiryNotices(ExpiryNotices.DEFAULT_LEAD));
        jobs.add(new FreshRevocationLists(certification.authority()));
        new Jobs(store, clock, executor, LOOK, jobs).start();
        new Deliveries(
                        store,
                        time,
                        executor,
                        new FaultySender(parts.sender(receivers), faults),
                        random.split(),
                        Receivers.DELIVERIES)
                .start();
        network.server(new FaultyRequests(parts.requests(heartbeats), faults, executor));
    }

    /** Kills it; its data stays. */
    public void kill() {
        network.server(null);
        calls = null;
        if (timers != null) {
            timers.shutdownNow();
            timers = null;
        }
    }

    /** Why a device with this certificate may not log in to its IoT platform now; nothing if it may. */
    public Optional<String> login(X509Certificate certificate) {
        return switch (new Gate(disk, clock).judge(certificate)) {
            case Gate.Verdict.Admitted _ -> Optional.empty();
            case Gate.Verdict.Refused(String why) -> Optional.of(why);
        };
    }

    /** A copy of its data, as it is now. */
    MemoryStore backup() {
        return disk.copy();
    }

    /**
     * Puts a backup in the place of the data of a server that is down. As the command that restores one does, it has all
     * revocation lists signed anew: what was revoked after the backup is not on them.
     */
    void restore(MemoryStore backup) {
        disk = backup.copy();
        var _ = disk.write(tx -> {
            for (String domain : List.of(World.DOMAIN, World.OTHER_DOMAIN)) {
                tx.rootCas(domain)
                        .forEach(rootCa -> tx.crl(rootCa.id())
                                .ifPresent(
                                        crl -> tx.save(new Crl(crl.rootCa(), crl.number(), Instant.EPOCH, crl.der()))));
            }
            return true;
        });
    }

    /** The calls of operators, while it runs. */
    @Nullable
    LocalCalls calls() {
        return calls;
    }

    /** Adds a domain, whose name is also its API key and secret. */
    void add(String domain) {
        Bytes digest = Bytes.of(domain.getBytes(StandardCharsets.UTF_8)).sha256();
        var _ = disk.write(tx -> {
            tx.save(new Domain(domain, domain, domain, digest));
            return true;
        });
    }

    /** Saves a device profile under a name of its own, past the calls of operators, which draw one. */
    public void save(DeviceProfile profile) {
        var _ = disk.write(tx -> {
            tx.save(profile);
            return true;
        });
    }

    /** Its data. */
    public MemoryStore store() {
        return disk;
    }

    /** Its clock, which can be stepped. */
    public SteppedClock clock() {
        return clock;
    }

    /** What it does wrong on purpose. */
    public Faults faults() {
        return faults;
    }
}
