package dev.rootbeat.module.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * A host's end of chip-to-chip protection, written from the AT reference, section 2.4, and without the module's code.
 * It is strict: what is not one good frame behind the other fails the test. Octets are text of one octet a character.
 */
public final class SecureHost {

    private static final String FLAG = "\u00f9";
    private static final int BLOCK = 16;
    private static final int DIGEST = 32;
    private static final int MOST_OF_MODULE = 1040;

    /** What the host chose: 32 hexadecimal digits. */
    public static final String SECRET = "00112233445566778899aabbccddeeff";

    private final String key;
    private final String macKey;
    private int vectors;

    /**
     * Knows the keys of the answer to the pairing.
     *
     * @param key hexadecimal digits
     * @param macKey hexadecimal digits; empty for V1
     */
    public SecureHost(String key, String macKey) {
        this.key = octets(key);
        this.macKey = octets(macKey);
    }

    /** What confirms a pairing: 128 hexadecimal digits. */
    public String proof(String tag) {
        return hex(protect(octets(tag)));
    }

    /** A frame around text. */
    public String frame(String text) {
        String body = protect(text);
        String checked = number(body.length()) + body;
        return FLAG + checked + number(checkSequence(checked)) + FLAG;
    }

    /** The text in the frames of the module. */
    public String open(String frames) {
        var text = new StringBuilder();
        String left = frames;
        while (!left.isEmpty()) {
            assertThat(left).startsWith(FLAG).hasSizeGreaterThan(6);
            int length = left.charAt(1) | left.charAt(2) << 8;
            assertThat(left).hasSizeGreaterThanOrEqualTo(length + 6);
            String frame = left.substring(0, length + 6);
            String checked = frame.substring(1, length + 3);
            assertThat(frame).endsWith(number(checkSequence(checked)) + FLAG);
            String opened = macKey.isEmpty() ? openFirst(checked.substring(2)) : openSecond(checked.substring(2));
            assertThat(opened).hasSizeLessThanOrEqualTo(MOST_OF_MODULE);
            text.append(opened);
            left = left.substring(frame.length());
        }
        return text.toString();
    }

    private String protect(String text) {
        int fill = BLOCK - text.length() % BLOCK;
        String padded = text + String.valueOf((char) fill).repeat(fill);
        String vector = vector();
        if (macKey.isEmpty()) {
            return cipher(true, vector, padded + digest(padded)) + vector;
        }
        String body = vector + cipher(true, vector, padded);
        return body + mac(body);
    }

    private String openFirst(String body) {
        int end = body.length() - BLOCK;
        String plain = cipher(false, body.substring(end), body.substring(0, end));
        String padded = plain.substring(0, plain.length() - DIGEST);
        assertThat(plain.substring(plain.length() - DIGEST)).isEqualTo(digest(padded));
        return unpad(padded);
    }

    private String openSecond(String body) {
        int end = body.length() - BLOCK;
        assertThat(hex(body.substring(end))).isEqualTo(hex(mac(body.substring(0, end))));
        return unpad(cipher(false, body.substring(0, BLOCK), body.substring(BLOCK, end)));
    }

    private static String unpad(String padded) {
        int fill = padded.charAt(padded.length() - 1);
        assertThat(fill).isBetween(1, BLOCK);
        assertThat(padded).endsWith(String.valueOf((char) fill).repeat(fill));
        return padded.substring(0, padded.length() - fill);
    }

    private String vector() {
        vectors++;
        return text(new byte[BLOCK - 1]) + (char) vectors;
    }

    private String mac(String body) {
        var mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(bytes(macKey)));
        byte[] all = bytes(body + octets(SECRET));
        mac.update(all, 0, all.length);
        byte[] out = new byte[DIGEST];
        mac.doFinal(out, 0);
        return text(out).substring(0, BLOCK);
    }

    private static String digest(String data) {
        var digest = new SHA256Digest();
        digest.update(bytes(data), 0, data.length());
        byte[] out = new byte[DIGEST];
        digest.doFinal(out, 0);
        return text(out);
    }

    private String cipher(boolean encrypt, String vector, String blocks) {
        BlockCipher cipher = CBCBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypt, new ParametersWithIV(new KeyParameter(bytes(key)), bytes(vector)));
        byte[] in = bytes(blocks);
        byte[] out = new byte[in.length];
        for (int at = 0; at < in.length; at += BLOCK) {
            cipher.processBlock(in, at, out, at);
        }
        return text(out);
    }

    /** RFC 1662, appendix C: a division of polynomials, the first bit of an octet being its lowest. */
    private static int checkSequence(String octets) {
        var bits = new StringBuilder();
        octets.chars().forEach(octet -> {
            for (int bit = 0; bit < 8; bit++) {
                bits.append(octet >> bit & 1);
            }
        });
        var polynomial = new BigInteger("10001000000100001", 2);
        BigInteger left = new BigInteger(bits.toString(), 2)
                .shiftLeft(16)
                .xor(BigInteger.valueOf(0xFFFF).shiftLeft(bits.length()));
        for (int degree = left.bitLength() - 1; degree >= 16; degree = left.bitLength() - 1) {
            left = left.xor(polynomial.shiftLeft(degree - 16));
        }
        return Integer.reverse(left.intValue()) >>> 16 ^ 0xFFFF;
    }

    private static String number(int value) {
        return "" + (char) (value & 0xFF) + (char) (value >> 8);
    }

    private static byte[] bytes(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static String octets(String hex) {
        return text(HexFormat.of().parseHex(hex));
    }

    private static String hex(String octets) {
        return HexFormat.of().formatHex(bytes(octets));
    }
}
