package dev.rootbeat.server;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.api.RestServer;
import dev.rootbeat.server.api.Services;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.channel.Ceiling;
import dev.rootbeat.server.channel.CoapsEndpoint;
import dev.rootbeat.server.device.Certification;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.HeartbeatService;
import dev.rootbeat.server.device.Ids;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A certificate manager on real sockets: the REST interface for operators, CoAP over DTLS for devices. */
public final class CertificateManagerServer implements AutoCloseable {

    /** Two cores' worth of DTLS; timers take no time. */
    private static final int PROTOCOL_THREADS = 2;

    /** Heartbeats wait here for the store, whose commits they share: more at a time make larger groups. */
    private static final int WORK_THREADS = 16;

    private final Store store;
    private final RestServer rest;
    private final CoapsEndpoint endpoint;
    private final ScheduledExecutorService protocol;
    private final ExecutorService work;

    private CertificateManagerServer(
            Store store,
            RestServer rest,
            CoapsEndpoint endpoint,
            ScheduledExecutorService protocol,
            ExecutorService work) {
        this.store = store;
        this.rest = rest;
        this.endpoint = endpoint;
        this.protocol = protocol;
        this.work = work;
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
        var server = new CertificateManagerServer(store, rest, endpoint, protocol, work);
        try {
            server.ensureDomain(config, ids);
            endpoint.start();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        rest.serve(new Services(
                store,
                new RootCaService(store, config.clock(), authority, ids::next),
                new OperationService(store, config.clock(), certification),
                new DeviceService(store, config.clock(), ids),
                uid -> KeyHierarchy.rootSecret(config.master(), uid),
                random,
                config.operatorClock()));
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
        work.shutdownNow();
        protocol.shutdownNow();
        store.close();
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
