package dev.rootbeat.module.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootbeat.module.mqtt.MqttProfile.Parameter;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packets that a client sends (MQTT 3.1.1, section 3). Text of the host has one octet a character. */
final class Packets {

    private Packets() {}

    /** Logs in, by default as who the module is. */
    static MqttMessage connect(MqttProfile profile, String imei) {
        String clientId = profile.get(Parameter.CLIENT_ID);
        boolean will = !profile.get(Parameter.WILL_TOPIC).isEmpty();
        String user = orNull(profile.get(Parameter.USER));
        // A password without a user is not allowed (MQTT 3.1.1, section 3.1.2.9).
        String password = user == null ? null : orNull(profile.get(Parameter.PASSWORD));
        var header = new MqttConnectVariableHeader(
                MqttVersion.MQTT_3_1_1.protocolName(),
                MqttVersion.MQTT_3_1_1.protocolLevel(),
                user != null,
                password != null,
                will && profile.is(Parameter.WILL_RETAIN),
                will ? profile.number(Parameter.WILL_QOS) : 0,
                will,
                profile.is(Parameter.CLEAN_SESSION),
                profile.number(Parameter.TIMEOUT));
        var payload = new MqttConnectPayload(
                text(clientId.isEmpty() ? imei : clientId),
                will ? text(profile.get(Parameter.WILL_TOPIC)) : null,
                will ? profile.get(Parameter.WILL_MESSAGE).getBytes(ISO_8859_1) : null,
                user == null ? null : text(user),
                password == null ? null : password.getBytes(ISO_8859_1));
        return new MqttConnectMessage(fixed(MqttMessageType.CONNECT, MqttQoS.AT_MOST_ONCE, false), header, payload);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Publishes; the packet number counts from quality 1 on. */
    static MqttMessage publish(int number, int qos, boolean retain, String topic, byte[] content) {
        return new MqttPublishMessage(
                fixed(MqttMessageType.PUBLISH, MqttQoS.valueOf(qos), retain),
                new MqttPublishVariableHeader(text(topic), number),
                Unpooled.wrappedBuffer(content));
    }

    static MqttMessage subscribe(int number, int qos, String filter) {
        return new MqttSubscribeMessage(
                fixed(MqttMessageType.SUBSCRIBE, MqttQoS.AT_LEAST_ONCE, false),
                MqttMessageIdVariableHeader.from(number),
                new MqttSubscribePayload(List.of(new MqttTopicSubscription(text(filter), MqttQoS.valueOf(qos)))));
    }

    static MqttMessage unsubscribe(int number, String filter) {
        return new MqttUnsubscribeMessage(
                fixed(MqttMessageType.UNSUBSCRIBE, MqttQoS.AT_LEAST_ONCE, false),
                MqttMessageIdVariableHeader.from(number),
                new MqttUnsubscribePayload(List.of(text(filter))));
    }

    /** Acknowledges a step of what has the packet number. */
    static MqttMessage acknowledge(MqttMessageType type, int number) {
        MqttQoS qos = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        return new MqttMessage(fixed(type, qos, false), MqttMessageIdVariableHeader.from(number));
    }

    private static MqttFixedHeader fixed(MqttMessageType type, MqttQoS qos, boolean retain) {
        return new MqttFixedHeader(type, false, qos, retain, 0);
    }

    /** The octets of the host are UTF-8 (MQTT 3.1.1, section 1.5.3). */
    private static String text(String octets) {
        return new String(octets.getBytes(ISO_8859_1), UTF_8);
    }

    /** The text of a packet as the host sees it. */
    static String octets(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
