package dev.rootbeat.module.tls;

import dev.rootbeat.rot.protocol.Bytes;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * What a module shows a server that asks who it is.
 *
 * @param chain DER certificates, its own first
 * @param key that of the first certificate
 */
record ClientIdentity(List<Bytes> chain, AsymmetricKeyParameter key) {

    /** Names the certificate only: the key must not reach a log. */
    @Override
    public String toString() {
        return "ClientIdentity[" + chain.getFirst().sha256() + "]";
    }
}
