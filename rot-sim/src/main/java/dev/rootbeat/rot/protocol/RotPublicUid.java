package dev.rootbeat.rot.protocol;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The immutable public identity of a Root of Trust: 8 octets, written as 16 lower-case hexadecimal digits. It is also
 * the PSK identity on the secure channel (protocol, section 1).
 *
 * @param bits the 8 octets, big-endian
 */
public record RotPublicUid(long bits) implements Comparable<RotPublicUid> {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{16}");

    /** Returns whether the text is a RoTPublicUID: 16 hexadecimal digits of either case. */
    public static boolean isWellFormed(String text) {
        return SHAPE.matcher(text).matches();
    }

    /**
     * Reads 16 hexadecimal digits of either case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static RotPublicUid parse(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("a RoTPublicUID is 16 hexadecimal digits, not \"" + text + "\"");
        }
        return new RotPublicUid(HexFormat.fromHexDigitsToLong(text));
    }

    @Override
    public int compareTo(RotPublicUid other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(bits);
    }
}
