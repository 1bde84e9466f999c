package dev.rootbeat.server.store;

import static dev.rootbeat.server.store.Samples.bytes;
import static dev.rootbeat.server.store.Samples.domain;
import static dev.rootbeat.server.store.Samples.rootCa;
import static dev.rootbeat.server.store.Samples.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.postgres.PostgresCluster;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.sql.SqlStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several stores on one PostgreSQL database, as several processes have them. */
class SharedDatabaseTest {

    private final String url = PostgresCluster.freshDatabase();

    @Test
    void stores_that_open_an_empty_database_at_once_make_its_tables_once() throws Exception {
        List<SqlStore> stores = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(4)) {
            Callable<SqlStore> open = () -> SqlStore.connect(url);
            for (Future<SqlStore> store : executor.invokeAll(List.of(open, open, open, open))) {
                stores.add(store.get());
            }
        }
        stores.getFirst().write(tx -> tx.add(Samples.billing("root", 1))).join();
        for (SqlStore store : stores) {
            List<BillingEvent> seen = store.read(View::billingEvents);
            assertThat(seen).containsExactly(Samples.billing("root", 1));
            store.close();
        }
    }

    @Test
    void what_is_of_another_program_or_of_a_later_version_is_left_alone() throws SQLException {
        sql("CREATE TABLE theirs (id INTEGER)");
        assertThatThrownBy(() -> SqlStore.connect(url)).hasMessageContaining("another program's");
        sql("DROP TABLE theirs; CREATE TABLE schema_version AS SELECT 1000 AS version");
        assertThatThrownBy(() -> SqlStore.connect(url))
                .hasMessageContaining("its schema has version 1000")
                .hasMessageNotContaining("password");
    }

    @Test
    void writes_of_two_stores_to_one_device_are_serial_and_none_is_lost() {
        try (var one = SqlStore.connect(url);
                var other = SqlStore.connect(url)) {
            var futures = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < 200; i++) {
                for (Store store : List.of(one, other)) {
                    futures.add(store.write(tx -> {
                        Device before = tx.device(uid(1)).orElse(Device.unknown(uid(1)));
                        tx.save(before.after(null, before.attempts() + 1));
                        return before.attempts();
                    }));
                }
            }
            assertThat(joined(futures))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 400).boxed().toList());
        }
    }

    @Test
    void works_that_lock_devices_crosswise_get_through() {
        try (var one = SqlStore.connect(url);
                var other = SqlStore.connect(url)) {
            one.write(tx -> {
                        tx.save(Device.unknown(uid(1)));
                        tx.save(Device.unknown(uid(2)));
                        return true;
                    })
                    .join();
            // Each first try waits until the other has its first device.
            var both = new CountDownLatch(2);
            var futures =
                    List.of(one.write(tx -> crosswise(tx, 1, 2, both)), other.write(tx -> crosswise(tx, 2, 1, both)));
            assertThat(joined(futures)).containsExactlyInAnyOrder(3, 3);
            assertThat(one.<Integer>read(view -> attempts(view, 1) * 10 + attempts(view, 2)))
                    .isEqualTo(22);
        }
    }

    private static Integer crosswise(Transaction tx, long first, long second, CountDownLatch both) {
        Device one = tx.device(uid(first)).orElseThrow();
        both.countDown();
        try {
            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Device other = tx.device(uid(second)).orElseThrow();
        tx.save(one.after(null, one.attempts() + 1));
        tx.save(other.after(null, other.attempts() + 1));
        return 3;
    }

    private static int attempts(View view, long uid) {
        return view.device(uid(uid)).orElseThrow().attempts();
    }

    @Test
    void a_rule_over_several_rows_holds_across_stores() {
        try (var one = SqlStore.connect(url);
                var other = SqlStore.connect(url)) {
            var futures = new ArrayList<CompletableFuture<Boolean>>();
            for (int i = 0; i < 40; i++) {
                Store store = i % 2 == 0 ? one : other;
                String id = "ca" + i;
                futures.add(store.write(tx -> {
                    boolean room = tx.rootCas("domain").size() < 15;
                    if (room) {
                        tx.save(rootCa(id, "domain"));
                    }
                    return room;
                }));
            }
            assertThat(joined(futures).stream().filter(created -> created)).hasSize(15);
            assertThat(one.<Integer>read(view -> view.rootCas("domain").size())).isEqualTo(15);
        }
    }

    @Test
    void a_code_is_used_once_across_stores() {
        try (var one = SqlStore.connect(url);
                var other = SqlStore.connect(url)) {
            for (int i = 0; i < 20; i++) {
                String code = "code" + i;
                one.write(tx -> {
                            tx.save(new Consent(code, "root", false));
                            return true;
                        })
                        .join();
                assertThat(joined(List.of(one.write(tx -> use(tx, code)), other.write(tx -> use(tx, code)))))
                        .containsExactlyInAnyOrder(true, false);
            }
        }
    }

    private static boolean use(Transaction tx, String code) {
        boolean free = !tx.consent(code).orElseThrow().used();
        if (free) {
            tx.save(new Consent(code, "root", true));
        }
        return free;
    }

    @Test
    void a_domain_that_two_stores_look_for_and_make_is_made_once() {
        try (var one = SqlStore.connect(url);
                var other = SqlStore.connect(url)) {
            for (int i = 0; i < 20; i++) {
                String number = "" + i;
                List<String> ids = joined(List.of(
                        one.write(tx -> ensureDomain(tx, "one" + number, number)),
                        other.write(tx -> ensureDomain(tx, "other" + number, number))));
                assertThat(ids.getFirst()).isEqualTo(ids.getLast());
            }
        }
    }

    private static String ensureDomain(Transaction tx, String id, String key) {
        return tx.domainOfApiKey(key).map(Domain::id).orElseGet(() -> {
            tx.save(new Domain(id, "name", key, bytes(1, 32)));
            return id;
        });
    }

    @Test
    void a_lost_connection_costs_what_was_under_way_and_nothing_else() throws SQLException {
        try (var store = SqlStore.connect(url)) {
            CompletableFuture<Boolean> underWay = store.write(tx -> {
                tx.save(domain("a"));
                cut();
                return tx.domain("a").isPresent();
            });
            assertThat(underWay)
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withMessageContaining("store ");
            cut();
            assertThat(store.<Boolean>read(view -> view.domain("a").isPresent()))
                    .isFalse();
            assertThat(joined(List.of(store.write(tx -> tx.add(Samples.billing("root", 1))))))
                    .containsExactly(true);
        }
    }

    /** Ends all sessions of the store, as a restart of the database does. */
    private void cut() {
        try {
            sql("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> joined(List<CompletableFuture<T>> futures) {
        return futures.stream()
                .map(future -> future.orTimeout(60, TimeUnit.SECONDS).join())
                .toList();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
