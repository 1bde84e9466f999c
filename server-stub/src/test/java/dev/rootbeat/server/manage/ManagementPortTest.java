package dev.rootbeat.server.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.fault.Fault;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import dev.rootbeat.server.store.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementPortTest {

    private static final RotPublicUid DEVICE = RotPublicUid.parse("0a04f008003c9623");

    private final Faults faults = new Faults(List.of(), 1);
    private final Metrics metrics = new Metrics();
    private final BreakableStore store = new BreakableStore();
    private final HttpClient client = HttpClient.newHttpClient();
    private ManagementPort port;

    /** A store that can be out of order. */
    private static final class BreakableStore implements Store {

        private final Store store = new MemoryStore();
        private volatile boolean broken;

        @Override
        public <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work) {
            return store.write(work);
        }

        @Override
        public <T extends @Nullable Object> T read(Function<View, T> query) {
            if (broken) {
                throw new StoreException("the disk is gone");
            }
            return store.read(query);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        port = ManagementPort.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), store, metrics, faults);
    }

    @AfterEach
    void close() {
        client.close();
        port.close();
        metrics.close();
        store.close();
    }

    @Test
    void it_is_live_and_ready_until_the_store_cannot_be_read() throws Exception {
        assertThat(call("GET", "/health/live", "")).isEqualTo("200 live");
        assertThat(call("GET", "/health/ready", "")).isEqualTo("200 ready");
        store.broken = true;

        assertThat(call("GET", "/health/live", "")).isEqualTo("200 live");
        assertThat(call("GET", "/health/ready", "")).isEqualTo("503 the store cannot be read: the disk is gone");
    }

    @Test
    void requests_of_devices_are_counted_by_path_and_code() throws Exception {
        var requests = new MeteredRequests(
                (_, _, answer) -> answer.accept(Response.error(Response.Code.FORBIDDEN, "no")),
                metrics,
                InstantSource.system());
        for (String path : List.of(Request.HEARTBEAT, Request.HEARTBEAT, "made/up")) {
            requests.handle(DEVICE, new Request(path, Bytes.of(new byte[0])), _ -> {});
        }

        assertThat(call("GET", "/metrics", ""))
                .contains("rootbeat_device_requests_seconds_count{code=\"4.03\",path=\"" + Request.HEARTBEAT + "\"} 2")
                .contains("rootbeat_device_requests_seconds_count{code=\"4.03\",path=\"other\"} 1")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void calls_are_counted_by_path_and_status() throws Exception {
        metrics.answered("/v1/device/get", 200, Duration.ofMillis(2));
        metrics.answered("/v1/device/get", 404, Duration.ofMillis(1));

        assertThat(call("GET", "/metrics", ""))
                .contains("rootbeat_api_calls_seconds_count{call=\"/v1/device/get\",status=\"200\"} 1")
                .contains("rootbeat_api_calls_seconds_sum{call=\"/v1/device/get\",status=\"404\"} 0.001");
    }

    @Test
    void faults_are_set_listed_and_removed() throws Exception {
        assertThat(call("POST", "/faults", "once  heartbeat reject\n")).isEqualTo("200 1 once heartbeat reject");
        assertThat(call("POST", "/faults", "crl stale")).isEqualTo("200 2 crl stale");
        assertThat(call("GET", "/faults", "")).isEqualTo("200 1 once heartbeat reject\n2 crl stale");
        assertThat(call("DELETE", "/faults/1", "")).isEqualTo("200 ");
        assertThat(call("DELETE", "/faults/1", "")).isEqualTo("404 there is no fault 1");
        assertThat(faults.all()).containsOnlyKeys(2);
        assertThat(call("DELETE", "/faults", "")).isEqualTo("200 ");
        assertThat(faults.all()).isEmpty();
    }

    @Test
    void what_is_no_fault_is_refused_and_sets_nothing() throws Exception {
        assertThat(call("POST", "/faults", "heartbeat vanish")).startsWith("400 word 2 of the fault, \"vanish\"");
        assertThat(faults.all()).isEmpty();
    }

    @Test
    void what_has_struck_is_told_as_faults() throws Exception {
        faults.add(Fault.parse("once heartbeat reject"));
        faults.add(Fault.parse("crl stale"));
        assertThat(faults.strike("heartbeat", DEVICE)).isPresent();
        assertThat(faults.strike("crl", null)).isPresent();

        assertThat(call("GET", "/faults/struck", ""))
                .isEqualTo("200 number 1 0a04f008003c9623 heartbeat reject\nnumber 1 crl stale");
    }

    @Test
    void what_it_does_not_have_it_says() throws Exception {
        assertThat(call("GET", "/nothing", "")).startsWith("404 there are GET /health/live");
        assertThat(call("GET", "/faults/1", "")).isEqualTo("405 GET is not for /faults/1");
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(port.url() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        return response.statusCode() + " " + response.body().strip();
    }
}
