package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
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

    private static final byte[] PRE_SHARED_KEY = "rootbeat pre-shared key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_TO_END = "rootbeat end-to-end".getBytes(StandardCharsets.US_ASCII);

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
        byte[] bits = ByteBuffer.allocate(Long.BYTES).putLong(uid.bits()).array();
        return hkdf(master, info(ROOT_SECRET, bits), ROOT_SECRET_OCTETS);
    }

    /** Derives the pre-shared key of a device's secure channel: {@value #CHANNEL_KEY_OCTETS} octets. */
    public static Bytes channelKey(Bytes rootSecret) {
        return hkdf(rootSecret, CHANNEL_KEY, CHANNEL_KEY_OCTETS);
    }

    /**
     * Derives a pre-shared key that a device has generated for its host (AT reference, section 2.2).
     *
     * @param id of a key of 16 or of 32 octets
     * @throws IllegalArgumentException if it is the ID of something else
     */
    public static Bytes preSharedKey(Bytes rootSecret, KeyId id) {
        int octets = switch (id.use()) {
            case PSK_16 -> 16;
            case PSK_32 -> 32;
            case END_TO_END_V1, END_TO_END_V2 -> throw new IllegalArgumentException("not the ID of a PSK: " + id);
        };
        return hkdf(rootSecret, info(PRE_SHARED_KEY, id.encode().toArray()), octets);
    }

    /** Derives what a message with this header is encrypted with (AT reference, section 2.3). */
    public static MessageKey messageKey(Bytes rootSecret, KeyId header) {
        byte[] derived = hkdf(
                        rootSecret,
                        info(END_TO_END, header.encode().toArray()),
                        MessageKey.KEY_OCTETS + MessageKey.NONCE_OCTETS)
                .toArray();
        return new MessageKey(
                Bytes.of(Arrays.copyOf(derived, MessageKey.KEY_OCTETS)),
                Bytes.of(Arrays.copyOfRange(derived, MessageKey.KEY_OCTETS, derived.length)));
    }

    private static byte[] info(byte[] label, byte[] context) {
        byte[] info = Arrays.copyOf(label, label.length + context.length);
        System.arraycopy(context, 0, info, label.length, context.length);
        return info;
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
