package dev.rootbeat.server;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.api.RestServer;
import dev.rootbeat.server.api.Services;
import dev.rootbeat.server.billing.BillingService;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.channel.Ceiling;
import dev.rootbeat.server.channel.CoapsEndpoint;
import dev.rootbeat.server.device.Certification;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.HeartbeatService;
import dev.rootbeat.server.device.Ids;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.event.Jobs;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A certificate manager on real sockets: the REST interface for operators, CoAP over DTLS for devices. */
public final class CertificateManagerServer implements AutoCloseable {

    /** Two cores' worth of DTLS; timers take no time. */
    private static final int PROTOCOL_THREADS = 2;

    /** Heartbeats wait here for the store, whose commits they share: more at a time make larger groups. */
    private static final int WORK_THREADS = 16;

    /** Jobs look so often whether others have made them due; the real clock counts, also when the server's is fast. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What is under way at the end may take so long; a mail server may take longer, and gets its mail again. */
    private static final Duration JOBS_END = Duration.ofSeconds(5);

    private final Store store;
    private final RestServer rest;
    private final CoapsEndpoint endpoint;
    private final ScheduledExecutorService protocol;
    private final ExecutorService work;
    private final ScheduledExecutorService jobs;

    private CertificateManagerServer(
            Store store,
            RestServer rest,
            CoapsEndpoint endpoint,
            ScheduledExecutorService protocol,
            ExecutorService work,
            ScheduledExecutorService jobs) {
        this.store = store;
        this.rest = rest;
        this.endpoint = endpoint;
        this.protocol = protocol;
        this.work = work;
        this.jobs = jobs;
    }

    /**
     * Starts a server; it serves when this returns.
     *
     * @throws IOException if a port is taken
     * @throws StoreException if the store cannot be opened
     */
    public static CertificateManagerServer start(ServerConfig config) throws IOException {
        Store store = Stores.open(config.store());
        RestServer rest;
        try {
            rest = RestServer.bind(config.host(), config.httpPort());
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        var random = new SecureRandom();
        P256 p256 = FastP256.ofThisMachine();
        var ids = new Ids(random);
        var authority = new CertificateAuthority(p256, random, "http://" + config.host() + ":" + rest.port());
        var certification = new Certification(authority, p256, ids);
        var heartbeats =
                new HeartbeatService(store, config.clock(), config.policy(), certification, config.behaviour());
        var ceiling = new Ceiling(
                heartbeats, config.requestsPerSecond(), config.policy().guard(), config.clock(), random);
        ScheduledExecutorService protocol = Executors.newScheduledThreadPool(
                PROTOCOL_THREADS,
                Thread.ofPlatform().name("rootbeat-coaps-", 0).daemon().factory());
        ExecutorService work = Executors.newFixedThreadPool(
                WORK_THREADS,
                Thread.ofPlatform().name("rootbeat-work-", 0).daemon().factory());
        var endpoint = new CoapsEndpoint(
                new InetSocketAddress(config.host(), config.coapsPort()),
                uid -> Optional.of(KeyHierarchy.channelKey(KeyHierarchy.rootSecret(config.master(), uid))),
                ceiling,
                protocol,
                work);
        ScheduledExecutorService jobs = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rootbeat-jobs").daemon().factory());
        var server = new CertificateManagerServer(store, rest, endpoint, protocol, work, jobs);
        BillingService billing;
        try {
            server.ensureDomain(config, ids);
            billing = BillingService.open(store, config.clock(), config.billing());
            endpoint.start();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        rest.serve(new Services(
                store,
                new RootCaService(store, config.clock(), authority, ids::next),
                new OperationService(store, config.clock(), certification),
                new DeviceService(store, config.clock(), ids, config.policy().planLimit()),
                uid -> KeyHierarchy.rootSecret(config.master(), uid),
                random,
                config.operatorClock(),
                billing));
        new Jobs(store, config.clock(), jobs, LOOK, billing.jobs()).start();
        return server;
    }

    /** The URL of the REST interface, without a path. */
    public String httpUrl() {
        return "http://" + endpoint.address().getHostString() + ":" + rest.port();
    }

    /** Where devices come to. */
    public InetSocketAddress coapsAddress() {
        return endpoint.address();
    }

    /** Stops to listen, finishes what is under way, and lets go of sockets, threads and files. */
    @Override
    public void close() {
        rest.close();
        endpoint.close();
        endJobs();
        work.shutdownNow();
        protocol.shutdownNow();
        store.close();
    }

    private void endJobs() {
        jobs.shutdownNow();
        try {
            var _ = jobs.awaitTermination(JOBS_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ensureDomain(ServerConfig config, Ids ids) {
        Bytes digest =
                Bytes.of(config.apiSecret().getBytes(StandardCharsets.UTF_8)).sha256();
        store.write(tx -> {
                    String id =
                            tx.domainOfApiKey(config.apiKey()).map(Domain::id).orElseGet(ids::next);
                    var domain = new Domain(id, "default", config.apiKey(), digest);
                    tx.save(domain);
                    return domain;
                })
                .join();
    }
}
