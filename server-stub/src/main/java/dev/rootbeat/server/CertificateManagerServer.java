package dev.rootbeat.server;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.api.RestServer;
import dev.rootbeat.server.api.Services;
import dev.rootbeat.server.billing.BillingService;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.channel.Ceiling;
import dev.rootbeat.server.channel.CoapsEndpoint;
import dev.rootbeat.server.device.Certification;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.device.HeartbeatService;
import dev.rootbeat.server.device.Ids;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.event.Deliveries;
import dev.rootbeat.server.event.DeliverySettings;
import dev.rootbeat.server.event.ExpiryNotices;
import dev.rootbeat.server.event.FreshRevocationLists;
import dev.rootbeat.server.event.HttpSender;
import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.event.Jobs;
import dev.rootbeat.server.event.Targets;
import dev.rootbeat.server.event.WebhookService;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.server.fault.FaultyCertificates;
import dev.rootbeat.server.fault.FaultyPlatform;
import dev.rootbeat.server.fault.FaultyRequests;
import dev.rootbeat.server.fault.FaultySender;
import dev.rootbeat.server.fault.FaultyStore;
import dev.rootbeat.server.fault.StaleLists;
import dev.rootbeat.server.manage.ManagementPort;
import dev.rootbeat.server.manage.MeteredRequests;
import dev.rootbeat.server.manage.Metrics;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.platform.OwnPlatform;
import dev.rootbeat.server.platform.PlatformAddress;
import dev.rootbeat.server.platform.PlatformEndpoint;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A certificate manager on real sockets: the REST interface for operators, CoAP over DTLS for devices. */
public final class CertificateManagerServer implements AutoCloseable {

    /** One core serves some twenty thousand requests a second, and a socket has one loop. */
    private static final int LOOPS = 1;

    /** Modules that log in to the IoT platform wait here for the store. */
    private static final int WORK_THREADS = 16;

    /** How long the end of the loop may take that has nothing to do any more. */
    private static final Duration LOOP_END = Duration.ofSeconds(5);

    /** What is under way at the end may take so long; a mail server may take longer, and gets its mail again. */
    private static final Duration JOBS_END = Duration.ofSeconds(5);

    /** They wait for the store, and never for a receiver. */
    private static final int WEBHOOK_THREADS = 2;

    /** How a process ends that was killed: 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private final RestServer rest;
    private final CoapsEndpoint endpoint;
    private final @Nullable ManagementPort management;
    private final @Nullable PlatformAddress platform;
    private final Deque<Runnable> closing;

    private CertificateManagerServer(
            RestServer rest,
            CoapsEndpoint endpoint,
            @Nullable ManagementPort management,
            @Nullable PlatformAddress platform,
            Deque<Runnable> closing) {
        this.rest = rest;
        this.endpoint = endpoint;
        this.management = management;
        this.platform = platform;
        this.closing = closing;
    }

    /**
     * Starts a server; it serves when this returns.
     *
     * @throws IOException if a port is taken
     * @throws StoreException if the store cannot be opened
     */
    public static CertificateManagerServer start(ServerConfig config) throws IOException {
        // What was opened, the last first.
        var closing = new ArrayDeque<Runnable>();
        try {
            return open(config, closing);
        } catch (IOException | RuntimeException e) {
            close(closing);
            throw e;
        }
    }

    private static CertificateManagerServer open(ServerConfig config, Deque<Runnable> closing) throws IOException {
        String host = config.ports().host();
        InstantSource clock = config.clocks().certificates();
        DeviceConfig devices = config.devices();
        Store opened = Stores.open(config.store());
        closing.push(opened::close);
        var random = new SecureRandom();
        SSLContext tls =
                config.rest().tls().context(opened, random, hosts(config)).orElse(null);
        RestServer rest =
                RestServer.bind(host, config.ports().http(), config.rest().limits(), tls);
        closing.push(rest::close);
        var loops = new MultiThreadIoEventLoopGroup(
                LOOPS, Thread.ofPlatform().name("rootbeat-coaps-", 0).daemon().factory(), NioIoHandler.newFactory());
        closing.push(() -> loops.shutdownGracefully(0, LOOP_END.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly());
        EventLoop protocol = loops.next();
        ExecutorService work = Executors.newFixedThreadPool(
                WORK_THREADS,
                Thread.ofPlatform().name("rootbeat-work-", 0).daemon().factory());
        closing.push(work::shutdownNow);
        Timers timers = config.clocks().timers();
        ScheduledExecutorService delays = timers.open("delays", 1);
        closing.push(delays::shutdownNow);
        var metrics = new Metrics();
        closing.push(metrics::close);
        Faults faults = config.faults();
        // As kill -9 does: nothing is finished, nothing is told.
        ServerParts parts = ServerParts.of(config.behaviour());
        Store store = parts.store(new FaultyStore(
                opened, faults, protocol, () -> Runtime.getRuntime().halt(KILLED)));
        HeartbeatPolicy policy = parts.policy(devices.policy());
        P256 p256 = FastP256.ofThisMachine();
        var ids = new Ids(random);
        URI publicUrl = config.rest().publicUrl();
        var authority = new CertificateAuthority(
                p256, parts.serialNumbers(random), publicUrl == null ? rest.url() : publicUrl.toString());
        var certification = new Certification(authority, p256, ids);
        var behaviour = new FaultyCertificates(config.behaviour(), faults, authority, p256, clock);
        var platforms =
                Platforms.own(new FaultyPlatform(parts.platform(new OwnPlatform(store, clock)), faults), protocol);
        var heartbeats = new HeartbeatService(store, clock, policy, certification, platforms, behaviour);
        var ceiling = new Ceiling(
                parts.requests(heartbeats),
                devices.requestsPerSecond(),
                devices.policy().guard(),
                clock,
                random);
        var requests = new MeteredRequests(
                new FaultyRequests(ceiling, faults, delays),
                metrics,
                config.clocks().operators());
        ensureDomain(store, config.rest(), ids);
        BillingService billing = BillingService.open(store, clock, config.billing());
        var endpoint = new CoapsEndpoint(
                new InetSocketAddress(host, config.ports().coaps()),
                uid -> Optional.of(KeyHierarchy.channelKey(KeyHierarchy.rootSecret(devices.master(), uid))),
                requests,
                protocol,
                // A heartbeat waits in the store's queue, and a key is derived at once: nothing blocks.
                Runnable::run);
        closing.push(endpoint::close);
        endpoint.start();
        metrics.connections(endpoint::connections);
        ManagementPort management = manage(config, store, metrics);
        if (management != null) {
            closing.push(management::close);
        }
        var targets = new Targets(config.events().allowedHosts());
        PlatformAddress platform = null;
        if (config.ports().platform() != null) {
            PlatformEndpoint logins = PlatformEndpoint.start(
                    new InetSocketAddress(host, config.ports().platform()),
                    store,
                    clock,
                    random,
                    work,
                    PlatformEndpoint.JUDGE_AGAIN);
            closing.push(logins::close);
            platform = logins.address();
        }
        var services = new Services(
                store,
                new RootCaService(store, clock, authority, ids::next, new StaleLists(faults)),
                new OperationService(store, clock, certification),
                new DeviceService(store, clock, ids, policy.planLimit()),
                platforms,
                platform,
                uid -> KeyHierarchy.rootSecret(devices.master(), uid),
                random,
                config.clocks().operators(),
                billing,
                new WebhookService(store, targets, ids::next, random));
        rest.serve(services, metrics);
        ScheduledExecutorService jobs = timers.open("jobs", 1);
        closing.push(() -> end(jobs));
        var all = new ArrayList<Job>(billing.jobs());
        all.add(new ExpiryNotices(config.events().expiryLead()));
        all.add(new FreshRevocationLists(authority));
        new Jobs(store, clock, jobs, timers.look(), all).start();
        deliver(config, store, targets, random, closing);
        return new CertificateManagerServer(rest, endpoint, management, platform, closing);
    }

    /** Receivers live in real time, however fast certificates age. */
    private static void deliver(
            ServerConfig config, Store store, Targets targets, SecureRandom random, Deque<Runnable> closing) {
        ScheduledExecutorService http = Timers.REAL.open("webhooks", WEBHOOK_THREADS);
        ScheduledExecutorService deliveries = config.clocks().timers().open("deliveries", WEBHOOK_THREADS);
        DeliverySettings settings = config.events().deliveries();
        var sender = new HttpSender(http, targets, settings.timeout());
        closing.push(() -> {
            deliveries.shutdownNow();
            http.shutdownNow();
            sender.close();
        });
        var faulty = new FaultySender(ServerParts.of(config.behaviour()).sender(sender), config.faults());
        new Deliveries(store, config.clocks().operators(), deliveries, faulty, random, settings).start();
    }

    private static @Nullable ManagementPort manage(ServerConfig config, Store store, Metrics metrics)
            throws IOException {
        if (config.ports().manage() == null) {
            return null;
        }
        var address =
                new InetSocketAddress(config.ports().host(), config.ports().manage());
        try {
            return ManagementPort.listen(address, store, metrics, config.faults());
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on TCP " + address.getHostString() + ":" + address.getPort() + ": " + e.getMessage(),
                    e);
        }
    }

    /** The URL of the REST interface, without a path. */
    public String httpUrl() {
        return rest.url();
    }

    /** Where devices come to. */
    public InetSocketAddress coapsAddress() {
        return endpoint.address();
    }

    /** Where those who run the server come to; null if nobody may. */
    public @Nullable String managementUrl() {
        return management == null ? null : management.url();
    }

    /** Where devices log in to the server's own IoT platform; null if it runs none. */
    public @Nullable PlatformAddress platform() {
        return platform;
    }

    /** Stops to listen, finishes what is under way, and lets go of sockets, threads and files. */
    @Override
    public void close() {
        close(closing);
    }

    private static void close(Deque<Runnable> closing) {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    private static void end(ScheduledExecutorService jobs) {
        jobs.shutdownNow();
        try {
            var _ = jobs.awaitTermination(JOBS_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where clients reach it, for its own certificate. */
    private static List<String> hosts(ServerConfig config) {
        String host = config.ports().host();
        URI publicUrl = config.rest().publicUrl();
        return publicUrl == null ? List.of(host) : List.of(host, publicUrl.getHost());
    }

    private static void ensureDomain(Store store, RestConfig operators, Ids ids) {
        Bytes digest =
                Bytes.of(operators.apiSecret().getBytes(StandardCharsets.UTF_8)).sha256();
        store.write(tx -> {
                    String id = tx.domainOfApiKey(operators.apiKey())
                            .map(Domain::id)
                            .orElseGet(ids::next);
                    var domain = new Domain(id, "default", operators.apiKey(), digest);
                    tx.save(domain);
                    return domain;
                })
                .join();
    }
}
