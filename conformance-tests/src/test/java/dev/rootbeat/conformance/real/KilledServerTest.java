package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A certificate manager in a process of its own serves a fleet over DTLS while an operator asks for this and that; it is
 * killed in the middle again and again. The tests of every build kill it some times on each store; fifty times it is with
 *
 * <pre>{@code
 * mvn -B -pl conformance-tests -am test -Dtest=KilledServerTest -Dsurefire.failIfNoSpecifiedTests=false -Drootbeat.kills=50
 * }</pre>
 *
 * The moments of death and the operator's wishes follow from {@code -Drootbeat.seed}; how far the server has come at
 * such a moment does not.
 */
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("rootbeat.kills", 2);
    private static final long SEED = Long.getLong("rootbeat.seed", 20261124L);
    private static final int DEVICES = 30;

    /** The server is killed some replies after its last start, so that it dies in the middle on a slow machine too. */
    private static final int MOST_REPLIES = 100;

    /** How much later than that at most. */
    private static final int MOST_MILLIS = 300;

    /** A start takes about as long on a quiet machine. */
    private static final int MOST_MILLIS_OF_START = 2_000;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Watch watch = new Watch();

    @ParameterizedTest
    @EnumSource
    void a_server_that_is_killed_again_and_again_loses_nothing_and_does_nothing_twice(
            Storage storage, @TempDir Path folder) throws Exception {
        System.out.println("killed server on " + storage + ": seed " + SEED);
        String url = storage.empty(folder);
        Orders orders;
        Map<RotPublicUid, Optional<Bytes>> present;
        try (var server = new ServerProcess(url, random);
                var operator = new Operator(server.httpUrl());
                var fleet = new RealFleet(
                        DEVICES, random.split(), List.of(server.coapsAddress()), RealFleet.HASTY, watch)) {
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
            operator.awaitPeace(fleet.uids());
            present = fleet.present();
            server.stop();
            assertThat(server.complaints()).isEmpty();
        }
        try (Store store = Stores.open(url)) {
            store.read(view -> {
                watch.assertAgreement(view, present, List.of(orders));
                report(storage, view, orders);
                return true;
            });
        }
    }

    private void killAgainAndAgain(ServerProcess server) throws IOException, InterruptedException {
        for (int kill = 0; kill < KILLS; kill++) {
            int enough = watch.replies() + random.nextInt(MOST_REPLIES);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> watch.replies() >= enough);
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

    private void report(Storage storage, View view, Orders orders) {
        List<IssuedCertificate> certificates = watch.used().keySet().stream()
                .flatMap(uid -> view.certificates(uid).stream())
                .toList();
        long superseded = certificates.stream()
                .filter(certificate -> certificate.state() == IssuedCertificate.State.SUPERSEDED)
                .count();
        System.out.printf(
                "killed server on %s: %d kills, %d operations accepted, %d certificates signed (%d superseded), %d billed%n",
                storage,
                KILLS,
                orders.accepted(),
                certificates.size(),
                superseded,
                view.billingEvents().size());
    }
}
