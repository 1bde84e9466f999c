package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.protocol.Bytes;

/**
 * What one end-to-end protected message is encrypted with: AES-128-CCM (RFC 3610). The service tells it to who may read
 * the message.
 *
 * @param key {@value #KEY_OCTETS} octets
 * @param nonce {@value #NONCE_OCTETS} octets, which leaves messages of up to 65,535 octets
 */
public record MessageKey(Bytes key, Bytes nonce) {

    /** The length of the key, in octets. */
    public static final int KEY_OCTETS = 16;

    /** The length of the nonce, in octets. */
    public static final int NONCE_OCTETS = 13;

    /** The length of the message authentication code, in bits, as the service tells it. */
    public static final int MAC_BITS = 128;

    /** Shows nothing: the key must not reach a log. */
    @Override
    public String toString() {
        return "MessageKey";
    }
}
