package dev.rootbeat.module.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootbeat.module.network.TestWorld;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import java.util.ArrayList;
import java.util.List;

/** The other end of the newest connection in a world: a broker that does as a test says. */
public final class ScriptedBroker {

    private final TestWorld.Peer peer;
    private final EmbeddedChannel codec = new EmbeddedChannel(new MqttDecoder(1 << 20), MqttEncoder.INSTANCE);
    private int heard;

    /** Answers on the newest connection. */
    public ScriptedBroker(TestWorld world) {
        this.peer = world.peers.getLast();
    }

    /** The connection. */
    public TestWorld.Peer peer() {
        return peer;
    }

    /** The packets that came since the last look. Their content is never pooled, so nothing has to be released. */
    public List<MqttMessage> heard() {
        String all = peer.heard();
        codec.writeInbound(Unpooled.wrappedBuffer(all.substring(heard).getBytes(ISO_8859_1)));
        heard = all.length();
        var packets = new ArrayList<MqttMessage>();
        for (MqttMessage packet = codec.readInbound(); packet != null; packet = codec.readInbound()) {
            packets.add(packet);
        }
        return packets;
    }

    /** The types of the packets that came since the last look. */
    public List<MqttMessageType> types() {
        return heard().stream()
                .map(packet -> packet.fixedHeader().messageType())
                .toList();
    }

    /** Sends a packet. */
    public void say(MqttMessage packet) {
        codec.writeOutbound(packet);
        for (ByteBuf out = codec.readOutbound(); out != null; out = codec.readOutbound()) {
            peer.say(new String(ByteBufUtil.getBytes(out), ISO_8859_1));
            out.release();
        }
    }

    /** Answers a login. */
    public void accept(boolean sessionPresent) {
        answer(MqttConnectReturnCode.CONNECTION_ACCEPTED, sessionPresent);
    }

    /** Refuses a login. */
    public void refuse(MqttConnectReturnCode why) {
        answer(why, false);
    }

    private void answer(MqttConnectReturnCode code, boolean sessionPresent) {
        say(new MqttConnAckMessage(
                fixed(MqttMessageType.CONNACK, MqttQoS.AT_MOST_ONCE),
                new MqttConnAckVariableHeader(code, sessionPresent)));
    }

    /** Acknowledges what has the number of a packet. */
    public void acknowledge(MqttMessageType type, int number) {
        MqttQoS qos = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        say(new MqttMessage(fixed(type, qos), MqttMessageIdVariableHeader.from(number)));
    }

    /** Answers a subscription. */
    public void subscribed(int number, int granted) {
        say(new MqttSubAckMessage(
                fixed(MqttMessageType.SUBACK, MqttQoS.AT_MOST_ONCE),
                MqttMessageIdVariableHeader.from(number),
                new MqttSubAckPayload(granted)));
    }

    /** Delivers a message. */
    public void publish(int number, int qos, String topic, String content) {
        say(new MqttPublishMessage(
                fixed(MqttMessageType.PUBLISH, MqttQoS.valueOf(qos)),
                new MqttPublishVariableHeader(topic, number),
                Unpooled.wrappedBuffer(content.getBytes(UTF_8))));
    }

    private static MqttFixedHeader fixed(MqttMessageType type, MqttQoS qos) {
        return new MqttFixedHeader(type, false, qos, false, 0);
    }
}
