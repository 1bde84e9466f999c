package dev.rootbeat.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client in the hands of a test: it says what the test wants, packet by packet, well or badly. */
final class Client implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final SSLSocket socket;
    private final EmbeddedChannel in = new EmbeddedChannel(new MqttDecoder());

    private Client(SSLSocket socket) {
        this.socket = socket;
    }

    /** Comes to TLS. */
    static Client open(Site site, SSLContext tls, String... protocols) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), site.port());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new Client(socket);
    }

    /** Logs in under a client id. */
    static Client login(Site site, Site.Identity identity, String id) throws Exception {
        Client client = open(site, site.tls(identity));
        assertThat(client.connect(id)).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        return client;
    }

    static MqttMessageBuilders.ConnectBuilder hello(String id) {
        return MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_3_1_1)
                .clientId(id)
                .cleanSession(true)
                .keepAlive(60);
    }

    MqttConnectReturnCode connect(String id) throws IOException {
        return connect(hello(id));
    }

    MqttConnectReturnCode connect(MqttMessageBuilders.ConnectBuilder hello) throws IOException {
        send(hello.build());
        var answer = (MqttConnAckMessage) answer();
        return answer.variableHeader().connectReturnCode();
    }

    List<Integer> subscribe(MqttQoS qos, String... filters) throws IOException {
        var message = MqttMessageBuilders.subscribe().messageId(7);
        for (String filter : filters) {
            message.addSubscription(qos, filter);
        }
        send(message.build());
        var answer = (MqttSubAckMessage) answer();
        return answer.payload().grantedQoSLevels();
    }

    void publish(MqttQoS qos, String topic, String text) throws IOException {
        send(MqttMessageBuilders.publish()
                .qos(qos)
                .messageId(9)
                .topicName(topic)
                .payload(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
                .build());
    }

    /** Waits for a message: its topic, its QoS, and what it says. */
    String heard() throws IOException {
        var published = (MqttPublishMessage) answer();
        try {
            return published.variableHeader().topicName() + " "
                    + published.fixedHeader().qosLevel().value() + " "
                    + published.payload().toString(StandardCharsets.UTF_8);
        } finally {
            published.release();
        }
    }

    void send(MqttMessage message) throws IOException {
        var out = new EmbeddedChannel(MqttEncoder.INSTANCE);
        assertThat(out.writeOutbound(message)).isTrue();
        ByteBuf octets = out.readOutbound();
        raw(ByteBufUtil.getBytes(octets));
        octets.release();
        out.finishAndReleaseAll();
    }

    void raw(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    private MqttMessage answer() throws IOException {
        return Objects.requireNonNull(receive(), "the connection ended");
    }

    /** Waits for a packet; null if the connection ends. */
    @Nullable
    MqttMessage receive() throws IOException {
        MqttMessage message = in.readInbound();
        while (message == null) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return null;
            }
            in.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) octet}));
            message = in.readInbound();
        }
        return message;
    }

    /** Waits until the server ends the connection, having said nothing more. */
    void isSentAway() {
        try {
            assertThat(receive()).isNull();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still connected", e);
        } catch (IOException e) {
            assertThat(e).as("reset, or a TLS alert").isNotNull();
        }
    }

    /** Waits until the server ends the connection, whatever it says before. */
    void ends() throws IOException {
        int octet;
        do {
            octet = socket.getInputStream().read();
        } while (octet >= 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        in.finishAndReleaseAll();
    }
}
