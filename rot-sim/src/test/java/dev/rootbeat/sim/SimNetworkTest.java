package dev.rootbeat.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import dev.rootbeat.rot.protocol.SecureChannel.Outcome;
import dev.rootbeat.sim.NetworkObserver.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimNetworkTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RotPublicUid UID = RotPublicUid.parse("0002000000000001");

    private final VirtualTime time = new VirtualTime(START);
    private final SimNetwork network = new SimNetwork(time.executor("air"), new Random(1));
    private final ScheduledExecutorService device = time.executor("device");
    private final SecureChannel channel = network.channel(UID, device);
    private final List<String> arrived = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    @Test
    void a_request_reaches_the_server_and_its_answer_the_device() {
        network.server(echo());
        channel.send(heartbeat("a"), outcomes::add);
        time.runFor(Duration.ofMinutes(5));

        assertThat(arrived).containsExactly("0002000000000001 /hb a");
        assertThat(outcomes).containsExactly(new Outcome.Answered(Response.changed(bytes("a"))));
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_answer_may_come_later_and_the_device_may_send_again_from_within_the_outcome() {
        network.server((peer, request, answer) -> {
            var _ = time.executor("server")
                    .schedule(
                            () -> answer.accept(Response.changed(request.payload())),
                            5,
                            java.util.concurrent.TimeUnit.SECONDS);
        });
        channel.send(heartbeat("a"), first -> {
            outcomes.add(first);
            channel.send(results("b"), outcomes::add);
        });
        time.runFor(Duration.ofMinutes(5));

        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Answered(Response.changed(bytes("a"))),
                        new Outcome.Answered(Response.changed(bytes("b"))));
    }

    @Test
    void a_lost_request_is_sent_once_more_with_the_same_bytes() {
        network.server(echo());
        network.inject(UID, new NetworkFault.Lose(Leg.HEARTBEAT));
        channel.send(heartbeat("a"), outcomes::add);
        time.runFor(Duration.ofMinutes(5));

        assertThat(arrived).containsExactly("0002000000000001 /hb a");
        assertThat(outcomes).hasSize(1).hasOnlyElementsOfType(Outcome.Answered.class);
    }

    @Test
    void lost_replies_end_with_no_answer_within_120_seconds() {
        network.server(echo());
        network.inject(UID, new NetworkFault.Lose(Leg.REPLY));
        network.inject(UID, new NetworkFault.Lose(Leg.REPLY));
        channel.send(heartbeat("a"), outcomes::add);

        assertThat(time.runUntil(() -> !outcomes.isEmpty(), Duration.ofMinutes(5)))
                .isTrue();
        assertThat(time.instant()).isEqualTo(START.plusSeconds(120));
        assertThat(outcomes).hasOnlyElementsOfType(Outcome.NoAnswer.class);
        assertThat(arrived).hasSize(2);
    }

    @Test
    void a_fault_meets_only_its_leg_and_its_device() {
        network.server(echo());
        network.inject(UID, new NetworkFault.Lose(Leg.RESULTS));
        network.inject(UID, new NetworkFault.Lose(Leg.RESULTS));
        network.inject(RotPublicUid.parse("00000000000000ff"), new NetworkFault.Lose(Leg.HEARTBEAT));
        channel.send(heartbeat("a"), reply -> channel.send(results("b"), outcomes::add));
        time.runFor(Duration.ofMinutes(5));

        assertThat(arrived).containsExactly("0002000000000001 /hb a");
        assertThat(outcomes).hasSize(1).hasOnlyElementsOfType(Outcome.NoAnswer.class);
    }

    @Test
    void a_duplicated_request_arrives_twice_and_is_answered_to_the_device_once() {
        network.server(echo());
        network.inject(UID, new NetworkFault.Duplicate(Leg.HEARTBEAT));
        network.inject(UID, new NetworkFault.Duplicate(Leg.REPLY));
        channel.send(heartbeat("a"), outcomes::add);
        time.runFor(Duration.ofMinutes(5));

        assertThat(arrived).hasSize(2);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void a_held_request_is_overtaken_and_its_answer_comes_too_late_for_anybody() {
        network.server(echo());
        network.inject(UID, new NetworkFault.Hold(Leg.HEARTBEAT, Duration.ofHours(1)));
        channel.send(heartbeat("old"), first -> channel.send(heartbeat("new"), outcomes::add));
        time.runFor(Duration.ofHours(2));

        assertThat(arrived)
                .containsExactly("0002000000000001 /hb old", "0002000000000001 /hb new", "0002000000000001 /hb old");
        assertThat(outcomes).containsExactly(new Outcome.Answered(Response.changed(bytes("new"))));
    }

    @Test
    void a_device_without_power_gets_no_outcome_and_its_request_still_arrives() {
        network.server(echo());
        channel.send(heartbeat("a"), outcomes::add);
        device.shutdownNow();
        time.runFor(Duration.ofMinutes(5));

        assertThat(arrived).hasSize(1);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void a_closed_channel_tells_no_outcome_and_sends_nothing_more() {
        network.server(echo());
        channel.send(heartbeat("a"), outcomes::add);
        channel.close();
        time.runFor(Duration.ofMinutes(5));

        assertThat(arrived).hasSize(1);
        assertThat(outcomes).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> channel.send(heartbeat("b"), outcomes::add));
    }

    @Test
    void one_request_is_under_way_at_a_time() {
        channel.send(heartbeat("a"), outcomes::add);
        assertThatIllegalStateException()
                .isThrownBy(() -> channel.send(heartbeat("b"), outcomes::add))
                .withMessageContaining("under way");
    }

    @Test
    void a_server_that_is_down_hears_nothing_and_one_that_comes_up_hears_the_repetition() {
        channel.send(heartbeat("a"), outcomes::add);
        time.runFor(Duration.ofSeconds(30));
        network.server(echo());
        time.runFor(Duration.ofMinutes(5));

        assertThat(arrived).hasSize(1);
        assertThat(outcomes).hasSize(1).hasOnlyElementsOfType(Outcome.Answered.class);
    }

    @Test
    void the_answer_of_a_server_that_died_meanwhile_is_lost() {
        var answers = new ArrayList<Consumer<Response>>();
        network.server((peer, request, answer) -> answers.add(answer));
        channel.send(heartbeat("a"), outcomes::add);
        time.runFor(Duration.ofSeconds(1));
        network.server(null);
        answers.getFirst().accept(Response.changed(bytes("a")));
        time.runFor(Duration.ofMinutes(5));

        assertThat(outcomes).hasSize(1).hasOnlyElementsOfType(Outcome.NoAnswer.class);
    }

    @Test
    void a_server_that_answers_twice_is_found_out() {
        network.server((peer, request, answer) -> {
            answer.accept(Response.changed(Bytes.EMPTY));
            answer.accept(Response.changed(Bytes.EMPTY));
        });
        channel.send(heartbeat("a"), outcomes::add);
        assertThatIllegalStateException().isThrownBy(() -> time.runFor(Duration.ofMinutes(1)));
    }

    @Test
    void the_observer_sees_each_message_and_what_becomes_of_it() {
        var seen = new ArrayList<String>();
        network.observer((packet, fate) -> seen.add(packet.leg() + " " + fate));
        network.server(echo());
        network.inject(UID, new NetworkFault.Duplicate(Leg.HEARTBEAT));
        network.inject(UID, new NetworkFault.Lose(Leg.ACKNOWLEDGEMENT));
        channel.send(heartbeat("a"), reply -> channel.send(results("b"), outcome -> {}));
        time.runFor(Duration.ofSeconds(10));

        assertThat(seen)
                .containsExactly(
                        "HEARTBEAT SENT",
                        "HEARTBEAT DUPLICATED",
                        "HEARTBEAT DELIVERED",
                        "REPLY SENT",
                        "HEARTBEAT DELIVERED",
                        "REPLY SENT",
                        "REPLY DELIVERED",
                        "REPLY UNWANTED",
                        "RESULTS SENT",
                        "RESULTS DELIVERED",
                        "ACKNOWLEDGEMENT SENT",
                        "ACKNOWLEDGEMENT LOST");
    }

    @Test
    void bad_weather_loses_and_repeats_as_often_as_it_says() {
        var fates = new ArrayList<Fate>();
        network.observer((packet, fate) -> fates.add(fate));
        network.weather(new Weather(0.25, 0.5, Duration.ofMillis(10), Duration.ofSeconds(2)));
        for (int i = 0; i < 4000; i++) {
            network.channel(UID, device).send(heartbeat("a"), outcome -> {});
        }
        time.runFor(Duration.ofSeconds(30));

        assertThat(Collections.frequency(fates, Fate.SENT)).isEqualTo(4000);
        assertThat(Collections.frequency(fates, Fate.LOST)).isBetween(900, 1100);
        assertThat(Collections.frequency(fates, Fate.DUPLICATED)).isBetween(1400, 1600);
        assertThat(Collections.frequency(fates, Fate.UNWANTED))
                .isEqualTo(
                        4000 - Collections.frequency(fates, Fate.LOST) + Collections.frequency(fates, Fate.DUPLICATED));
        assertThatIllegalArgumentException().isThrownBy(() -> new Weather(1.5, 0, Duration.ZERO, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Weather(0, 0, Duration.ofSeconds(1), Duration.ZERO));
    }

    @Test
    void one_seed_gives_one_trace() {
        assertThat(trace(3)).hasSizeGreaterThan(1000).isEqualTo(trace(3)).isNotEqualTo(trace(4));
    }

    private static List<String> trace(long seed) {
        var world = new VirtualTime(START);
        var stormy = new SimNetwork(world.executor("air"), new Random(seed));
        var lines = new ArrayList<String>();
        stormy.weather(new Weather(0.2, 0.2, Duration.ofMillis(50), Duration.ofSeconds(90)));
        stormy.observer((packet, fate) -> lines.add(world.instant() + " " + packet + " " + fate));
        stormy.server((peer, request, answer) -> answer.accept(Response.changed(request.payload())));
        for (int i = 0; i < 20; i++) {
            RotPublicUid uid = new RotPublicUid(i);
            ScheduledExecutorService own = world.executor(uid.toString());
            SecureChannel channel = stormy.channel(uid, own);
            own.execute(new Runnable() {
                @Override
                public void run() {
                    channel.send(heartbeat(world.instant().toString()), outcome -> own.execute(this));
                }
            });
        }
        world.runFor(Duration.ofHours(1));
        return lines;
    }

    private RequestHandler echo() {
        return (peer, request, answer) -> {
            arrived.add(peer + " " + request.path() + " "
                    + new String(request.payload().toArray(), UTF_8));
            answer.accept(Response.changed(request.payload()));
        };
    }

    private static Request heartbeat(String text) {
        return new Request(Request.HEARTBEAT, bytes(text));
    }

    private static Request results(String text) {
        return new Request(Request.RESULTS, bytes(text));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }
}
