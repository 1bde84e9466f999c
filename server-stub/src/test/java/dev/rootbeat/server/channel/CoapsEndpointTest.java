package dev.rootbeat.server.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's end of the channel against a bare Californium client. */
class CoapsEndpointTest {

    private static final RotPublicUid UID = RotPublicUid.parse("0123456789abcdef");
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0eff");

    /** How long silence must last to count as such. */
    private static final long SILENCE_MILLIS = 1500;

    /** One thread, so that a handler that ran on it would stall everything. */
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    private final EventLoop loop = group.next();

    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    private record Received(
            RotPublicUid peer,
            dev.rootbeat.rot.protocol.Request request,
            Consumer<dev.rootbeat.rot.protocol.Response> answer) {}

    @AfterEach
    void close_everything() throws Exception {
        for (AutoCloseable thing : opened.reversed()) {
            thing.close();
        }
        work.shutdownNow();
        assertThat(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS))
                .isTrue();
        assertThat(work.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_handler_gets_the_octets_and_the_proven_name_of_the_device() throws Exception {
        BareClient client = client(server(this::echo));

        Response answer = client.ask(post("hb/results", octets(50)));

        assertThat(answer.getCode()).isEqualTo(ResponseCode.CHANGED);
        assertThat(answer.getPayload()).isEqualTo(octets(50));
        assertThat(answer.getOptions().getContentFormat()).isEqualTo(MediaTypeRegistry.APPLICATION_CBOR);
        Received request = received.take();
        assertThat(request.peer()).isEqualTo(UID);
        assertThat(request.request())
                .isEqualTo(new dev.rootbeat.rot.protocol.Request("/hb/results", Bytes.of(octets(50))));
    }

    @Test
    void both_suites_of_the_protocol_are_served() throws Exception {
        InetSocketAddress server = server(this::echo);
        for (CipherSuite suite :
                List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8, CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256)) {
            assertThat(client(server, UID.toString(), KEY, suite)
                            .ask(post("hb", octets(5)))
                            .getCode())
                    .isEqualTo(ResponseCode.CHANGED);
        }
    }

    @Test
    void payloads_up_to_the_limit_go_in_blocks_both_ways() throws Exception {
        BareClient client = client(server(this::echo));

        Response answer = client.ask(post("hb", octets(dev.rootbeat.rot.protocol.Request.MAX_PAYLOAD)));

        assertThat(answer.getPayload()).isEqualTo(octets(dev.rootbeat.rot.protocol.Request.MAX_PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(ints = {8193, 60_000})
    void payloads_over_the_limit_are_refused_before_the_handler(int size) throws Exception {
        BareClient client = client(server(this::echo));

        assertThat(client.ask(post("hb", octets(size))).getCode()).isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, , 60, NOT_FOUND",
        "POST, hb/result, 60, NOT_FOUND",
        "POST, hb/results/1, 60, NOT_FOUND",
        "POST, .well-known/core, 60, NOT_FOUND",
        "GET, hb, , METHOD_NOT_ALLOWED",
        "PUT, hb/results, 60, METHOD_NOT_ALLOWED",
        "DELETE, hb, , METHOD_NOT_ALLOWED",
        "POST, hb, 0, UNSUPPORTED_CONTENT_FORMAT",
    })
    void anything_but_a_post_of_cbor_to_a_resource_is_refused_before_the_handler(
            String method, String path, Integer format, ResponseCode code) throws Exception {
        BareClient client = client(server(this::echo));
        var request = new Request(CoAP.Code.valueOf(method));
        if (path != null) {
            request.getOptions().setUriPath(path);
        }
        if (format != null) {
            request.getOptions().setContentFormat(format);
        }

        assertThat(client.ask(request).getCode()).isEqualTo(code);
        assertThat(received).isEmpty();
    }

    @Test
    void a_slash_inside_a_segment_is_no_path() throws Exception {
        BareClient client = client(server(this::echo));
        Request request = Request.newPost();
        request.getOptions().addUriPath("hb/results");

        assertThat(client.ask(request).getCode()).isEqualTo(ResponseCode.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, BAD_REQUEST,",
        "FORBIDDEN, FORBIDDEN,",
        "NOT_FOUND, NOT_FOUND,",
        "TOO_LARGE, REQUEST_ENTITY_TOO_LARGE,",
        "TOO_MANY_REQUESTS, TOO_MANY_REQUESTS, 299",
        "INTERNAL_ERROR, INTERNAL_SERVER_ERROR,",
        "SERVICE_UNAVAILABLE, SERVICE_UNAVAILABLE, 299",
    })
    void an_error_goes_out_with_its_sentence_and_its_wait(Code code, ResponseCode expected, Long maxAge)
            throws Exception {
        BareClient client = client(server((peer, request, answer) -> answer.accept(
                dev.rootbeat.rot.protocol.Response.retryAfter(code, Duration.ofSeconds(299), "field: reason"))));

        Response answer = client.ask(post("hb", octets(5)));

        assertThat(answer.getCode()).isEqualTo(expected);
        assertThat(answer.getPayloadString()).isEqualTo("field: reason");
        assertThat(answer.getOptions().hasContentFormat()).isFalse();
        assertThat(answer.getOptions().hasMaxAge() ? answer.getOptions().getMaxAge() : null)
                .isEqualTo(maxAge);
    }

    @Test
    void a_late_answer_from_another_thread_arrives_by_itself() throws Exception {
        BareClient client =
                client(server((peer, request, answer) -> received.add(new Received(peer, request, answer))));
        Request request = post("hb", octets(5));
        client.send(request);
        Received held = received.take();
        await().until(request::isAcknowledged);

        echo(held.peer(), held.request(), held.answer());

        Response answer = request.waitForResponse(30_000);
        assertThat(answer.getType()).isEqualTo(CoAP.Type.CON);
        assertThat(answer.getPayload()).isEqualTo(octets(5));
    }

    @Test
    void the_first_of_two_answers_counts() throws Exception {
        BareClient client = client(server((peer, request, answer) -> {
            echo(peer, request, answer);
            answer.accept(dev.rootbeat.rot.protocol.Response.error(Code.FORBIDDEN, "no"));
        }));

        for (int i = 0; i < 3; i++) {
            assertThat(client.ask(post("hb", octets(5))).getCode()).isEqualTo(ResponseCode.CHANGED);
        }
    }

    @Test
    void a_handler_that_fails_tells_the_device_nothing_of_it() throws Exception {
        BareClient client = client(server((peer, request, answer) -> {
            throw new IllegalStateException("a secret of the store");
        }));

        Response answer = client.ask(post("hb", octets(5)));

        assertThat(answer.getCode()).isEqualTo(ResponseCode.INTERNAL_SERVER_ERROR);
        assertThat(answer.getPayloadString()).isEqualTo("the server failed");
    }

    @Test
    void a_handler_or_a_lookup_that_blocks_stalls_nobody_else() throws Exception {
        var gate = new CountDownLatch(1);
        var blocked = RotPublicUid.parse("00000000000000aa");
        InetSocketAddress server = server(
                uid -> {
                    if (uid.equals(blocked)) {
                        pass(gate);
                    }
                    return Optional.of(Bytes.of(KEY));
                },
                (peer, request, answer) -> {
                    if (request.path().equals("/hb/results")) {
                        pass(gate);
                    }
                    echo(peer, request, answer);
                });
        BareClient first = client(server);
        Request held = post("hb/results", octets(5));
        first.send(held);
        Request heldInHandshake = post("hb", octets(5));
        client(server, blocked.toString(), KEY, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8)
                .send(heldInHandshake);

        assertThat(client(server).ask(post("hb", octets(5))).getCode()).isEqualTo(ResponseCode.CHANGED);
        assertThat(first.ask(post("hb", octets(6))).getCode()).isEqualTo(ResponseCode.CHANGED);

        gate.countDown();
        assertThat(held.waitForResponse(30_000)).isNotNull();
        assertThat(heldInHandshake.waitForResponse(30_000)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcdef, ff0102030405060708090a0b0c0d0eff, a wrong key",
        "0123456789abcde0, 000102030405060708090a0b0c0d0eff, an unknown device",
        "0123456789ABCDEF, 000102030405060708090a0b0c0d0eff, another spelling",
        "garbage, 000102030405060708090a0b0c0d0eff, no identity at all",
        "ffffffffffffffff, 000102030405060708090a0b0c0d0eff, a lookup that fails",
    })
    void who_does_not_prove_a_key_gets_silence_and_reaches_no_handler(String identity, String key, String why)
            throws Exception {
        InetSocketAddress server = server(
                uid -> {
                    if (uid.bits() == -1) {
                        throw new IllegalStateException("the store is down");
                    }
                    return uid.equals(UID) ? Optional.of(Bytes.of(KEY)) : Optional.empty();
                },
                this::echo);
        BareClient client =
                client(server, identity, HexFormat.of().parseHex(key), CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);

        assertThat(client.ask(post("hb", octets(5)), SILENCE_MILLIS)).as(why).isNull();
        assertThat(received).isEmpty();
        assertThat(client(server).ask(post("hb", octets(5))).getCode()).isEqualTo(ResponseCode.CHANGED);
    }

    @Test
    void a_client_hello_without_a_cookie_gets_a_hello_verify_request_and_no_more() throws Exception {
        InetSocketAddress server = server(this::echo);
        // Record: handshake, DTLS 1.2, epoch 0, sequence 0; ClientHello: no session, no cookie, PSK_CCM_8, no
        // compression.
        byte[] hello = HexFormat.of()
                .parseHex("16fefd0000000000000000" + "0036" + "0100002a000000000000002a" + "fefd" + "00".repeat(32)
                        + "00" + "00" + "0002c0a8" + "0100");
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            socket.send(new DatagramPacket(hello, hello.length, server));
            var reply = new DatagramPacket(new byte[2048], 2048);
            socket.receive(reply);

            assertThat(reply.getData()[0]).as("handshake").isEqualTo((byte) 22);
            assertThat(reply.getData()[13]).as("HelloVerifyRequest").isEqualTo((byte) 3);
            assertThat(reply.getLength()).as("no amplification").isLessThanOrEqualTo(hello.length);
        }
    }

    @Test
    void garbage_datagrams_do_no_harm() throws Exception {
        InetSocketAddress server = server(this::echo);
        BareClient client = client(server);
        client.ask(post("hb", octets(5)));
        long seed = 20261124;
        var random = new Random(seed);
        try (var socket = new DatagramSocket()) {
            for (int i = 0; i < 5000; i++) {
                byte[] garbage = new byte[random.nextInt(1, 300)];
                random.nextBytes(garbage);
                if (random.nextBoolean()) {
                    // As if it were a record: a type, DTLS 1.2, an epoch.
                    byte[] header = {
                        (byte) (20 + random.nextInt(6)), (byte) 0xfe, (byte) 0xfd, 0, (byte) random.nextInt(2)
                    };
                    System.arraycopy(header, 0, garbage, 0, Math.min(header.length, garbage.length));
                }
                socket.send(new DatagramPacket(garbage, garbage.length, server));
            }
        }

        assertThat(client.ask(post("hb", octets(5))).getCode())
                .as("seed %d", seed)
                .isEqualTo(ResponseCode.CHANGED);
        assertThat(client(server).ask(post("hb", octets(5))).getCode()).isEqualTo(ResponseCode.CHANGED);
    }

    @Test
    void close_frees_the_port_and_ignores_answers_still_to_come() throws Exception {
        var held = new AtomicReference<Received>();
        var endpoint = new CoapsEndpoint(
                loopback(0),
                uid -> Optional.of(Bytes.of(KEY)),
                (peer, request, answer) -> held.set(new Received(peer, request, answer)),
                loop,
                work);
        endpoint.start();
        InetSocketAddress address = endpoint.address();
        client(address).send(post("hb", octets(5)));
        await().until(() -> held.get() != null);

        endpoint.close();

        new DatagramSocket(address).close();
        echo(held.get().peer(), held.get().request(), held.get().answer());
        assertThat(loop.submit(() -> "alive").get()).isEqualTo("alive");
    }

    @Test
    void a_taken_port_is_an_error_at_the_start() throws Exception {
        InetSocketAddress taken = server(this::echo);
        var endpoint = new CoapsEndpoint(taken, uid -> Optional.empty(), this::echo, loop, work);

        org.assertj.core.api.Assertions.assertThatThrownBy(endpoint::start).isInstanceOf(IOException.class);
        endpoint.close();
    }

    private void echo(
            RotPublicUid peer,
            dev.rootbeat.rot.protocol.Request request,
            Consumer<dev.rootbeat.rot.protocol.Response> answer) {
        received.add(new Received(peer, request, answer));
        answer.accept(dev.rootbeat.rot.protocol.Response.changed(request.payload()));
    }

    private InetSocketAddress server(RequestHandler handler) throws IOException {
        return server(uid -> uid.equals(UID) ? Optional.of(Bytes.of(KEY)) : Optional.empty(), handler);
    }

    private InetSocketAddress server(PskLookup keys, RequestHandler handler) throws IOException {
        var endpoint = new CoapsEndpoint(loopback(0), keys, handler, loop, work);
        opened.add(endpoint);
        endpoint.start();
        return endpoint.address();
    }

    private BareClient client(InetSocketAddress server) throws IOException {
        return client(server, UID.toString(), KEY, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);
    }

    private BareClient client(InetSocketAddress server, String identity, byte[] key, CipherSuite suite)
            throws IOException {
        var client = new BareClient(server, identity, key, suite);
        opened.add(client);
        return client;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Request post(String path, byte[] payload) {
        Request request = Request.newPost();
        request.getOptions().setUriPath(path);
        request.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_CBOR);
        request.setPayload(payload);
        return request;
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same octets each time. */
    private static byte[] octets(int size) {
        byte[] octets = new byte[size];
        Arrays.fill(octets, "x".getBytes(StandardCharsets.US_ASCII)[0]);
        return octets;
    }
}
