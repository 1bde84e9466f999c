package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.store.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a device may speak, and what a second one of its identity leads to (requirements, section 4). */
class FloodTest {

    private static final Duration GUARD = HeartbeatPolicy.DEFAULT.guard();
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void a_clone_with_another_seal_is_a_clone_all_the_same() {
        var site = new Site();
        TestDevice device = TestDevice.provisioned(site, 1);
        for (int i = 0; i <= FloodGate.REORDER_BEATS; i++) {
            device.laterBeat();
        }
        site.clock.step(GUARD);
        device.seal = new Seal(Site.PROFILE, "another");

        Response answer = device.send(new Counter(1, 1));

        assertThat(answer.code()).isEqualTo(Response.Code.FORBIDDEN);
        assertThat(site.device(device.uid).frozen()).isNotNull();
        assertThat(site.told(Notification.Kind.CLONE_SUSPECTED)).hasSize(1);
    }

    @Test
    void a_device_that_refuses_its_first_commands_is_held_back_like_any_other() {
        var site = new Site();
        var device = new TestDevice(site, 1);
        device.beat();
        device.seal = new Seal(Site.PROFILE, "1");
        device.refusal = Refusal.STORAGE_FULL;

        int accepted = 0;
        Response answer = device.send();
        while (answer.code() == Response.Code.CHANGED && accepted < 100) {
            accepted++;
            device.run(answer);
            device.sendResults();
            answer = device.send();
        }

        // The seal is progress; what follows is none.
        assertThat(accepted).isBetween(3, FloodGate.FREE_ATTEMPTS + 1);
        assertThat(answer.code()).isEqualTo(Response.Code.TOO_MANY_REQUESTS);
        assertThat(answer.maxAge()).isBetween(Duration.ofSeconds(1), GUARD);
        site.clock.step(answer.maxAge());
        assertThat(device.send().code()).isEqualTo(Response.Code.CHANGED);
    }

    @Test
    void what_comes_too_early_writes_nothing_to_the_disk(@TempDir Path folder) throws IOException {
        try (SqlStore store = SqlStore.open(folder.resolve("server.db"))) {
            TestDevice device = TestDevice.provisioned(new Site(store), 1);
            device.beat();
            long before = Files.size(folder.resolve("server.db-wal"));
            for (int i = 0; i < 10; i++) {
                assertThat(device.send().code()).isEqualTo(Response.Code.TOO_MANY_REQUESTS);
            }
            assertThat(Files.size(folder.resolve("server.db-wal"))).isEqualTo(before);

            device.laterBeat();
            assertThat(Files.size(folder.resolve("server.db-wal"))).isGreaterThan(before);
        }
    }

    @Test
    void results_are_taken_three_times_per_heartbeat_and_then_turned_away_without_a_write() {
        var site = new Site();
        TestDevice device = TestDevice.provisioned(site, 1);
        site.accept(new Instruction.Renew(), device.uid);
        device.hear();
        for (int i = 0; i < HeartbeatService.MAX_RESULTS_PER_HEARTBEAT; i++) {
            assertThat(device.sendResultsAgain().code()).isEqualTo(Response.Code.CHANGED);
        }
        Device before = site.device(device.uid);

        Response refused = device.sendResultsAgain();

        assertThat(refused.code()).isEqualTo(Response.Code.TOO_MANY_REQUESTS);
        assertThat(refused.maxAge()).isLessThanOrEqualTo(GUARD);
        assertThat(site.device(device.uid)).isEqualTo(before);
        assertThat(site.bills()).hasSize(1);
    }

    @Property
    void max_age_is_never_above_the_guard_and_a_clock_that_stepped_back_holds_nobody_up(
            @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long elapsedMillis,
            @ForAll @IntRange(max = 3) int boot,
            @ForAll @IntRange(max = 20) int beat,
            @ForAll @IntRange(max = 100) int attempts,
            @ForAll boolean provisioning) {
        var last = new Device.Exchange(new Counter(2, 10), Bytes.EMPTY, NOW, Bytes.EMPTY, 0);
        Device device = Device.unknown(new RotPublicUid(1)).after(last, attempts);
        var counter = new Counter(boot, beat);
        Instant at = NOW.plusMillis(elapsedMillis);

        FloodGate.Verdict verdict = new FloodGate(GUARD).judge(device, counter, Bytes.EMPTY.sha256(), provisioning, at);

        if (verdict instanceof FloodGate.Verdict.Wait(Duration maxAge)) {
            assertThat(maxAge).isBetween(Duration.ofSeconds(1), GUARD);
        }
        if (counter.compareTo(last.counter()) > 0 && (elapsedMillis < 0 || elapsedMillis >= GUARD.toMillis())) {
            assertThat(verdict).isEqualTo(new FloodGate.Verdict.Accept(1));
        }
        if (counter.compareTo(last.counter()) > 0 && !provisioning && elapsedMillis >= 0) {
            assertThat(verdict instanceof FloodGate.Verdict.Accept).isEqualTo(elapsedMillis >= GUARD.toMillis());
        }
    }
}
