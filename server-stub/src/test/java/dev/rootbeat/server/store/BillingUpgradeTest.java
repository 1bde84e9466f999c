package dev.rootbeat.server.store;

import static dev.rootbeat.server.store.Samples.NOW;
import static dev.rootbeat.server.store.Samples.billing;
import static dev.rootbeat.server.store.Samples.uid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.store.sql.SqlStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file of version 1, which knew plans and billing events, and no money. */
class BillingUpgradeTest {

    private static String script() throws IOException {
        try (InputStream script = SqlStore.class.getResourceAsStream("V1.sql")) {
            assertThat(script).isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void makeVersionOne(Path file, String rows) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(script() + rows);
            statement.executeUpdate("PRAGMA application_id = " + 0x52_42_65_61);
            statement.executeUpdate("PRAGMA user_version = 1");
        }
    }

    private static String device(long number, String domain, String standing, String plan, String lastAt) {
        return "INSERT INTO device (uid, product, firmware, domain, profile, host_serial, standing, plan, last_at, attempts,"
                + " provisioned, reported_slot) VALUES ('" + uid(number) + "', '', '', " + domain + ", 'p', '1', '"
                + standing + "', '" + plan + "', " + lastAt + ", 0, true, 0);";
    }

    @Test
    void plans_begin_when_the_former_version_heard_of_a_device_last_and_old_events_are_owed_by_nobody(
            @TempDir Path folder) throws Exception {
        Path file = folder.resolve("v1.db");
        long hour = Duration.ofHours(1).toNanos();
        long at = Duration.between(Instant.EPOCH, NOW).toNanos();
        String old = "INSERT INTO billing_event (domain, device, kind, issuer, serial, at) VALUES ('domain', '" + uid(1)
                + "', 'RENEW', 'root', '1', " + at + ");";
        makeVersionOne(
                file,
                device(1, "'a'", "ACTIVATED", "COMMERCIAL", Long.toString(at - hour))
                        + device(2, "'b'", "ACTIVATED", "DEVELOPER", Long.toString(at))
                        + device(3, "'a'", "ACTIVATED", "COMMERCIAL", "NULL")
                        + device(4, "'a'", "ACTIVATED", "NONE", "NULL")
                        + device(5, "'a'", "BLACKLISTED", "COMMERCIAL", "NULL")
                        + device(6, "NULL", "REGISTERED", "NONE", "NULL")
                        + old);

        try (Store store = SqlStore.open(file)) {
            var changes = new ArrayList<PlanChange>();
            LongStream.rangeClosed(1, 6)
                    .forEach(number ->
                            changes.addAll(store.read(view -> view.billing().planChanges(uid(number)))));
            assertThat(changes)
                    .containsExactly(
                            new PlanChange(uid(1), NOW, "a", Plan.COMMERCIAL),
                            new PlanChange(uid(2), NOW, "b", Plan.DEVELOPER),
                            new PlanChange(uid(3), NOW, "a", Plan.COMMERCIAL));
            List<Subscription> due =
                    store.read(view -> view.billing().due(LocalDate.ofInstant(NOW, ZoneOffset.UTC), 10));
            assertThat(due).hasSize(3);
            assertThat(store.write(tx -> tx.add(billing("root", 2))).join()).isTrue();
            List<BillingEvent> open = store.read(view -> view.billing().openEvents("domain"));
            assertThat(open).containsExactly(billing("root", 2));
        }
    }

    @Test
    void a_device_of_a_file_that_heard_of_none_has_no_plan_yet(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("v1.db");
        makeVersionOne(file, device(1, "'a'", "ACTIVATED", "COMMERCIAL", "NULL"));

        try (Store store = SqlStore.open(file)) {
            List<PlanChange> changes = store.read(view -> view.billing().planChanges(uid(1)));
            assertThat(changes).as("nobody was ever heard").isEmpty();
        }
    }
}
