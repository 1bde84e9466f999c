package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secrets of Roots of Trust and what is derived from them (protocol, section 1). Both sides derive: a device from
 * its own root secret, the server from the manufacturer's master secret and the device's public identity. Every step
 * is HKDF-SHA-256 (RFC 5869) without a salt and with a label of its own as info, so that no derived key says anything
 * about another.
 */
public final class KeyHierarchy {

    /** The master secret of devices and servers that are given no other; for tests, as everybody knows it. */
    public static final Bytes TEST_MASTER = Bytes.ofHex("526f6f746265617420746573742073656372657421");

    /** The shortest master secret, in octets: as strong as the channel keys that come from it. */
    public static final int MIN_MASTER_OCTETS = 16;

    /** The length of a root secret, in octets. */
    public static final int ROOT_SECRET_OCTETS = 32;

    /** The length of a channel key, in octets: that of the AES keys of the channel's cipher suites. */
    public static final int CHANNEL_KEY_OCTETS = 16;

    private static final byte[] ROOT_SECRET = "rootbeat root secret".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHANNEL_KEY = "rootbeat channel key".getBytes(StandardCharsets.US_ASCII);

    private KeyHierarchy() {}

    /**
     * Derives the root secret of a device: {@value #ROOT_SECRET_OCTETS} octets.
     *
     * @param master the manufacturer's secret, at least {@value #MIN_MASTER_OCTETS} octets
     * @throws IllegalArgumentException if the master secret is shorter
     */
    public static Bytes rootSecret(Bytes master, RotPublicUid uid) {
        if (master.size() < MIN_MASTER_OCTETS) {
            throw new IllegalArgumentException("a master secret has at least " + MIN_MASTER_OCTETS + " octets");
        }
        byte[] info = ByteBuffer.allocate(ROOT_SECRET.length + Long.BYTES)
                .put(ROOT_SECRET)
                .putLong(uid.bits())
                .array();
        return hkdf(master, info, ROOT_SECRET_OCTETS);
    }

    /** Derives the pre-shared key of a device's secure channel: {@value #CHANNEL_KEY_OCTETS} octets. */
    public static Bytes channelKey(Bytes rootSecret) {
        return hkdf(rootSecret, CHANNEL_KEY, CHANNEL_KEY_OCTETS);
    }

    private static Bytes hkdf(Bytes inputKey, byte[] info, int octets) {
        try {
            return Bytes.of(KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(inputKey.toArray())
                            .thenExpand(info, octets)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform has no HKDF-SHA256", e);
        }
    }
}
