package dev.rootbeat.module.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.module.at.SecurityService.SealAnswer;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bootstrap, seal, first provisioning (requirements, section 3). */
class ProvisioningTest {

    private final Bench bench = new Bench();
    private final ScriptedServer server = bench.server;

    private static Command newKey(long id) {
        return new Command.GenerateKeyPair(id, 0, KeyAlgorithm.P256);
    }

    private List<Reason> reasons() {
        return server.beats.stream().map(beat -> beat.message().reason()).toList();
    }

    private void bootstrap() {
        bench.module.powerOn();
        bench.run(Duration.ofSeconds(1));
        server.beats.clear();
    }

    @Test
    void a_new_device_bootstraps_at_once() {
        assertThat(bench.module.isOn()).isFalse();
        bench.module.powerOn();
        assertThat(bench.module.security().status()).isEqualTo(DeviceStatus.UNKNOWN);
        bench.run(Duration.ofSeconds(1));
        assertThat(reasons()).containsExactly(Reason.BOOTSTRAP);
        assertThat(bench.module.security().status()).isEqualTo(DeviceStatus.BOOTSTRAPPED);
    }

    @Test
    void a_bootstrapped_device_that_nobody_seals_comes_when_the_server_says() {
        bootstrap();
        bench.run(Duration.ofHours(27));
        assertThat(reasons()).containsExactly(Reason.SCHEDULED);
    }

    @Test
    void a_seal_needs_a_bootstrapped_device() {
        bench.module.powerOn();
        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.NOT_BOOTSTRAPPED);
        bench.run(Duration.ofSeconds(1));
        assertThat(server.last().message().seal()).isNull();
    }

    @Test
    void seal_and_provisioning_follow_one_another_at_once_whatever_the_guard() {
        bootstrap();
        server.order(newKey(1));
        server.next = Duration.ofHours(24);
        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.ACCEPTED);
        bench.run(Duration.ofMillis(500));
        assertThat(reasons()).containsExactly(Reason.SEAL, Reason.PROVISION);
        assertThat(server.beats)
                .allSatisfy(beat -> assertThat(beat.message().seal()).isEqualTo(Bench.SEAL));
        assertThat(server.results).hasSize(1);
    }

    @Test
    void a_sealed_device_whose_provisioning_is_complete_comes_when_the_server_says() {
        bootstrap();
        server.order(newKey(1));
        server.onResults = message -> {
            server.status = DeviceStatus.SEALED;
            return server.reply(List.of(1L));
        };
        bench.module.security().seal(Bench.SEAL);
        bench.run(Duration.ofHours(27));
        assertThat(reasons()).containsExactly(Reason.SEAL, Reason.SCHEDULED);
        assertThat(bench.module.security().status()).isEqualTo(DeviceStatus.SEALED);
    }

    @Test
    void the_same_seal_again_is_accepted_and_another_is_refused() {
        bootstrap();
        bench.module.security().seal(Bench.SEAL);
        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.ACCEPTED);
        assertThat(bench.module.security().seal(new Seal(Bench.SEAL.profileUid(), "other")))
                .isEqualTo(SealAnswer.ALREADY_SEALED);
        server.status = DeviceStatus.SEALED;
        bench.run(Duration.ofMinutes(1));
        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.ACCEPTED);
        assertThat(bench.module.security().seal(new Seal("other", Bench.SEAL.serial())))
                .isEqualTo(SealAnswer.ALREADY_SEALED);
        assertThat(server.last().message().seal()).isEqualTo(Bench.SEAL);
    }

    @Test
    void a_seal_that_the_server_refuses_is_forgotten_and_another_can_be_written() {
        bootstrap();
        Seal wrong = new Seal("nowhere", "1");
        server.answer(Response.error(Response.Code.FORBIDDEN, "heartbeat.seal.profileUid: unknown"));
        bench.module.security().seal(wrong);
        bench.run(Duration.ofSeconds(1));
        assertThat(server.last().message().seal()).isEqualTo(wrong);
        bench.powerCycle(Duration.ofSeconds(1));

        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.ACCEPTED);
        bench.run(Duration.ofMillis(300));

        assertThat(server.last().message().seal()).isEqualTo(Bench.SEAL);
        assertThat(reasons()).startsWith(Reason.SEAL, Reason.SEAL);
    }

    @Test
    void a_sealed_device_that_the_server_refuses_keeps_its_seal() {
        bootstrap();
        bench.module.security().seal(Bench.SEAL);
        server.status = DeviceStatus.SEALED;
        bench.run(Duration.ofHours(1));
        server.answer(Response.error(Response.Code.FORBIDDEN, "the device is frozen"));
        bench.run(Duration.ofDays(3));

        assertThat(server.last().message().seal()).isEqualTo(Bench.SEAL);
    }

    @Test
    void a_seal_written_while_a_heartbeat_is_under_way_follows_it_at_once() {
        bootstrap();
        bench.run(Duration.ofMinutes(6));
        bench.force();
        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.ACCEPTED);
        bench.run(Duration.ofMillis(300));
        assertThat(reasons()).containsExactly(Reason.FORCED, Reason.SEAL);
    }

    @Test
    void without_progress_the_device_backs_off_to_the_guard_interval() {
        bootstrap();
        server.next = Duration.ZERO;
        bench.module.security().seal(Bench.SEAL);
        bench.run(Duration.ofHours(2));
        List<Duration> gaps = server.gaps();
        assertThat(gaps.getFirst()).isLessThan(Duration.ofSeconds(1));
        assertThat(gaps).hasSizeBetween(24, 60);
        assertThat(gaps.subList(12, gaps.size()))
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(149), Duration.ofSeconds(302)));
    }

    @Test
    void a_server_that_orders_without_end_does_not_make_an_unprovisioned_device_flood_it() {
        bootstrap();
        server.onHeartbeat = heartbeat -> server.reply(List.of(), newKey(server.beats.size()));
        bench.module.security().seal(Bench.SEAL);
        bench.run(Duration.ofHours(1));
        assertThat(server.beats).hasSizeLessThan(40);
    }

    @Test
    void a_blacklisted_device_comes_when_the_server_says_and_is_provisioned_after_the_unblock() {
        bootstrap();
        bench.module.security().seal(Bench.SEAL);
        bench.run(Duration.ofHours(1));
        assertThat(reasons()).containsExactly(Reason.SEAL, Reason.PROVISION);
        assertThat(bench.module.security().status()).isEqualTo(DeviceStatus.BOOTSTRAPPED);
        server.order(newKey(7));
        server.onResults = message -> {
            server.status = DeviceStatus.SEALED;
            return server.reply(List.of(7L));
        };
        bench.run(Duration.ofHours(27));
        assertThat(bench.module.security().status()).isEqualTo(DeviceStatus.SEALED);
    }

    @Test
    void bootstrap_without_an_answer_is_tried_again_with_back_off() {
        bench.network.server(null);
        bench.module.powerOn();
        bench.run(Duration.ofMinutes(10));
        bench.network.server(server);
        bench.run(Duration.ofMinutes(5));
        assertThat(bench.module.security().status()).isEqualTo(DeviceStatus.BOOTSTRAPPED);
    }

    @Test
    void a_server_that_is_busy_is_given_its_time_also_before_provisioning() {
        server.answer(Response.retryAfter(Response.Code.SERVICE_UNAVAILABLE, Duration.ofSeconds(90), "busy"));
        bench.module.powerOn();
        bench.run(Duration.ofMinutes(3));
        assertThat(server.gaps())
                .hasSize(1)
                .first()
                .satisfies(gap -> assertThat(gap).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100)));
    }

    @Test
    void the_last_results_of_provisioning_start_the_guard_interval() {
        bootstrap();
        server.order(newKey(1));
        server.onResults = message -> {
            server.status = DeviceStatus.SEALED;
            return server.reply(ScriptedServer.ids(message.results()));
        };
        bench.module.security().seal(Bench.SEAL);
        Duration fourWays = Weather.CALM.maxDelay().multipliedBy(4);
        bench.run(fourWays.plus(HeartbeatSettings.DEFAULT.guard()).minusMillis(1));
        bench.force();
        bench.run(Duration.ofMillis(1));
        bench.force();
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.TOO_EARLY, ForcedOutcome.ACCEPTED);
    }

    @Test
    void results_lost_while_provisioning_ride_in_the_next_heartbeat() {
        bootstrap();
        server.order(newKey(1));
        server.onResults = message -> Response.error(Response.Code.INTERNAL_ERROR, "the store is down");
        bench.module.security().seal(Bench.SEAL);
        bench.run(Duration.ofSeconds(3));
        assertThat(reasons()).containsExactly(Reason.SEAL, Reason.PROVISION);
        assertThat(ScriptedServer.ids(server.last().message().results())).containsExactly(1L);
    }
}
