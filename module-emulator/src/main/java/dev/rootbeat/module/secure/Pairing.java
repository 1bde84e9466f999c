package dev.rootbeat.module.secure;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a host and a module share once they are paired, and how they protect data with it (AT reference, section 2.4).
 *
 * <ul>
 *   <li>V1: AES-128-CBC of the padded data and its SHA-256 digest, and the initial vector behind.
 *   <li>V2: the initial vector, AES-128-CBC of the padded data, and the first half of HMAC-SHA-256 over both and the
 *       host's secret.
 * </ul>
 *
 * @param scheme how data is protected
 * @param secret what the host chose, {@value #OCTETS} octets
 * @param key encrypts, {@value #OCTETS} octets
 * @param macKey authenticates in V2, {@value #OCTETS} octets
 */
public record Pairing(Scheme scheme, Bytes secret, Bytes key, Bytes macKey) {

    /** How data is protected. */
    public enum Scheme {
        /** Encrypted, with a digest inside. */
        V1,
        /** Encrypted, then authenticated; the host confirms the pairing. */
        V2
    }

    /** The length of every secret and key, in octets: that of an AES-128 key. */
    public static final int OCTETS = 16;

    static final int BLOCK = 16;
    static final int DIGEST = 32;
    private static final int MAC = 16;
    private static final int STORED = 1 + 3 * OCTETS;
    private static final byte STORED_V1 = 1;
    private static final byte STORED_V2 = 2;

    /** Pairs with a host: draws the keys. */
    public static Pairing draw(Scheme scheme, Bytes secret, RandomGenerator random) {
        return new Pairing(scheme, secret, octets(random), octets(random));
    }

    /** Draws {@value #OCTETS} octets. */
    public static Bytes octets(RandomGenerator random) {
        byte[] drawn = new byte[OCTETS];
        random.nextBytes(drawn);
        return Bytes.of(drawn);
    }

    /** Reads what was stored; nothing if nothing was. */
    public static Optional<Pairing> decode(@Nullable Bytes stored) {
        if (stored == null || stored.size() != STORED) {
            return Optional.empty();
        }
        byte[] octets = stored.toArray();
        return Optional.of(new Pairing(
                octets[0] == STORED_V1 ? Scheme.V1 : Scheme.V2,
                part(octets, 1),
                part(octets, 1 + OCTETS),
                part(octets, 1 + 2 * OCTETS)));
    }

    /** Writes it for the storage. */
    public Bytes encode() {
        return Bytes.of(joined(
                new byte[] {scheme == Scheme.V1 ? STORED_V1 : STORED_V2},
                secret.toArray(),
                key.toArray(),
                macKey.toArray()));
    }

    /** The longest protected form of so many octets, in octets. */
    int longest(int octets) {
        int overhead = scheme == Scheme.V1 ? DIGEST + BLOCK : BLOCK + MAC;
        return octets / BLOCK * BLOCK + BLOCK + overhead;
    }

    /** Protects data with an initial vector that no other data had. */
    public byte[] protect(byte[] data, Bytes vector) {
        byte[] padded = pad(data);
        return switch (scheme) {
            case V1 -> joined(encrypt(joined(padded, sha256(padded)), vector.toArray()), vector.toArray());
            case V2 -> {
                byte[] body = joined(vector.toArray(), encrypt(padded, vector.toArray()));
                yield joined(body, mac(body));
            }
        };
    }

    /** Returns the data that a host has protected; nothing if it is not that of this pairing. */
    public Optional<byte[]> open(byte[] body) {
        return switch (scheme) {
            case V1 -> openV1(body);
            case V2 -> openV2(body);
        };
    }

    private Optional<byte[]> openV1(byte[] body) {
        int end = body.length - BLOCK;
        if (end < DIGEST + BLOCK || end % BLOCK != 0) {
            return Optional.empty();
        }
        byte[] plain = decrypt(Arrays.copyOf(body, end), Arrays.copyOfRange(body, end, body.length));
        byte[] padded = Arrays.copyOf(plain, end - DIGEST);
        byte[] digest = Arrays.copyOfRange(plain, end - DIGEST, end);
        return MessageDigest.isEqual(digest, sha256(padded)) ? unpad(padded) : Optional.empty();
    }

    private Optional<byte[]> openV2(byte[] body) {
        int end = body.length - MAC;
        if (end < 2 * BLOCK || end % BLOCK != 0) {
            return Optional.empty();
        }
        byte[] covered = Arrays.copyOf(body, end);
        if (!MessageDigest.isEqual(Arrays.copyOfRange(body, end, body.length), mac(covered))) {
            return Optional.empty();
        }
        return unpad(decrypt(Arrays.copyOfRange(body, BLOCK, end), Arrays.copyOf(body, BLOCK)));
    }

    /** Padding of RFC 5652, section 6.3. */
    private static byte[] pad(byte[] data) {
        byte[] padded = Arrays.copyOf(data, data.length / BLOCK * BLOCK + BLOCK);
        Arrays.fill(padded, data.length, padded.length, (byte) (padded.length - data.length));
        return padded;
    }

    private static Optional<byte[]> unpad(byte[] padded) {
        int fill = padded[padded.length - 1];
        if (fill < 1 || fill > BLOCK) {
            return Optional.empty();
        }
        byte[] data = Arrays.copyOf(padded, padded.length - fill);
        return Arrays.equals(pad(data), padded) ? Optional.of(data) : Optional.empty();
    }

    private byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(macKey.toArray(), "HmacSHA256"));
            mac.update(body);
            return Arrays.copyOf(mac.doFinal(secret.toArray()), MAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    private static byte[] sha256(byte[] data) {
        return Bytes.of(data).sha256().toArray();
    }

    private byte[] encrypt(byte[] blocks, byte[] vector) {
        return aes(Cipher.ENCRYPT_MODE, blocks, vector);
    }

    private byte[] decrypt(byte[] blocks, byte[] vector) {
        return aes(Cipher.DECRYPT_MODE, blocks, vector);
    }

    private byte[] aes(int mode, byte[] blocks, byte[] vector) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key.toArray(), "AES"), new IvParameterSpec(vector));
            return cipher.doFinal(blocks);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in CBC mode for whole blocks", e);
        }
    }

    private static Bytes part(byte[] octets, int from) {
        return Bytes.of(Arrays.copyOfRange(octets, from, from + OCTETS));
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Shows no secret: it must not reach a log. */
    @Override
    public String toString() {
        return "Pairing " + scheme;
    }
}
