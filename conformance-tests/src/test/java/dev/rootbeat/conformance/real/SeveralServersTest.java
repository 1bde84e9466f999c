package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two certificate managers, each a process of its own, on one PostgreSQL database: every request of a device goes to one
 * of them or to both at once, and operators ask both for this and that.
 */
class SeveralServersTest {

    private static final long SEED = Long.getLong("rootbeat.seed", 20261124L);
    private static final int DEVICES = 16;

    /** The operators are at it until the devices have got so many replies. */
    private static final int REPLIES = Integer.getInteger("rootbeat.replies", 250);

    /** Where a balancer would be that stands in front of both. */
    private static final String PUBLIC_URL = "http://ca.example/manager";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Watch watch = new Watch();

    @Test
    void two_servers_on_one_database_are_one_certificate_manager(@TempDir Path folder) throws Exception {
        System.out.println("two servers: seed " + SEED);
        String url = Storage.POSTGRESQL.empty(folder);
        List<Orders> orders;
        Map<RotPublicUid, Optional<Bytes>> present;
        try (var one = new ServerProcess(url, random);
                var other = new ServerProcess(url, random);
                var operator = new Operator(one.httpUrl());
                var colleague = new Operator(other.httpUrl());
                var fleet = new RealFleet(
                        DEVICES,
                        random.split(),
                        List.of(one.coapsAddress(), other.coapsAddress()),
                        RealFleet.HASTY,
                        watch)) {
            // At once: both find no tables.
            one.start("--public-url=" + PUBLIC_URL);
            other.start("--public-url=" + PUBLIC_URL + "/");
            one.awaitReady();
            other.awaitReady();
            List<String> rootCas = new ArrayList<>();
            for (String name : List.of("First", "Second")) {
                rootCas.add(operator.createRootCa(name, Duration.ofDays(90)));
                rootCas.add(colleague.createRootCa(name, Duration.ofDays(90)));
            }
            fleet.seal(colleague.createProfile(rootCas.getFirst()));
            orders = List.of(
                    new Orders(operator, fleet.uids(), rootCas, random.split()),
                    new Orders(colleague, fleet.uids(), rootCas, random.split()));
            try (var whims = Executors.newScheduledThreadPool(2)) {
                orders.forEach(each -> {
                    var _ = whims.scheduleWithFixedDelay(each::give, 0, 150, TimeUnit.MILLISECONDS);
                });
                await().atMost(Duration.ofMinutes(3)).until(() -> watch.replies() >= REPLIES);
            }
            operator.awaitPeace(fleet.uids());
            colleague.awaitPeace(fleet.uids());
            present = fleet.present();
            assertThat(fleet.complaints()).isEmpty();
            one.stop();
            other.stop();
            assertThat(one.complaints()).isEmpty();
            assertThat(other.complaints()).isEmpty();
        }
        try (Store store = Stores.open(url)) {
            store.read(view -> {
                watch.assertAgreement(view, present, orders);
                assertThat(present.keySet().stream().flatMap(uid -> view.certificates(uid).stream()))
                        .isNotEmpty()
                        .extracting(issued -> new String(issued.certificate().toArray(), StandardCharsets.ISO_8859_1))
                        .allMatch(der -> der.contains(PUBLIC_URL + "/crl/"));
                System.out.printf(
                        "two servers: %d replies, %d and %d operations accepted, %d billed%n",
                        watch.replies(),
                        orders.getFirst().accepted(),
                        orders.getLast().accepted(),
                        view.billingEvents().size());
                return true;
            });
        }
    }
}
