package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A certificate manager in a process of its own dies on either side of a commit, at the moment when the transaction
 * makes a change of a named kind, and starts again: kind by kind. The tests of every build take the kind that is
 * money, on SQLite; all of them, on all stores, it is with
 *
 * <pre>{@code
 * mvn -B -pl conformance-tests -am test -Dtest=CrashPointsTest -Dsurefire.failIfNoSpecifiedTests=false -Drootbeat.crashes=all
 * }</pre>
 */
class CrashPointsTest {

    private static final long SEED = Long.getLong("rootbeat.seed", 20261124L);
    private static final int DEVICES = 12;

    private static final boolean ALL =
            System.getProperty("rootbeat.crashes", "").equals("all");

    /** Of all kinds of change, those that the life of a fleet makes all the time. */
    private static final List<String> CHANGES = ALL
            ? List.of("device", "operation", "issued-certificate", "billing-event", "notification", "crl")
            : List.of("billing-event");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Watch watch = new Watch();

    @ParameterizedTest
    @EnumSource
    void a_server_that_dies_on_either_side_of_a_commit_loses_nothing_and_does_nothing_twice(
            Storage storage, @TempDir Path folder) throws Exception {
        assumeTrue(ALL || storage == Storage.SQLITE, "the others by -Drootbeat.crashes=all");
        System.out.println("crash points on " + storage + ": seed " + SEED);
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
            for (String name : List.of("First", "Second")) {
                rootCas.add(operator.createRootCa(name, Duration.ofDays(90)));
            }
            fleet.seal(operator.createProfile(rootCas.getFirst()));
            orders = new Orders(operator, fleet.uids(), rootCas, random.split());
            try (var whims = Executors.newSingleThreadScheduledExecutor()) {
                var _ = whims.scheduleWithFixedDelay(orders::give, 0, 100, TimeUnit.MILLISECONDS);
                for (String point : points()) {
                    server.stop();
                    server.start("--fault=once crash " + point);
                    server.awaitDeath();
                    server.start();
                    server.awaitReady();
                }
            }
            operator.awaitPeace(fleet.uids());
            present = fleet.present();
            server.stop();
            assertThat(server.complaints()).isEmpty();
        }
        try (Store store = Stores.open(url)) {
            store.read(view -> {
                watch.assertAgreement(view, present, List.of(orders));
                System.out.printf(
                        "crash points on %s: %d deaths, %d operations accepted, %d billed%n",
                        storage,
                        points().size(),
                        orders.accepted(),
                        view.billingEvents().size());
                return true;
            });
        }
    }

    private static List<String> points() {
        return CHANGES.stream()
                .flatMap(change -> Stream.of("before-commit " + change, "after-commit " + change))
                .toList();
    }
}
