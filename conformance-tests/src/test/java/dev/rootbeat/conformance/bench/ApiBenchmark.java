package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.Clocks;
import dev.rootbeat.server.DeviceConfig;
import dev.rootbeat.server.Ports;
import dev.rootbeat.server.ServerConfig;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.api.RestLimits;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.sql.SqlStore;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Calls of the REST interface over HTTP on connections that are kept, by callers in the same process, the server's data in
 * an SQLite file: every answer waits for its entry in the audit log. As their limit, a handler of the web server alone.
 */
public class ApiBenchmark {

    private static final String KEY = "key";
    private static final String SECRET = "secret";
    private static final int OK = 200;

    /** A server with a fleet of provisioned devices, and an operator who is signed in. */
    @State(Scope.Benchmark)
    public static class Service {

        private final ScratchFolder folder = ScratchFolder.create();
        private final List<String> uids = fill();
        private final CertificateManagerServer server;
        private final HttpClient http = HttpClient.newHttpClient();
        private final AtomicInteger turn = new AtomicInteger();
        private final String token;

        /** Starts the server, and signs in. */
        public Service() {
            try {
                server = CertificateManagerServer.start(ServerConfig.usual(
                        "jdbc:sqlite:" + folder.file("server.db"),
                        Ports.FREE,
                        RestConfig.plain(KEY, SECRET, RestLimits.DEFAULT.withCallsPerSecond(1_000_000)),
                        new DeviceConfig(HeartbeatPolicy.DEFAULT, 1_000, KeyHierarchy.TEST_MASTER),
                        new Clocks(() -> Instant.parse("2026-01-01T00:00:00Z"), () -> Instant.EPOCH)));
                token = post("authenticate", "", "{\"APIKey\":\"" + KEY + "\",\"APISecret\":\"" + SECRET + "\"}")
                        .replaceAll(".*\"AuthToken\":\"([^\"]*)\".*", "$1");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("no server", e);
            }
        }

        private List<String> fill() {
            try (SqlStore store = SqlStore.open(folder.file("server.db"));
                    Fleet _ = Fleet.idle(store)) {
                Bytes digest = Bytes.of(SECRET.getBytes(StandardCharsets.UTF_8)).sha256();
                store.write(tx -> {
                            var domain = new Domain(Fleet.DOMAIN, "default", KEY, digest);
                            tx.save(domain);
                            return domain;
                        })
                        .join();
                return store.read(view -> view.devices(Fleet.DOMAIN)).stream()
                        .map(Device::uid)
                        .map(Object::toString)
                        .toList();
            }
        }

        private String uid() {
            return uids.get(Math.floorMod(turn.getAndIncrement(), uids.size()));
        }

        private String post(String call, String authorization, String body) throws IOException, InterruptedException {
            return answer(
                    http,
                    HttpRequest.newBuilder(URI.create(server.httpUrl() + "/v1/" + call))
                            .header("Authorization", authorization)
                            .POST(BodyPublishers.ofString(body))
                            .build());
        }

        /** Stops it, and removes its data. */
        @TearDown
        public void close() throws IOException {
            http.close();
            server.close();
            folder.delete();
        }
    }

    /** A handler that answers with what it was asked; one that does not read that has the connection closed. */
    @State(Scope.Benchmark)
    public static class Bare {

        private final WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .routing(routing -> routing.post(
                        "/*",
                        (request, response) -> response.send(request.content().as(String.class))))
                .build()
                .start();
        private final HttpClient http = HttpClient.newHttpClient();
        private final HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/"))
                .POST(BodyPublishers.ofString("{\"RoTPublicUID\":\"0123456789abcdef\"}"))
                .build();

        /** Stops it. */
        @TearDown
        public void close() {
            http.close();
            server.stop();
        }
    }

    /** A device is shown. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public String deviceOf16Callers(Service service) throws IOException, InterruptedException {
        return service.post("device/get", service.token, "{\"RoTPublicUID\":\"" + service.uid() + "\"}");
    }

    /** The certificate of a device shall be renewed. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public String renewOf16Callers(Service service) throws IOException, InterruptedException {
        String answer = service.post(
                "ztp/devicecertificate/renew", service.token, "{\"RoTPublicUIDs\":[\"" + service.uid() + "\"]}");
        if (!answer.contains("\"Accepted\":true")) {
            throw new IllegalStateException(answer);
        }
        return answer;
    }

    /** The web server and the client alone. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public String bareOf16Callers(Bare bare) throws IOException, InterruptedException {
        return answer(bare.http, bare.request);
    }

    private static String answer(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
