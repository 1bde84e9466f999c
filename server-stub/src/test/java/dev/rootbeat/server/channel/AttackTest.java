package dev.rootbeat.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who have no key but can hear and send datagrams, also under others' addresses. */
class AttackTest {

    private static final RotPublicUid UID = RotPublicUid.parse("0123456789abcdef");
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0eff");
    private static final byte[] DATA = {23};
    private static final long SEED = 20261124;

    /** Where a record's type is, and in a handshake the message's. */
    private static final int RECORD_TYPE = 0;

    private static final int MESSAGE_TYPE = 13;

    private static final int APPLICATION_DATA_WITH_ID = 25;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicInteger lookups = new AtomicInteger();
    private final CoapsEndpoint endpoint = new CoapsEndpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            uid -> {
                lookups.incrementAndGet();
                return uid.equals(UID) ? Optional.of(Bytes.of(KEY)) : Optional.empty();
            },
            (peer, request, answer) -> {
                handled.incrementAndGet();
                answer.accept(dev.rootbeat.rot.protocol.Response.changed(request.payload()));
            },
            loop,
            work);

    @BeforeEach
    void start() throws IOException {
        endpoint.start();
    }

    @AfterEach
    void close_everything() throws InterruptedException {
        endpoint.close();
        work.shutdownNow();
        assertThat(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS))
                .isTrue();
        assertThat(work.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_record_that_comes_again_has_no_effect_and_no_answer_from_wherever_it_comes() throws Exception {
        try (var tap = new Wiretap(endpoint.address());
                var client = client(tap.address());
                var stranger = new DatagramSocket()) {
            isAnswered(client);
            int answers = tap.answered().size();
            byte[] request = tap.sent().getLast();
            assertThat(request[RECORD_TYPE]).isEqualTo((byte) APPLICATION_DATA_WITH_ID);
            for (int i = 0; i < 20; i++) {
                tap.inject(request);
                stranger.send(new DatagramPacket(request, request.length, endpoint.address()));
            }

            isAnswered(client);

            assertThat(handled).as("the client's own requests").hasValue(2);
            assertThat(tap.answered())
                    .as("one answer more, to the client's own request")
                    .hasSize(answers + 1);
            assertThat(heard(stranger)).as("octets").isZero();
        }
    }

    @Test
    void a_handshake_that_comes_again_from_elsewhere_gets_no_further_than_a_cookie() throws Exception {
        try (var tap = new Wiretap(endpoint.address());
                var client = client(tap.address());
                var stranger = new DatagramSocket()) {
            isAnswered(client);
            int asked = lookups.get();
            int sent = 0;
            for (byte[] octets : tap.sent()) {
                stranger.send(new DatagramPacket(octets, octets.length, endpoint.address()));
                sent += octets.length;
            }

            isAnswered(client);

            assertThat(heard(stranger)).as("octets in return").isBetween(1, sent);
            assertThat(lookups).hasValue(asked);
            assertThat(handled).hasValue(2);
            assertThat(endpoint.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_flood_of_client_hellos_makes_no_connections_and_no_more_octets_than_it_has() throws Exception {
        var random = new Random(SEED);
        var spoofed = new LinkedHashMap<DatagramChannel, Integer>();
        try (var tap = new Wiretap(endpoint.address());
                var client = client(tap.address())) {
            isAnswered(client);
            byte[] session = session(tap);
            assertThat(session).isNotEmpty();
            for (int i = 0; i < 1_000; i++) {
                // Each comes from an address of its own, as far as the server can see.
                var from = new InetSocketAddress("127.1." + i / 200 + "." + (1 + i % 200), 0);
                DatagramChannel channel = DatagramChannel.open().bind(from);
                channel.configureBlocking(false);
                byte[] cookie = new byte[i % 2 == 0 ? 0 : 32];
                random.nextBytes(cookie);
                byte[] hello = hello(random, i % 3 == 0 ? session : new byte[0], cookie);
                spoofed.put(channel, channel.send(ByteBuffer.wrap(hello), endpoint.address()));
            }

            isAnswered(client);

            for (Map.Entry<DatagramChannel, Integer> each : spoofed.entrySet()) {
                assertThat(heard(each.getKey()))
                        .as("octets in return, seed %d", SEED)
                        .isBetween(1, each.getValue());
            }
            assertThat(endpoint.connections()).isEqualTo(1);
            assertThat(lookups).as("of the client alone").hasValue(1);
        } finally {
            for (DatagramChannel channel : spoofed.keySet()) {
                channel.close();
            }
        }
    }

    private BareClient client(InetSocketAddress server) throws IOException {
        return new BareClient(server, UID.toString(), KEY, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);
    }

    /** Datagrams arrive in order on this machine: what came before a request was seen before it was answered. */
    private static void isAnswered(BareClient client) throws InterruptedException {
        Request request = Request.newPost();
        request.getOptions().setUriPath("hb");
        request.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_CBOR);
        request.setPayload(DATA);
        assertThat(client.ask(request).getCode()).isEqualTo(ResponseCode.CHANGED);
    }

    /** The session that the server named in its ServerHello, for all to hear. */
    private static byte[] session(Wiretap tap) {
        byte[] hello = tap.answered().stream()
                .filter(octets -> octets[RECORD_TYPE] == 22 && octets[MESSAGE_TYPE] == 2)
                .findFirst()
                .orElseThrow();
        int at = MESSAGE_TYPE + 12 + 2 + 32;
        return Arrays.copyOfRange(hello, at + 1, at + 1 + hello[at]);
    }

    /** A record of epoch 0 with a ClientHello for PSK_CCM_8 (RFC 6347, section 4.3.2), as short as can be. */
    private static byte[] hello(Random random, byte[] session, byte[] cookie) {
        byte[] own = new byte[32];
        random.nextBytes(own);
        int size = 2 + own.length + 1 + session.length + 1 + cookie.length + 4 + 2;
        return ByteBuffer.allocate(13 + 12 + size)
                .put(HexFormat.of().parseHex("16fefd0000000000000000"))
                .putShort((short) (12 + size))
                .putInt(1 << 24 | size) // the type, and 24 bits of length
                .putShort((short) 0)
                .putInt(0) // with the next: the fragment begins at 0
                .putShort((short) size)
                .putShort((short) 0xfefd)
                .put(own)
                .put((byte) session.length)
                .put(session)
                .put((byte) cookie.length)
                .put(cookie)
                .put(HexFormat.of().parseHex("0002c0a80100"))
                .array();
    }

    private static int heard(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(1);
        int octets = 0;
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                octets += packet.getLength();
            }
        } catch (SocketTimeoutException e) {
            return octets;
        }
    }

    private static int heard(DatagramChannel channel) throws IOException {
        int octets = 0;
        var buffer = ByteBuffer.allocate(2048);
        while (channel.receive(buffer) != null) {
            octets += buffer.position();
            buffer.clear();
        }
        return octets;
    }
}
