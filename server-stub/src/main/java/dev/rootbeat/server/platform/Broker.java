package dev.rootbeat.server.platform;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is logged in, by domain and client id, and the way of messages between them. It belongs to one event loop. */
final class Broker {

    private final Map<String, Map<String, MqttSession>> sessions = new HashMap<>();

    /**
     * Takes a session in. The one that the same device had under this client id ends.
     *
     * @return whether the client id is free, or was the same device's
     */
    boolean enter(String domain, String clientId, MqttSession session) {
        Map<String, MqttSession> ofDomain = sessions.computeIfAbsent(domain, _ -> new HashMap<>());
        MqttSession before = ofDomain.get(clientId);
        if (before != null && !before.device().equals(session.device())) {
            return false;
        }
        ofDomain.put(clientId, session);
        if (before != null) {
            before.close();
        }
        return true;
    }

    /** Lets a session go, unless another has taken its place. */
    void leave(String domain, String clientId, MqttSession session) {
        sessions.computeIfPresent(
                domain, (_, ofDomain) -> ofDomain.remove(clientId, session) && ofDomain.isEmpty() ? null : ofDomain);
    }

    /** Hands a message to all who want it in a domain; the caller keeps the payload. */
    void publish(String domain, String topic, ByteBuf payload, MqttQoS qos) {
        // A session that cannot take more ends meanwhile.
        List.copyOf(sessions.getOrDefault(domain, Map.of()).values())
                .forEach(session -> session.deliver(topic, payload, qos));
    }
}
