package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * What names a key that a device generates by itself, so that the service can derive it too (AT reference, sections 2.2
 * and 2.3): the ID of a pre-shared key, and the header of an end-to-end protected message. How long they are, and the
 * first digit of a header, is that of the real ones; what is in them is ours, because that is not public: one
 * hexadecimal digit for the use, the RoTPublicUID, and in the rest a number that the device uses once, big-endian.
 *
 * @param use what the key is for
 * @param uid the device's
 * @param number at least 0 and less than {@link Use#numbers()}
 */
public record KeyId(Use use, RotPublicUid uid, long number) {

    private static final int DIGIT_BITS = 4;

    /** What a key is for. */
    public enum Use {
        /** A pre-shared key of 16 octets. */
        PSK_16(1, 14),
        /** A pre-shared key of 32 octets. */
        PSK_32(2, 14),
        /** End-to-end protection in format V1. */
        END_TO_END_V1(1, 16),
        /** End-to-end protection in format V2. A device has a million messages. */
        END_TO_END_V2(2, 11);

        private final int digit;
        private final int octets;

        Use(int digit, int octets) {
            this.digit = digit;
            this.octets = octets;
        }

        /** How many octets the ID has. */
        public int octets() {
            return octets;
        }

        /** How many numbers there are; when they are used up the device generates no more such keys. */
        public long numbers() {
            return 1L << numberBits();
        }

        private int numberBits() {
            return octets * Byte.SIZE - Long.SIZE - DIGIT_BITS;
        }
    }

    /** Reads the ID of a pre-shared key. */
    public static Decoded<KeyId> ofPsk(Bytes id) {
        return decode("PSK ID", id, List.of(Use.PSK_16, Use.PSK_32));
    }

    /**
     * Reads the header of an end-to-end protected message.
     *
     * @param message the header, or all of the message
     */
    public static Decoded<KeyId> ofHeader(Bytes message) {
        byte[] octets = message.toArray();
        int longest = Math.min(
                octets.length,
                digit(octets) == Use.END_TO_END_V2.digit ? Use.END_TO_END_V2.octets : Use.END_TO_END_V1.octets);
        return decode(
                "header", Bytes.of(Arrays.copyOf(octets, longest)), List.of(Use.END_TO_END_V1, Use.END_TO_END_V2));
    }

    private static Decoded<KeyId> decode(String field, Bytes id, List<Use> uses) {
        byte[] octets = id.toArray();
        for (Use use : uses) {
            if (digit(octets) == use.digit) {
                return octets.length == use.octets
                        ? new Decoded.Message<>(read(use, new BigInteger(1, octets)))
                        : new Decoded.Malformed<>(field, "has " + octets.length + " of " + use.octets + " octets");
            }
        }
        return new Decoded.Malformed<>(field, "begins with neither 1 nor 2");
    }

    private static KeyId read(Use use, BigInteger all) {
        long number = all.longValue() & (use.numbers() - 1);
        return new KeyId(use, new RotPublicUid(all.shiftRight(use.numberBits()).longValue()), number);
    }

    private static int digit(byte[] octets) {
        return octets.length == 0 ? -1 : Byte.toUnsignedInt(octets[0]) >> DIGIT_BITS;
    }

    /** Returns its octets. */
    public Bytes encode() {
        BigInteger all = BigInteger.valueOf(use.digit)
                .shiftLeft(Long.SIZE)
                .or(new BigInteger(Long.toUnsignedString(uid.bits())))
                .shiftLeft(use.numberBits())
                .or(BigInteger.valueOf(number));
        return Bytes.of(all.toByteArray());
    }
}
