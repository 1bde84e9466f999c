package dev.rootbeat.module.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkFault;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The heartbeats of a provisioned device (requirements, section 4; protocol, section 2). */
class HeartbeatAgentTest {

    private static final Duration GUARD = HeartbeatSettings.DEFAULT.guard();

    private final Bench bench = Bench.provisioned();
    private final ScriptedServer server = bench.server;

    private static Command newKey(long id) {
        return new Command.GenerateKeyPair(id, 0, KeyAlgorithm.P256);
    }

    @Test
    void heartbeats_come_every_day_with_a_jitter_of_a_tenth() {
        bench.run(Duration.ofDays(100));
        assertThat(server.beats).hasSizeBetween(95, 105);
        assertThat(server.gaps())
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofMinutes(1296), Duration.ofMinutes(1585)))
                .doesNotHaveDuplicates();
        assertThat(server.beats).extracting(beat -> beat.message().reason()).containsOnly(Reason.SCHEDULED);
    }

    @Test
    void a_heartbeat_carries_who_speaks_a_growing_counter_and_a_fresh_nonce() {
        bench.run(Duration.ofDays(3));
        Heartbeat first = server.beats.get(0).message();
        Heartbeat second = server.beats.get(1).message();
        assertThat(first.product()).isEqualTo("SARA-R510M8S-01B-00");
        assertThat(first.firmware()).isEqualTo("03.15,A00.01");
        assertThat(first.seal()).isEqualTo(Bench.SEAL);
        assertThat(first.slots()).isEqualTo(bench.module.rootOfTrust().report());
        assertThat(second.counter()).isGreaterThan(first.counter());
        assertThat(first.nonce().size()).isEqualTo(Heartbeat.NONCE_OCTETS);
        assertThat(second.nonce()).isNotEqualTo(first.nonce());
    }

    @Test
    void the_server_says_when_to_come_next() {
        server.next = Duration.ofHours(6);
        bench.run(Duration.ofDays(20));
        assertThat(server.gaps())
                .hasSizeGreaterThan(60)
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofMinutes(324), Duration.ofMinutes(397)));
    }

    @Test
    void right_after_the_guard_is_never_before_it() {
        server.next = GUARD;
        bench.run(Duration.ofDays(2));
        assertThat(server.gaps())
                .hasSizeGreaterThan(100)
                .allSatisfy(gap ->
                        assertThat(gap).isBetween(GUARD, GUARD.multipliedBy(111).dividedBy(100)));
    }

    @Test
    void commands_run_in_order_and_their_results_follow_at_once_with_the_heartbeats_counter() {
        server.order(newKey(2), new Command.DeleteCredential(1, 9), new Command.Unknown(3, 99));
        bench.force();
        bench.run(Duration.ofSeconds(1));
        assertThat(server.results).hasSize(1);
        assertThat(server.results.getFirst().counter())
                .isEqualTo(server.last().message().counter());
        List<Result> results = server.results.getFirst().results();
        assertThat(ScriptedServer.ids(results)).containsExactly(2L, 1L, 3L);
        assertThat(results.get(0)).isInstanceOf(Result.KeyPairGenerated.class);
        assertThat(results.get(1)).isEqualTo(new Result.Refused(1, Refusal.NO_SUCH_SLOT));
        assertThat(results.get(2)).isEqualTo(new Result.Unsupported(3));
        assertThat(bench.module.rootOfTrust().unacknowledged()).isEmpty();
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.ACCEPTED);
    }

    @Test
    void the_answer_to_results_never_leads_to_more_commands() {
        server.order(newKey(1));
        server.onResults = message -> server.reply(List.of(1L), newKey(2));
        bench.force();
        bench.run(Duration.ofMinutes(1));
        assertThat(server.results).hasSize(1);
        assertThat(bench.module.rootOfTrust().unacknowledged()).isEmpty();
    }

    @Test
    void lost_results_ride_in_the_next_heartbeat() {
        server.order(newKey(1));
        server.next = GUARD;
        bench.network.inject(Bench.UID, new NetworkFault.Lose(Leg.RESULTS));
        bench.network.inject(Bench.UID, new NetworkFault.Lose(Leg.RESULTS));
        bench.force();
        bench.run(Duration.ofMinutes(8));
        assertThat(server.results).isEmpty();
        assertThat(server.beats).hasSize(2);
        assertThat(ScriptedServer.ids(server.last().message().results())).containsExactly(1L);
        assertThat(bench.module.rootOfTrust().unacknowledged()).isEmpty();
    }

    @Test
    void a_heartbeat_without_an_answer_comes_again_with_growing_waits_up_to_the_period() {
        bench.network.server(null);
        bench.force();
        bench.run(Duration.ofDays(9));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.NO_CONNECTION);
        bench.network.server(server);
        bench.run(Duration.ofHours(27));
        assertThat(server.beats).isNotEmpty();
        assertThat(server.beats.getFirst().message().counter().beat()).isBetween(14L, 30L);
    }

    @Test
    void a_malformed_reply_changes_nothing_and_the_device_comes_again_soon() {
        server.answer(Response.changed(Bytes.ofHex("ff00ff")));
        DeviceStatus before = bench.module.security().status();
        bench.force();
        bench.run(Duration.ofMinutes(2));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.NO_CONNECTION);
        assertThat(bench.module.security().status()).isEqualTo(before);
        assertThat(server.beats).hasSize(2);
    }

    @Test
    void too_many_requests_is_waited_out_and_tells_the_host_that_it_was_too_early() {
        waits_out(Code.TOO_MANY_REQUESTS);
    }

    @Test
    void a_busy_server_is_waited_out() {
        waits_out(Code.SERVICE_UNAVAILABLE);
    }

    private void waits_out(Code code) {
        server.answer(Response.retryAfter(code, Duration.ofSeconds(200), "later"));
        bench.force();
        bench.run(Duration.ofSeconds(199));
        bench.force();
        bench.run(Duration.ofSeconds(30));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.TOO_EARLY, ForcedOutcome.TOO_EARLY);
        assertThat(server.gaps())
                .hasSize(1)
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(200), Duration.ofSeconds(221)));
    }

    @Test
    void a_frozen_device_falls_back_to_its_period_and_refuses_the_host() {
        server.onHeartbeat = heartbeat -> Response.error(Code.FORBIDDEN, "clone suspected");
        bench.force();
        bench.run(Duration.ofMinutes(1));
        bench.force();
        bench.run(Duration.ofHours(20));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.REFUSED, ForcedOutcome.REFUSED);
        assertThat(server.beats).hasSize(1);
        bench.run(Duration.ofHours(7));
        assertThat(server.beats).hasSize(2);
    }

    @Test
    void a_server_that_fails_is_asked_again_with_back_off() {
        server.onHeartbeat = heartbeat -> Response.error(Code.INTERNAL_ERROR, "no store");
        bench.force();
        bench.run(Duration.ofDays(5));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.REFUSED);
        assertThat(server.beats).hasSizeBetween(12, 25);
        assertThat(server.gaps().getFirst()).isLessThan(Duration.ofMinutes(2));
        assertThat(server.gaps().getLast()).isGreaterThan(Duration.ofHours(10));
    }

    @Test
    void a_forced_heartbeat_is_sent_at_once() {
        bench.force();
        bench.run(Duration.ofMillis(250));
        assertThat(server.last().message().reason()).isEqualTo(Reason.FORCED);
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.ACCEPTED);
    }

    @Test
    void within_the_guard_after_a_heartbeat_a_forced_one_is_not_sent() {
        bench.force();
        bench.run(GUARD);
        bench.force();
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.ACCEPTED, ForcedOutcome.TOO_EARLY);
        bench.run(Duration.ofSeconds(1));
        bench.force();
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.outcomes).endsWith(ForcedOutcome.ACCEPTED);
        assertThat(server.beats).hasSize(2);
    }

    @Test
    void a_clock_that_stepped_back_counts_as_guard_interval_elapsed() {
        bench.force();
        bench.run(Duration.ofSeconds(1));
        bench.clock.step(Duration.ofDays(-1));
        bench.force();
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.ACCEPTED, ForcedOutcome.ACCEPTED);
    }

    @Test
    void a_host_that_forces_while_a_heartbeat_is_under_way_gets_its_outcome() {
        bench.force();
        bench.force();
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.ACCEPTED, ForcedOutcome.ACCEPTED);
        assertThat(server.beats).hasSize(1);
    }

    @Test
    void a_forced_heartbeat_takes_the_place_of_the_one_that_was_due() {
        bench.run(Duration.ofHours(20));
        bench.force();
        bench.run(Duration.ofHours(21));
        assertThat(server.beats).hasSize(1);
    }

    @Test
    void forced_heartbeats_can_be_limited_per_day_across_reboots() {
        Bench limited = Bench.provisioned(builder -> builder.heartbeats(HeartbeatSettings.DEFAULT.withForcedPerDay(2)));
        limited.force();
        limited.run(Duration.ofHours(1));
        limited.force();
        limited.run(Duration.ofHours(1));
        limited.force();
        limited.powerCycle(Duration.ofMinutes(1));
        limited.run(Duration.ofHours(1));
        limited.force();
        limited.run(Duration.ofHours(23));
        limited.force();
        limited.run(Duration.ofHours(1));
        assertThat(limited.outcomes)
                .containsExactly(
                        ForcedOutcome.ACCEPTED,
                        ForcedOutcome.ACCEPTED,
                        ForcedOutcome.TOO_EARLY,
                        ForcedOutcome.TOO_EARLY,
                        ForcedOutcome.ACCEPTED);
    }

    @Test
    void the_behaviour_sees_and_changes_what_passes() {
        Behaviour behaviour = new Behaviour() {
            @Override
            public Heartbeat heartbeat(RotPublicUid device, Heartbeat heartbeat) {
                return new Heartbeat(
                        heartbeat.version(),
                        new Counter(99, 99),
                        heartbeat.nonce(),
                        heartbeat.product(),
                        heartbeat.firmware(),
                        heartbeat.seal(),
                        heartbeat.reason(),
                        heartbeat.slots(),
                        heartbeat.results());
            }

            @Override
            public Command command(RotPublicUid device, Command command) {
                return new Command.Unknown(command.id(), 77);
            }

            @Override
            public Result result(RotPublicUid device, Command command, Result result) {
                return new Result.Done(result.id());
            }
        };
        Bench changed = Bench.provisioned(builder -> builder.behaviour(behaviour));
        changed.server.order(newKey(5));
        changed.force();
        changed.run(Duration.ofSeconds(1));
        assertThat(changed.server.last().message().counter()).isEqualTo(new Counter(99, 99));
        assertThat(changed.server.results.getFirst().results()).containsExactly(new Result.Done(5));
    }

    @Test
    void more_results_than_a_message_can_have_come_with_a_later_one_oldest_first() {
        server.onResults = message -> Response.error(Code.INTERNAL_ERROR, "no store");
        server.next = GUARD;
        Function<Heartbeat, Response> usual = server.onHeartbeat;
        server.onHeartbeat = heartbeat -> {
            server.onHeartbeat = second -> {
                server.onHeartbeat = usual;
                return server.reply(List.of(), round(100));
            };
            return server.reply(List.of(), round(1));
        };
        bench.force();
        bench.run(Duration.ofHours(1));
        assertThat(server.beats)
                .allSatisfy(beat -> assertThat(beat.message().results()).hasSizeLessThanOrEqualTo(Codec.MAX_RESULTS));
        assertThat(ScriptedServer.ids(server.beats.get(2).message().results()))
                .startsWith(1L, 2L)
                .doesNotContain(100L);
        assertThat(ScriptedServer.ids(server.beats.get(3).message().results())).startsWith(100L, 101L);
        assertThat(bench.module.rootOfTrust().unacknowledged()).isEmpty();
    }

    private static Command[] round(long first) {
        return LongStream.range(first, first + Codec.MAX_RESULTS)
                .mapToObj(id -> new Command.DeleteCredential(id, 9))
                .toArray(Command[]::new);
    }
}
