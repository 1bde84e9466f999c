package dev.rootbeat.rot.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An immutable string of octets that compares by value and prints as lower-case hexadecimal digits. */
public final class Bytes {

    /** No octets. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** Returns a copy of the given octets. */
    public static Bytes of(byte... octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /**
     * Reads hexadecimal digits of either case.
     *
     * @throws IllegalArgumentException if the text holds anything but an even number of hexadecimal digits
     */
    public static Bytes ofHex(String digits) {
        return new Bytes(HexFormat.of().parseHex(digits));
    }

    /** Returns a copy of the octets. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** Returns the number of octets. */
    public int size() {
        return octets.length;
    }

    /** Returns whether there are no octets. */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** Returns whether the given octets are part of these, in a row. */
    public boolean contains(Bytes part) {
        byte[] wanted = part.octets;
        for (int at = 0; at <= octets.length - wanted.length; at++) {
            // Most places differ in their first octet, and this is asked of every message of a simulated world.
            if ((wanted.length == 0 || octets[at] == wanted[0])
                    && Arrays.equals(octets, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the SHA-256 digest of the octets: 32 octets. */
    public Bytes sha256() {
        try {
            return new Bytes(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns two lower-case hexadecimal digits per octet. */
    public String hex() {
        return HexFormat.of().formatHex(octets);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return hex();
    }
}
