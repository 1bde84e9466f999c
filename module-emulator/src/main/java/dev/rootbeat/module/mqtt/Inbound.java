package dev.rootbeat.module.mqtt;

import dev.rootbeat.rot.protocol.Bytes;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that came and were not read yet, oldest first. What there is no room for is lost, and not acknowledged, so
 * that a broker that keeps the session delivers it again after the next login.
 */
final class Inbound {

    /** How many messages there can be (ours). */
    static final int MOST = 64;

    /** How many octets they have together at most, with their topics (ours). */
    static final int MAX_OCTETS = 64 * 1024;

    /** How many of quality 2 may be half received (ours; brokers usually send no more than 20 at once). */
    static final int MAX_HALF_RECEIVED = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final Deque<ReceivedMessage> unread = new ArrayDeque<>();
    private final Set<Integer> halfReceived = new HashSet<>();
    private int octets;

    /** How many messages are there. */
    int count() {
        return unread.size();
    }

    /** Takes the oldest message. */
    Optional<ReceivedMessage> take() {
        Optional<ReceivedMessage> first = Optional.ofNullable(unread.pollFirst());
        octets -= first.map(ReceivedMessage::octets).orElse(0);
        return first;
    }

    /** The broker knows nothing of what was before. */
    void forgetSession() {
        halfReceived.clear();
    }

    /**
     * Takes what was published, and returns what acknowledges it, if something is to.
     *
     * @param canAnswer whether the broker takes acknowledgements, which would pile up else
     */
    Optional<MqttMessage> published(MqttPublishMessage packet, boolean canAnswer) {
        int number = packet.variableHeader().packetId();
        MqttQoS qos = packet.fixedHeader().qosLevel();
        boolean again = qos == MqttQoS.EXACTLY_ONCE && halfReceived.contains(number);
        var message = new ReceivedMessage(
                qos.value(),
                Packets.octets(packet.variableHeader().topicName()),
                Bytes.of(ByteBufUtil.getBytes(packet.payload())));
        boolean answered = qos != MqttQoS.AT_MOST_ONCE;
        if ((answered && !canAnswer) || (!again && !hasRoomFor(message))) {
            LOG.info("there is no room for a message of {} octets", message.octets());
            return Optional.empty();
        }
        if (!again) {
            unread.addLast(message);
            octets += message.octets();
        }
        if (qos == MqttQoS.EXACTLY_ONCE) {
            halfReceived.add(number);
        }
        return answered
                ? Optional.of(Packets.acknowledge(
                        qos == MqttQoS.EXACTLY_ONCE ? MqttMessageType.PUBREC : MqttMessageType.PUBACK, number))
                : Optional.empty();
    }

    private boolean hasRoomFor(ReceivedMessage message) {
        return unread.size() < MOST
                && octets + message.octets() <= MAX_OCTETS
                && (message.qos() != MqttQoS.EXACTLY_ONCE.value() || halfReceived.size() < MAX_HALF_RECEIVED);
    }

    /** The broker will not send a message of quality 2 again; returns what confirms that. */
    MqttMessage released(int number) {
        halfReceived.remove(number);
        return Packets.acknowledge(MqttMessageType.PUBCOMP, number);
    }
}
