package dev.rootbeat.module.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel.Outcome;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device's end of the channel against a bare Californium server. */
class DtlsChannelTest {

    private static final RotPublicUid UID = RotPublicUid.parse("0123456789abcdef");
    private static final byte[] KEY =
            Bytes.ofHex("000102030405060708090a0b0c0d0eff").toArray();
    private static final byte[] OTHER_KEY =
            Bytes.ofHex("ff0102030405060708090a0b0c0d0eff").toArray();

    /** Never cuts an attempt short, however busy the machine is. */
    private static final ChannelSettings PATIENT = new ChannelSettings(
            Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(2), 3, Duration.ofHours(1), false);

    /** For servers that do not answer. */
    private static final ChannelSettings HASTY = new ChannelSettings(
            Duration.ofMillis(700), Duration.ofSeconds(4), Duration.ofMillis(100), 2, Duration.ofHours(1), false);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final BlockingQueue<Exchange> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close_everything() throws Exception {
        for (AutoCloseable thing : opened.reversed()) {
            thing.close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void a_request_and_its_answer_are_the_same_octets_on_both_sides() throws Exception {
        BareServer server = server(this::echo);

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.RESULTS, random(100));

        assertThat(outcome).isEqualTo(new Outcome.Answered(Response.changed(random(100))));
        Exchange exchange = received.take();
        assertThat(exchange.getRequest().isConfirmable()).isTrue();
        assertThat(exchange.getRequest().getOptions().getUriPathString()).isEqualTo("hb/results");
        assertThat(exchange.getRequest().getOptions().getContentFormat()).isEqualTo(MediaTypeRegistry.APPLICATION_CBOR);
        assertThat(exchange.getRequest().getSourceContext().getPeerIdentity().getName())
                .isEqualTo("0123456789abcdef");
        assertThat(context(exchange, DtlsEndpointContext.KEY_CIPHER)).isEqualTo("TLS_PSK_WITH_AES_128_CCM_8");
    }

    @Test
    void a_device_that_asks_for_forward_secrecy_gets_it() throws Exception {
        BareServer server = server(this::echo);
        var settings = new ChannelSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(2), 3, Duration.ofHours(1), true);

        ask(channel(server.address(), KEY, settings), Request.HEARTBEAT, random(10));

        assertThat(context(received.take(), DtlsEndpointContext.KEY_CIPHER))
                .isEqualTo("TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256");
    }

    @Test
    void eight_kilobytes_go_in_blocks_both_ways() throws Exception {
        BareServer server = server(this::echo);

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(8192));

        assertThat(outcome).isEqualTo(new Outcome.Answered(Response.changed(random(8192))));
    }

    @Test
    void one_session_with_a_connection_id_carries_all_requests() throws Exception {
        BareServer server = server(this::echo);
        DtlsChannel channel = channel(server.address(), KEY, PATIENT);

        ask(channel, Request.HEARTBEAT, random(10));
        ask(channel, Request.RESULTS, random(3000));

        Exchange first = received.take();
        Exchange second = received.take();
        assertThat(context(second, DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP))
                .isEqualTo(context(first, DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP));
        assertThat(first.getRequest()
                        .getSourceContext()
                        .get(DtlsEndpointContext.KEY_READ_CONNECTION_ID)
                        .length())
                .isEqualTo(6);
    }

    @Test
    void a_session_that_was_idle_for_longer_than_its_trust_is_resumed() throws Exception {
        BareServer server = server(this::echo);
        var settings = new ChannelSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(2), 3, Duration.ofMillis(1), false);
        DtlsChannel channel = channel(server.address(), KEY, settings);

        ask(channel, Request.HEARTBEAT, random(10));
        Exchange first = received.take();
        await().until(() -> {
            ask(channel, Request.HEARTBEAT, random(10));
            return !context(received.take(), DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP)
                    .equals(context(first, DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP));
        });

        ask(channel, Request.HEARTBEAT, random(10));
        assertThat(context(received.take(), DtlsEndpointContext.KEY_SESSION_ID))
                .as("the session of the first handshake")
                .isEqualTo(context(first, DtlsEndpointContext.KEY_SESSION_ID));
    }

    @Test
    void a_server_that_restarted_gets_the_same_octets_after_a_full_handshake() throws Exception {
        BareServer server = server(this::echo);
        DtlsChannel channel = channel(server.address(), KEY, HASTY);
        ask(channel, Request.HEARTBEAT, random(10));
        Exchange before = received.take();
        restart(server);

        Outcome outcome = ask(channel, Request.HEARTBEAT, random(2000));

        assertThat(outcome).isEqualTo(new Outcome.Answered(Response.changed(random(2000))));
        Exchange after = received.take();
        assertThat(context(after, DtlsEndpointContext.KEY_SESSION_ID))
                .isNotEqualTo(context(before, DtlsEndpointContext.KEY_SESSION_ID));
    }

    @Test
    void an_idle_session_that_the_server_forgot_costs_no_time_out() throws Exception {
        BareServer server = server(this::echo);
        var settings = new ChannelSettings(
                Duration.ofHours(1), Duration.ofHours(2), Duration.ofSeconds(2), 3, Duration.ofMillis(1), false);
        DtlsChannel channel = channel(server.address(), KEY, settings);
        ask(channel, Request.HEARTBEAT, random(10));
        restart(server);

        assertThat(ask(channel, Request.HEARTBEAT, random(10))).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void an_answer_may_come_long_after_the_request_was_acknowledged() throws Exception {
        BareServer server = server(exchange -> {
            exchange.sendAccept();
            var _ = loop.schedule(() -> echo(exchange), 300, TimeUnit.MILLISECONDS);
        });

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(2000));

        assertThat(outcome).isEqualTo(new Outcome.Answered(Response.changed(random(2000))));
    }

    @Test
    void a_request_that_is_acknowledged_and_never_answered_is_sent_twice_and_given_up() throws Exception {
        BareServer server = server(exchange -> {
            received.add(exchange);
            exchange.sendAccept();
        });

        Outcome outcome = ask(channel(server.address(), KEY, HASTY), Request.HEARTBEAT, random(10));

        assertThat(outcome).isEqualTo(new Outcome.NoAnswer("no answer in PT4S"));
        assertThat(received)
                .hasSize(2)
                .allSatisfy(exchange -> assertThat(exchange.getRequest().getPayload())
                        .isEqualTo(random(10).toArray()));
    }

    @Test
    void a_wrong_key_reaches_nothing_and_the_reason_says_so() throws Exception {
        BareServer server = server(this::echo);

        Outcome outcome = ask(channel(server.address(), OTHER_KEY, HASTY), Request.HEARTBEAT, random(10));

        assertThat(outcome)
                .isEqualTo(new Outcome.NoAnswer(
                        "the server does not finish the handshake: it may not know this device, or another key of it"));
        assertThat(received).isEmpty();
    }

    @Test
    void where_nobody_listens_the_reason_says_so() throws Exception {
        InetSocketAddress nowhere = unused();

        Outcome outcome = ask(channel(nowhere, KEY, HASTY), Request.HEARTBEAT, random(10));

        assertThat(outcome)
                .isEqualTo(new Outcome.NoAnswer(
                        "the server does not answer the handshake; nobody listens on 127.0.0.1:" + nowhere.getPort()));
    }

    @Test
    void a_server_that_starts_within_the_attempts_is_reached() throws Exception {
        InetSocketAddress address = unused();
        BlockingQueue<Outcome> outcomes = send(channel(address, KEY, PATIENT), Request.HEARTBEAT, random(10));

        server(address.getPort(), this::echo);

        assertThat(outcomes.poll(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Answered.class);
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_MANY_REQUESTS, 299, TOO_MANY_REQUESTS, 299",
        "SERVICE_UNAVAILABLE, 7, SERVICE_UNAVAILABLE, 7",
        "TOO_MANY_REQUESTS,, TOO_MANY_REQUESTS, 60",
        "FORBIDDEN, 5, FORBIDDEN, 0",
        "NOT_FOUND,, NOT_FOUND, 0",
        "REQUEST_ENTITY_TOO_LARGE,, TOO_LARGE, 0",
        "METHOD_NOT_ALLOWED,, BAD_REQUEST, 0",
        "GATEWAY_TIMEOUT,, INTERNAL_ERROR, 0",
    })
    void an_error_arrives_with_its_code_its_wait_and_its_sentence(
            ResponseCode sent, Long maxAge, Code code, long seconds) throws Exception {
        BareServer server = server(exchange -> {
            var answer = new org.eclipse.californium.core.coap.Response(sent);
            if (maxAge != null) {
                answer.getOptions().setMaxAge(maxAge);
            }
            answer.setPayload("because");
            exchange.sendResponse(answer);
        });

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(10));

        assertThat(outcome)
                .isEqualTo(new Outcome.Answered(Response.retryAfter(code, Duration.ofSeconds(seconds), "because")));
    }

    @Test
    void a_success_that_changes_nothing_is_no_answer() throws Exception {
        BareServer server = server(exchange ->
                exchange.sendResponse(new org.eclipse.californium.core.coap.Response(ResponseCode.CONTENT)));

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(10));

        assertThat(outcome).isEqualTo(new Outcome.NoAnswer("the server answered 2.05 to a POST that changes things"));
    }

    @Test
    void a_request_that_the_server_resets_is_no_answer() throws Exception {
        BareServer server = server(Exchange::sendReject);

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(10));

        assertThat(outcome).isEqualTo(new Outcome.NoAnswer("the server rejects the request"));
    }

    @Test
    void an_answer_beyond_the_limit_is_given_up() throws Exception {
        BareServer server = server(exchange -> answer(exchange, random(CoapsSession.MAX_ANSWER + 1)));

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(10));

        assertThat(outcome).isInstanceOf(Outcome.NoAnswer.class);
        assertThat(outcome.toString()).contains("32769");
    }

    @Test
    void an_answer_of_the_largest_size_arrives() throws Exception {
        BareServer server = server(exchange -> answer(exchange, random(CoapsSession.MAX_ANSWER)));

        Outcome outcome = ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(10));

        assertThat(outcome).isEqualTo(new Outcome.Answered(Response.changed(random(CoapsSession.MAX_ANSWER))));
    }

    @Test
    void a_second_request_while_one_is_under_way_is_a_mistake_of_the_caller() throws Exception {
        BareServer server = server(received::add);
        DtlsChannel channel = channel(server.address(), KEY, PATIENT);
        send(channel, Request.HEARTBEAT, random(10));

        assertThatThrownBy(() -> loop.submit(
                                () -> channel.send(new Request(Request.RESULTS, random(10)), outcome -> {}))
                        .get())
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> channel.send(new Request(Request.RESULTS, random(10)), outcome -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void after_close_there_is_no_outcome_and_no_socket_and_the_next_request_opens_anew() throws Exception {
        BareServer server = server(received::add);
        var settings = new ChannelSettings(
                Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(100), 2, Duration.ofHours(1), false);
        DtlsChannel channel = channel(server.address(), KEY, settings);
        BlockingQueue<Outcome> outcomes = send(channel, Request.HEARTBEAT, random(10));
        Exchange held = received.take();
        int port = held.getRequest().getSourceContext().getPeerAddress().getPort();
        assertThatThrownBy(() -> bind(port)).isInstanceOf(SocketException.class);

        channel.close();

        await().untilAsserted(() -> bind(port));
        echo(held);
        assertThat(outcomes.poll(1500, TimeUnit.MILLISECONDS)).isNull();
        received.clear();
        BlockingQueue<Outcome> next = send(channel, Request.HEARTBEAT, random(10));
        echo(received.take());
        assertThat(next.poll(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void a_closed_channel_leaves_no_timer_behind_that_would_hold_it() throws Exception {
        BareServer server = server(this::echo);
        DtlsChannel channel = channel(server.address(), KEY, PATIENT);
        ask(channel, Request.HEARTBEAT, random(10));
        ask(channel, Request.HEARTBEAT, random(10));

        channel.close();

        opened.remove(channel);
        var trace = new WeakReference<>(channel);
        channel = null;
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return trace.get() == null;
        });
    }

    @Test
    void many_channels_share_one_thread() throws Exception {
        BareServer server = server(this::echo);
        ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(10));
        int threads = Thread.activeCount();

        for (int i = 0; i < 50; i++) {
            assertThat(ask(channel(server.address(), KEY, PATIENT), Request.HEARTBEAT, random(10)))
                    .isInstanceOf(Outcome.Answered.class);
        }

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
    }

    private static void bind(int port) throws SocketException {
        new DatagramSocket(new InetSocketAddress(port)).close();
    }

    private BareServer server(Consumer<Exchange> onRequest) throws IOException {
        return server(0, onRequest);
    }

    private void restart(BareServer server) throws IOException {
        int port = server.address().getPort();
        server.close();
        server(port, this::echo);
    }

    private static InetSocketAddress unused() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(free.getLocalAddress(), free.getLocalPort());
        }
    }

    private BareServer server(int port, Consumer<Exchange> onRequest) throws IOException {
        var server = new BareServer(port, UID.toString(), KEY, onRequest);
        opened.add(server);
        return server;
    }

    private DtlsChannel channel(InetSocketAddress server, byte[] key, ChannelSettings settings) {
        var channel = new DtlsChannel(UID, () -> Bytes.of(key), server, loop, loop, settings);
        opened.add(channel);
        return channel;
    }

    /** Sends from the event loop and checks that what comes back comes on it, and once. */
    private BlockingQueue<Outcome> send(DtlsChannel channel, String path, Bytes payload) {
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        var told = new AtomicInteger();
        loop.submit(() -> channel.send(new Request(path, payload), outcome -> {
                    assertThat(loop.inEventLoop()).isTrue();
                    assertThat(told.incrementAndGet()).isEqualTo(1);
                    outcomes.add(outcome);
                }))
                .syncUninterruptibly();
        return outcomes;
    }

    private Outcome ask(DtlsChannel channel, String path, Bytes payload) throws InterruptedException {
        Outcome outcome = send(channel, path, payload).poll(60, TimeUnit.SECONDS);
        assertThat(outcome).isNotNull();
        return outcome;
    }

    private void echo(Exchange exchange) {
        answer(exchange, Bytes.of(exchange.getRequest().getPayload()));
    }

    private void answer(Exchange exchange, Bytes payload) {
        received.add(exchange);
        var answer = new org.eclipse.californium.core.coap.Response(ResponseCode.CHANGED);
        answer.setPayload(payload.toArray());
        exchange.sendResponse(answer);
    }

    private static Object context(Exchange exchange, org.eclipse.californium.elements.Definition<?> key) {
        return exchange.getRequest().getSourceContext().get(key);
    }

    /** The same octets each time. */
    private static Bytes random(int size) {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return Bytes.of(octets);
    }
}
