package dev.rootbeat.rot;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;

/**
 * What a Root of Trust is given when it is manufactured and never changes.
 *
 * @param uid its public identity
 * @param rootSecret 32 octets that never leave it; every other key is derived from them
 */
public record RotIdentity(RotPublicUid uid, Bytes rootSecret) {

    /** Names the identity only: the secret must not reach a log. */
    @Override
    public String toString() {
        return "RotIdentity[" + uid + "]";
    }
}
