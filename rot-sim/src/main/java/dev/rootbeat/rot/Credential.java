package dev.rootbeat.rot;

import dev.rootbeat.rot.protocol.Bytes;
import java.security.PrivateKey;
import java.util.List;

/**
 * The active credential of a slot.
 *
 * @param privateKey the private key of the first certificate
 * @param chain DER certificates, the device's own first
 * @param trustAnchors DER certificates of the authorities that came with it
 */
public record Credential(PrivateKey privateKey, List<Bytes> chain, List<Bytes> trustAnchors) {

    /** Names the certificate only: the key must not reach a log. */
    @Override
    public String toString() {
        return "Credential[" + chain.getFirst().sha256() + "]";
    }
}
