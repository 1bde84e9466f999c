package dev.rootbeat.module.mqtt;

import dev.rootbeat.rot.protocol.Bytes;

/**
 * A message that was published.
 *
 * @param qos the quality of service, 0 to 2
 * @param topic one octet a character
 */
public record ReceivedMessage(int qos, String topic, Bytes content) {

    /** How many octets its topic and its content have. */
    public int octets() {
        return topic.length() + content.size();
    }
}
