package dev.rootbeat.rot;

import dev.rootbeat.rot.protocol.Bytes;

/**
 * A pre-shared key that a Root of Trust has generated.
 *
 * @param id what the service derives the same key from, 14 octets
 * @param key 16 or 32 octets
 */
public record PreSharedKey(Bytes id, Bytes key) {

    /** Shows the ID only: the key must not reach a log. */
    @Override
    public String toString() {
        return "PreSharedKey[" + id + "]";
    }
}
