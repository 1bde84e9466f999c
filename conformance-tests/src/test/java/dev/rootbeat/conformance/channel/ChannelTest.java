package dev.rootbeat.conformance.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.conformance.channel.BadNetwork.Faults;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel.Outcome;
import dev.rootbeat.server.channel.Ceiling;
import dev.rootbeat.server.channel.CoapsEndpoint;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of the secure channel, and networks between them. */
class ChannelTest {

    private static final RotPublicUid UID = RotPublicUid.parse("0123456789abcdef");
    private static final Bytes MASTER = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");

    private static final ChannelSettings PATIENT = new ChannelSettings(
            Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(2), 3, Duration.ofHours(1), false);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicInteger keysAsked = new AtomicInteger();
    private final BlockingQueue<Request> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close_everything() throws Exception {
        for (AutoCloseable thing : opened.reversed()) {
            thing.close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        work.shutdownNow();
        assertThat(work.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_largest_message_goes_through_both_ways() throws Exception {
        CoapsEndpoint server = server(0, this::echo);

        assertThat(ask(channel(UID, server.address(), PATIENT), octets(Request.MAX_PAYLOAD)))
                .isEqualTo(answered(octets(Request.MAX_PAYLOAD)));
    }

    @Test
    void a_message_that_is_too_large_is_answered_so() throws Exception {
        CoapsEndpoint server = server(0, this::echo);

        Outcome outcome = ask(channel(UID, server.address(), PATIENT), octets(Request.MAX_PAYLOAD + 1));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answer -> assertThat(answer.response().code()).isEqualTo(Code.TOO_LARGE));
        assertThat(received).isEmpty();
    }

    @Test
    void a_session_outlives_changes_of_the_devices_address_without_a_handshake() throws Exception {
        BadNetwork network = network(server(0, this::echo), Faults.NONE, 1);
        DtlsChannel channel = channel(UID, network.address(), PATIENT);
        ask(channel, octets(10));
        int hellos = network.clientHellos();

        for (int i = 0; i < 3; i++) {
            network.moveDevice();
            assertThat(ask(channel, octets(10 + i))).isEqualTo(answered(octets(10 + i)));
        }

        assertThat(network.clientHellos()).isEqualTo(hellos);
        assertThat(received).as("each request arrived once").hasSize(4);
    }

    @Test
    void a_transfer_in_blocks_outlives_a_change_of_the_devices_address() throws Exception {
        BadNetwork network = network(server(0, this::echo), Faults.NONE, 1);
        // Repeats soon what the change of address lost.
        var settings = new ChannelSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofMillis(200), 6, Duration.ofHours(1), false);
        DtlsChannel channel = channel(UID, network.address(), settings);
        ask(channel, octets(10));
        int hellos = network.clientHellos();

        for (int datagram = 1; datagram <= 12; datagram += 2) {
            network.moveDeviceAfter(datagram);
            assertThat(ask(channel, octets(6000))).isEqualTo(answered(octets(6000)));
        }

        assertThat(network.clientHellos()).isEqualTo(hellos);
    }

    @Test
    void a_resumed_session_asks_for_no_key() throws Exception {
        BadNetwork network = network(server(0, this::echo), Faults.NONE, 1);
        var settings = new ChannelSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(2), 3, Duration.ofMillis(1), false);
        DtlsChannel channel = channel(UID, network.address(), settings);
        ask(channel, octets(10));
        int hellos = network.clientHellos();

        for (int i = 0; network.clientHellos() < hellos + 3; i++) {
            assertThat(ask(channel, octets(i))).isEqualTo(answered(octets(i)));
        }

        assertThat(keysAsked).hasValue(1);
    }

    @Test
    void a_server_that_lost_its_sessions_gets_the_same_octets_again_after_a_full_handshake() throws Exception {
        CoapsEndpoint server = server(0, this::echo);
        var settings = new ChannelSettings(
                Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(300), 3, Duration.ofHours(1), false);
        DtlsChannel channel = channel(UID, server.address(), settings);
        ask(channel, octets(10));
        int port = server.address().getPort();
        server.close();
        server(port, this::echo);

        assertThat(ask(channel, octets(3000))).isEqualTo(answered(octets(3000)));

        assertThat(keysAsked).hasValue(2);
        assertThat(received).extracting(request -> request.payload().size()).containsExactly(10, 3000);
    }

    @Test
    void a_server_that_dies_with_a_request_in_its_hands_gets_it_again() throws Exception {
        CoapsEndpoint server = server(0, (peer, request, answer) -> received.add(request));
        var settings = new ChannelSettings(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(300), 3, Duration.ofHours(1), false);
        DtlsChannel channel = channel(UID, server.address(), settings);
        BlockingQueue<Outcome> outcome = send(channel, octets(3000));
        Request held = received.take();
        int port = server.address().getPort();
        server.close();
        server(port, this::echo);

        assertThat(outcome.poll(60, TimeUnit.SECONDS)).isEqualTo(answered(octets(3000)));
        assertThat(received.take()).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_request_gets_its_own_answer_over_a_network_that_loses_repeats_swaps_and_spoils(long seed)
            throws Exception {
        BadNetwork network = network(server(0, this::echo), new Faults(0.06, 0.06, 0.06, 0.03), seed);
        var settings = new ChannelSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(50), Duration.ofMillis(40), 8, Duration.ofHours(1), false);
        DtlsChannel channel = channel(UID, network.address(), settings);
        var random = new Random(seed);

        for (int i = 0; i < 15; i++) {
            Bytes payload = octets(1 + random.nextInt(4000));
            assertThat(ask(channel, payload)).as("seed %d, request %d", seed, i).isEqualTo(answered(payload));
        }
    }

    @Test
    void a_ceiling_tells_devices_when_to_come_again() throws Exception {
        CoapsEndpoint server =
                server(0, new Ceiling(this::echo, 1, Duration.ofMinutes(5), InstantSource.fixed(now()), new Random(1)));
        DtlsChannel channel = channel(UID, server.address(), PATIENT);

        assertThat(ask(channel, octets(10))).isEqualTo(answered(octets(10)));
        assertThat(ask(channel, octets(10))).isInstanceOfSatisfying(Outcome.Answered.class, answer -> {
            assertThat(answer.response().code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
            assertThat(answer.response().maxAge()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
        });
    }

    @Test
    void three_hundred_devices_that_wake_at_once_are_all_served_by_one_thread() throws Exception {
        int devices = 300;
        CoapsEndpoint server = server(0, this::echo);
        var done = new CountDownLatch(devices);
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());

        for (int i = 0; i < devices; i++) {
            DtlsChannel channel = channel(new RotPublicUid(i), server.address(), PATIENT);
            loop.execute(() -> channel.send(new Request(Request.HEARTBEAT, octets(200)), outcome -> {
                outcomes.add(outcome);
                done.countDown();
            }));
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(outcomes).hasSize(devices).allMatch(answered(octets(200))::equals);
        assertThat(keysAsked).hasValue(devices);
    }

    private static Instant now() {
        return Instant.parse("2026-11-24T00:00:00Z");
    }

    private void echo(RotPublicUid peer, Request request, Consumer<Response> answer) {
        received.add(request);
        answer.accept(Response.changed(request.payload()));
    }

    private static Outcome answered(Bytes payload) {
        return new Outcome.Answered(Response.changed(payload));
    }

    private CoapsEndpoint server(int port, RequestHandler handler) throws IOException {
        var server = new CoapsEndpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                uid -> {
                    keysAsked.incrementAndGet();
                    return Optional.of(key(uid));
                },
                handler,
                group.next(),
                work);
        opened.add(server);
        server.start();
        return server;
    }

    private BadNetwork network(CoapsEndpoint server, Faults faults, long seed) throws IOException {
        var network = new BadNetwork(server.address(), faults, seed);
        opened.add(network);
        return network;
    }

    private DtlsChannel channel(RotPublicUid uid, InetSocketAddress server, ChannelSettings settings) {
        var channel = new DtlsChannel(uid, () -> key(uid), server, loop, loop, settings);
        opened.add(channel);
        return channel;
    }

    private static Bytes key(RotPublicUid uid) {
        return KeyHierarchy.channelKey(KeyHierarchy.rootSecret(MASTER, uid));
    }

    private BlockingQueue<Outcome> send(DtlsChannel channel, Bytes payload) {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        loop.execute(() -> channel.send(new Request(Request.HEARTBEAT, payload), outcomes::add));
        return outcomes;
    }

    private Outcome ask(DtlsChannel channel, Bytes payload) throws InterruptedException {
        Outcome outcome = send(channel, payload).poll(60, TimeUnit.SECONDS);
        assertThat(outcome).isNotNull();
        return outcome;
    }

    /** The same octets each time. */
    private static Bytes octets(int size) {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return Bytes.of(octets);
    }
}
