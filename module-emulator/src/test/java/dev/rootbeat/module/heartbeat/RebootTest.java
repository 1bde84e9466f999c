package dev.rootbeat.module.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.flash.PowerCut;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What survives power-off, and when a device that boots comes (requirements, section 4). */
class RebootTest {

    /** A prime, so that the cuts meet every part of a record. */
    private static final int STRIDE = 17;

    @Test
    void without_a_valid_clock_the_first_heartbeat_comes_within_a_minute() {
        Bench bench = Bench.provisioned();
        bench.powerCycle(Duration.ofMinutes(1));
        bench.run(Duration.ofSeconds(61));
        assertThat(bench.server.beats).hasSize(1);
        assertThat(bench.server.last().message().reason()).isEqualTo(Reason.FIRST_CONTACT);
        assertThat(bench.server.last().message().counter().boot()).isEqualTo(2);
    }

    @Test
    void with_a_valid_clock_a_heartbeat_that_is_not_due_yet_is_waited_for() {
        Bench bench = Bench.provisioned(builder -> builder.clockSurvives(true));
        bench.powerCycle(Duration.ofHours(2));
        bench.run(Duration.ofHours(18));
        assertThat(bench.server.beats).isEmpty();
        bench.run(Duration.ofHours(7));
        assertThat(bench.server.beats).hasSize(1);
    }

    @Test
    void with_a_valid_clock_a_heartbeat_that_is_overdue_comes_within_a_minute() {
        Bench bench = Bench.provisioned(builder -> builder.clockSurvives(true));
        bench.powerCycle(Duration.ofHours(30));
        bench.run(Duration.ofSeconds(61));
        assertThat(bench.server.beats).hasSize(1);
    }

    @Test
    void a_clock_behind_the_last_reply_is_not_valid() {
        Bench bench = Bench.provisioned(builder -> builder.clockSurvives(true));
        bench.clock.step(Duration.ofDays(-300));
        bench.powerCycle(Duration.ofHours(2));
        bench.run(Duration.ofSeconds(61));
        assertThat(bench.server.beats).hasSize(1);
    }

    @Test
    void with_a_valid_clock_the_guard_holds_over_a_reboot() {
        Bench bench = Bench.provisioned(builder -> builder.clockSurvives(true));
        bench.force();
        bench.run(Duration.ofSeconds(5));
        bench.powerCycle(Duration.ofMinutes(1));
        bench.force();
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.ACCEPTED, ForcedOutcome.TOO_EARLY);
    }

    @Test
    void without_a_valid_clock_a_host_can_force_a_heartbeat_right_after_the_boot() {
        Bench bench = Bench.provisioned();
        bench.force();
        bench.run(Duration.ofSeconds(5));
        bench.powerCycle(Duration.ofMinutes(1));
        bench.force();
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.ACCEPTED, ForcedOutcome.ACCEPTED);
    }

    @Test
    void a_host_that_powers_its_module_for_ten_minutes_a_day_is_served_every_day() {
        Bench bench = Bench.provisioned();
        bench.run(Duration.ofMinutes(1));
        for (int day = 0; day < 10; day++) {
            bench.powerCycle(Duration.ofHours(24).minusMinutes(10));
            bench.run(Duration.ofMinutes(10));
        }
        assertThat(bench.server.beats).hasSize(10);
    }

    @Test
    void status_and_seal_survive_power_off() {
        Bench bench = Bench.provisioned();
        bench.powerCycle(Duration.ofDays(1));
        assertThat(bench.module.security().status()).isEqualTo(DeviceStatus.SEALED);
        bench.run(Duration.ofMinutes(2));
        assertThat(bench.server.last().message().seal()).isEqualTo(Bench.SEAL);
    }

    @Test
    void a_seal_that_was_never_sent_is_sent_after_the_boot_at_once() {
        Bench bench = new Bench();
        bench.module.powerOn();
        bench.run(Duration.ofSeconds(1));
        bench.module.security().seal(Bench.SEAL);
        bench.powerCycle(Duration.ofHours(1));
        bench.server.beats.clear();
        bench.run(Duration.ofMillis(150));
        assertThat(bench.server.beats).hasSize(1);
        assertThat(bench.server.last().message().reason()).isEqualTo(Reason.SEAL);
    }

    @Test
    void nothing_is_told_and_nothing_is_sent_after_power_off() {
        Bench bench = Bench.provisioned();
        bench.force();
        bench.module.powerOff();
        bench.run(Duration.ofDays(3));
        assertThat(bench.outcomes).isEmpty();
        assertThat(bench.server.beats).hasSize(1);
        assertThat(bench.time.pending()).isZero();
    }

    /**
     * Cuts the power at every {@value #STRIDE}th step of the writes between the first boot and the last result of the
     * provisioning, cuts in the middle of a record and between two records among them.
     */
    @Test
    void a_power_cut_at_any_step_leads_to_a_provisioned_device_with_its_seal() {
        int cuts = 0;
        while (provisionWithCut((long) STRIDE * cuts)) {
            cuts++;
        }
        assertThat(cuts).as("steps at which the power was cut").isGreaterThan(200);
    }

    /** Returns whether there was such a step. */
    private static boolean provisionWithCut(long cut) {
        Bench bench = new Bench();
        bench.server.next = Duration.ZERO;
        bench.server.onHeartbeat = heartbeat -> level(bench, heartbeat);
        bench.server.onResults = message -> {
            note(bench, message.results());
            return bench.server.reply(ScriptedServer.ids(message.results()));
        };
        bench.medium.cutAfter(cut);
        boolean wasCut = false;
        try {
            bench.module.powerOn();
            sealWhenBootstrapped(bench);
            bench.run(Duration.ofMinutes(1));
        } catch (PowerCut expected) {
            wasCut = true;
            bench.medium.powerOn();
            bench.powerCycle(Duration.ofMinutes(1));
            sealWhenBootstrapped(bench);
            bench.run(Duration.ofMinutes(1));
        }
        assertThat(bench.module.security().status()).as("cut at step %d", cut).isEqualTo(DeviceStatus.SEALED);
        assertThat(bench.module.rootOfTrust().report().getFirst().pendingKey()).isNotNull();
        assertThat(bench.module.rootOfTrust().unacknowledged()).isEmpty();
        return wasCut;
    }

    private static void sealWhenBootstrapped(Bench bench) {
        bench.time.runUntil(() -> bench.module.security().status().registered(), Duration.ofMinutes(1));
        bench.module.security().seal(Bench.SEAL);
    }

    /** Orders a key until one is reported, as a server does that compares wanted and reported. */
    private static Response level(Bench bench, Heartbeat heartbeat) {
        note(bench, heartbeat.results());
        boolean hasKey = heartbeat.slots().getFirst().pendingKey() != null;
        List<Long> acknowledged = ScriptedServer.ids(heartbeat.results());
        if (heartbeat.seal() == null) {
            return bench.server.reply(acknowledged);
        }
        if (hasKey) {
            bench.server.status = DeviceStatus.SEALED;
            return bench.server.reply(acknowledged);
        }
        return bench.server.reply(
                acknowledged, new Command.GenerateKeyPair(bench.server.beats.size(), 0, KeyAlgorithm.P256));
    }

    private static void note(Bench bench, List<Result> results) {
        if (results.stream().anyMatch(Result.KeyPairGenerated.class::isInstance)) {
            bench.server.status = DeviceStatus.SEALED;
        }
    }
}
