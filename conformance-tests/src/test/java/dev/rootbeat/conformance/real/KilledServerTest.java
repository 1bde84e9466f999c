package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.conformance.model.Books;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A certificate manager in a process of its own, on an SQLite file, serves a fleet over DTLS while an operator asks for
 * this and that; it is killed in the middle again and again. The tests of every build kill it five times; fifty times it
 * is with
 *
 * <pre>{@code
 * mvn -B -pl conformance-tests -am test -Dtest=KilledServerTest -Dsurefire.failIfNoSpecifiedTests=false -Drootbeat.kills=50
 * }</pre>
 *
 * The moments of death and the operator's wishes follow from {@code -Drootbeat.seed}; how far the server has come at
 * such a moment does not.
 */
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("rootbeat.kills", 5);
    private static final long SEED = Long.getLong("rootbeat.seed", 20261124L);
    private static final int DEVICES = 30;

    /** The server is killed some replies after its last start, so that it dies in the middle on a slow machine too. */
    private static final int MOST_REPLIES = 100;

    /** How much later than that at most. */
    private static final int MOST_MILLIS = 300;

    /** A start takes about as long on a quiet machine. */
    private static final int MOST_MILLIS_OF_START = 2_000;

    /** Gives up soon on a server that died with a request in its hands. */
    private static final ChannelSettings HASTY = new ChannelSettings(
            Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofMillis(500), 2, Duration.ofHours(1), false);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<RotPublicUid, Set<Bytes>> used = new ConcurrentHashMap<>();
    private final AtomicInteger replies = new AtomicInteger();

    @Test
    void a_server_that_is_killed_again_and_again_loses_nothing_and_does_nothing_twice(@TempDir Path folder)
            throws Exception {
        Path database = folder.resolve("server.db");
        Orders orders;
        Map<RotPublicUid, Optional<Bytes>> present = new LinkedHashMap<>();
        try (var server = new ServerProcess(database, random);
                var operator = new Operator(server.httpUrl());
                var fleet = new RealFleet(
                        DEVICES,
                        random.split(),
                        server.coapsAddress(),
                        HeartbeatSettings.of(RealServer.PERIOD, RealServer.GUARD),
                        HASTY,
                        new Watch())) {
            server.start();
            server.awaitReady();
            List<String> rootCas = new ArrayList<>();
            for (String name : List.of("First", "Second", "Third")) {
                rootCas.add(operator.createRootCa(name, Duration.ofDays(90)));
            }
            fleet.seal(operator.createProfile(rootCas.getFirst()));
            orders = new Orders(operator, fleet.uids(), rootCas, random.split());
            try (var whims = Executors.newSingleThreadScheduledExecutor()) {
                var _ = whims.scheduleWithFixedDelay(orders::give, 0, 100, TimeUnit.MILLISECONDS);
                killAgainAndAgain(server);
            }
            awaitPeace(operator, fleet);
            fleet.uids()
                    .forEach(uid -> present.put(
                            uid,
                            fleet.credential(uid)
                                    .map(credential ->
                                            credential.chain().getFirst().sha256())));
            server.stop();
            assertThat(server.complaints()).isEmpty();
        }
        assertThat(orders.failures()).isEmpty();
        try (Store store = Stores.open("jdbc:sqlite:" + database)) {
            store.read(view -> {
                assertThat(Books.problems(view, used)).as("seed %d", SEED).isEmpty();
                assertThat(Books.disagreements(view, present))
                        .as("seed %d", SEED)
                        .isEmpty();
                assertThat(orders.lost(view)).as("seed %d", SEED).isEmpty();
                report(view, orders);
                return true;
            });
        }
    }

    private void killAgainAndAgain(ServerProcess server) throws IOException, InterruptedException {
        for (int kill = 0; kill < KILLS; kill++) {
            int enough = replies.get() + random.nextInt(MOST_REPLIES);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> replies.get() >= enough);
            assertThat(server.live(random.nextInt(MOST_MILLIS)))
                    .as("it lives until it is killed")
                    .isTrue();
            server.kill();
            server.start();
            if (random.nextInt(5) == 0) {
                // Perhaps on its way up: nobody waits until it serves.
                assertThat(server.live(random.nextInt(MOST_MILLIS_OF_START)))
                        .as("it lives until it is killed")
                        .isTrue();
                server.kill();
                server.start();
            }
            server.awaitReady();
        }
    }

    /** Waits until every device has what is wanted. */
    private static void awaitPeace(Operator operator, RealFleet fleet) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    for (RotPublicUid uid : fleet.uids()) {
                        assertThat(operator.certificates(uid).get("Operations"))
                                .isNotEmpty()
                                .extracting(operation -> operation.get("State").asString())
                                .as(uid.toString())
                                .doesNotContain("ACCEPTED", "ORDERED", "DELIVERED");
                    }
                });
    }

    private void report(View view, Orders orders) {
        List<IssuedCertificate> certificates = used.keySet().stream()
                .flatMap(uid -> view.certificates(uid).stream())
                .toList();
        long superseded = certificates.stream()
                .filter(certificate -> certificate.state() == IssuedCertificate.State.SUPERSEDED)
                .count();
        System.out.printf(
                "killed server: seed %d, %d kills, %d operations accepted, %d certificates signed (%d superseded), %d billed%n",
                SEED,
                KILLS,
                orders.accepted(),
                certificates.size(),
                superseded,
                view.billingEvents().size());
    }

    /** Sees what the devices get, and which certificates they use. */
    private final class Watch implements Behaviour {

        @Override
        public Reply reply(RotPublicUid device, Reply reply) {
            replies.incrementAndGet();
            return reply;
        }

        @Override
        public Result result(RotPublicUid device, Command command, Result result) {
            if (command instanceof Command.SetCertificate set && result instanceof Result.Done) {
                used.computeIfAbsent(device, _ -> ConcurrentHashMap.newKeySet())
                        .add(set.chain().getFirst().sha256());
            }
            return result;
        }
    }
}
