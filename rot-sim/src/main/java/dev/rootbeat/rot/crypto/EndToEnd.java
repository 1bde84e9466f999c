package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * End-to-end protection of data from a module to whom the service lets read it (AT reference, section 2.3). A message
 * is a header, which is a {@link KeyId}, the data encrypted with AES-128-CCM, and a code of 16 octets that authenticates
 * it. There is no associated data: who has the key and the nonce needs nothing else, and another header leads to
 * another key.
 *
 * <ul>
 *   <li>V1: 16 octets of header and 16 of code around the data; 32 in all.
 *   <li>V2: 11 octets of header, and 28 in all. CCM has no code of 17 octets, so (ours) the data is followed by one
 *       octet 0x80 inside the encryption, the mark of its end in ISO/IEC 7816-4, and the code has 16.
 * </ul>
 */
public final class EndToEnd {

    private static final int MAC_OCTETS = MessageKey.MAC_BITS / Byte.SIZE;
    private static final byte END = (byte) 0x80;

    private EndToEnd() {}

    /**
     * Protects data.
     *
     * @param rootSecret the device's
     * @param header used for no other data
     */
    public static Bytes protect(Bytes rootSecret, KeyId header, Bytes data) {
        byte[] plain = data.toArray();
        if (header.use() == Use.END_TO_END_V2) {
            plain = Arrays.copyOf(plain, plain.length + 1);
            plain[plain.length - 1] = END;
        }
        byte[] first = header.encode().toArray();
        byte[] message = Arrays.copyOf(first, first.length + plain.length + MAC_OCTETS);
        try {
            process(true, KeyHierarchy.messageKey(rootSecret, header), plain, 0, message, first.length);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encrypting checks nothing", e);
        }
        return Bytes.of(message);
    }

    /**
     * Reads protected data.
     *
     * @param rootSecret that of the device that the message's header names
     * @param message may be any octets
     */
    public static Decoded<Bytes> read(Bytes rootSecret, Bytes message) {
        return switch (KeyId.ofHeader(message)) {
            case Decoded.Malformed<KeyId>(String field, String reason) -> new Decoded.Malformed<>(field, reason);
            case Decoded.Message<KeyId>(KeyId header) -> read(rootSecret, header, message.toArray());
        };
    }

    private static Decoded<Bytes> read(Bytes rootSecret, KeyId header, byte[] message) {
        int start = header.use().octets();
        byte[] plain = new byte[Math.max(0, message.length - start - MAC_OCTETS)];
        try {
            process(false, KeyHierarchy.messageKey(rootSecret, header), message, start, plain, 0);
        } catch (InvalidCipherTextException e) {
            return new Decoded.Malformed<>("data", "is not what the device has encrypted");
        }
        if (header.use() != Use.END_TO_END_V2) {
            return new Decoded.Message<>(Bytes.of(plain));
        }
        int end = plain.length - 1;
        return end >= 0 && plain[end] == END
                ? new Decoded.Message<>(Bytes.of(Arrays.copyOf(plain, end)))
                : new Decoded.Malformed<>("data", "does not end with 0x80");
    }

    private static void process(boolean encrypt, MessageKey key, byte[] in, int from, byte[] out, int to)
            throws InvalidCipherTextException {
        CCMModeCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                encrypt,
                new AEADParameters(
                        new KeyParameter(key.key().toArray()),
                        MessageKey.MAC_BITS,
                        key.nonce().toArray()));
        int done = cipher.processBytes(in, from, in.length - from, out, to);
        cipher.doFinal(out, to + done);
    }
}
