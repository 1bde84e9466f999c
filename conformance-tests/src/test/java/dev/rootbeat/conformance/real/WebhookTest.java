package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a device does arrives at a receiver, also when the server dies before it could say so. */
class WebhookTest {

    private final SplittableRandom random = new SplittableRandom(20_261_124);
    private final SortedMap<Long, String> events = new ConcurrentSkipListMap<>();
    private final AtomicBoolean down = new AtomicBoolean(true);
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void a_server_that_is_killed_before_it_could_deliver_delivers_every_event_after_its_start(@TempDir Path folder)
            throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        try (var server = new ServerProcess("jdbc:sqlite:" + folder.resolve("server.db"), random);
                var operator = new Operator(server.httpUrl());
                var fleet = new RealFleet(
                        1, random.split(), List.of(server.coapsAddress()), ChannelSettings.STANDARD, Behaviour.NONE)) {
            server.start();
            server.awaitReady();
            operator.createWebhook(
                    "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                    List.of("DEVICE_BOOTSTRAPPED", "DEVICE_SEALED", "CERTIFICATE_ISSUED", "CERTIFICATE_UPDATED"));
            fleet.seal(operator.createProfile(operator.createRootCa("Root", Duration.ofDays(90))));
            RotPublicUid uid = fleet.uids().getFirst();
            awaitEffective(operator, uid, 1);
            operator.instruct("update", fleet.uids(), "");
            awaitEffective(operator, uid, 2);
            await().until(() -> refused.get() > 0);
            server.kill();
            assertThat(events).isEmpty();
            down.set(false);
            server.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> events.size() >= 4);
            assertThat(events.values())
                    .containsExactly(
                            "1 DEVICE_BOOTSTRAPPED " + uid,
                            "2 DEVICE_SEALED " + uid,
                            "3 CERTIFICATE_ISSUED " + uid,
                            "4 CERTIFICATE_UPDATED " + uid);
        } finally {
            receiver.stop(0);
        }
    }

    private static void awaitEffective(Operator operator, RotPublicUid uid, int operations) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(operator.certificates(uid).get("Operations"))
                        .hasSize(operations)
                        .allMatch(operation -> operation.get("State").asString().equals("EFFECTIVE")));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (down.get()) {
                refused.incrementAndGet();
            } else {
                JsonNode event = JsonMapper.shared().readTree(body);
                long number = event.get("SequenceNumber").asLong();
                events.put(
                        number,
                        number + " " + event.get("Event").asString() + " "
                                + event.get("RoTPublicUID").asString());
            }
            exchange.sendResponseHeaders(down.get() ? 503 : 204, -1);
        }
    }
}
