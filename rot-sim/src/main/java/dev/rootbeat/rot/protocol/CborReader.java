package dev.rootbeat.rot.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads deterministic CBOR (RFC 8949, section 4.2.1) and knows which field it is at. It refuses indefinite lengths,
 * heads that are longer than need be, and map keys that are not ascending integers. A length is checked against what the
 * caller allows and what the message holds before anything is allocated.
 *
 * <p>Jackson's CBOR reader cannot serve here: it hands out the keys {@code 1} and {@code "1"} as the same text.
 */
final class CborReader {

    /** How deep a skipped value may be nested; ours are 4 deep, and the stack holds many times this. */
    private static final int MAX_NESTING = 16;

    /** No path of ours is longer in characters: it need not grow while a message is read. */
    private static final int LONGEST_PATH = 64;

    private static final int ONE_OCTET_FOLLOWS = 24;
    private static final int EIGHT_OCTETS_FOLLOW = 27;
    private static final int INDEFINITE = 31;

    private final byte[] octets;
    private final StringBuilder path;
    private int position;

    /** What the head of the item that was read last says: a value, a length, or a number of items; unsigned. */
    private long argument;

    /** Reads one field. */
    interface Field<T> {
        T read(CborReader in) throws MalformedException;
    }

    private CborReader(Bytes message, String name) {
        this.octets = message.toArray();
        this.path = new StringBuilder(LONGEST_PATH).append(name);
    }

    /** Reads a message of the given name that fills the octets. */
    static <T> Decoded<T> read(Bytes octets, String name, Field<T> message) {
        CborReader in = new CborReader(octets, name);
        try {
            T value = message.read(in);
            if (in.left() > 0) {
                throw new MalformedException("is followed by more octets: " + in.left());
            }
            return new Decoded.Message<>(value);
        } catch (MalformedException e) {
            return new Decoded.Malformed<>(in.path.toString(), e.reason());
        }
    }

    /** Reads what comes next as the field of the given name. */
    <T> T field(String name, Field<T> field) throws MalformedException {
        int end = path.length();
        path.append('.').append(name);
        T value = field.read(this);
        path.setLength(end);
        return value;
    }

    /** Reads an array of the given size up to its first item. */
    void tuple(int size) throws MalformedException {
        expect(CborType.ARRAY);
        if (argument != size) {
            throw new MalformedException("must have " + size + " items, has " + Long.toUnsignedString(argument));
        }
    }

    /** Reads an array of items that are alike. */
    <T> List<T> list(int minSize, int maxSize, Field<T> item) throws MalformedException {
        expect(CborType.ARRAY);
        int size = length(minSize, maxSize, "items");
        List<T> items = new ArrayList<>(size);
        int end = path.length();
        for (int i = 0; i < size; i++) {
            path.append('[').append(i).append(']');
            items.add(item.read(this));
            path.setLength(end);
        }
        return List.copyOf(items);
    }

    /** Reads an integer. */
    long integer(long min, long max) throws MalformedException {
        expect(CborType.UNSIGNED);
        if (argument < min || argument > max) {
            throw new MalformedException(
                    "must be from " + min + " to " + max + ", is " + Long.toUnsignedString(argument));
        }
        return argument;
    }

    Bytes octets(int minSize, int maxSize) throws MalformedException {
        expect(CborType.OCTETS);
        return Bytes.of(take(length(minSize, maxSize, "octets")));
    }

    /** Reads 1 to {@code maxSize} printable ASCII characters. */
    String printable(int maxSize) throws MalformedException {
        expect(CborType.TEXT);
        byte[] characters = take(length(1, maxSize, "characters"));
        for (byte character : characters) {
            if (character < ' ' || character > '~') {
                throw new MalformedException("must be printable ASCII");
            }
        }
        return new String(characters, US_ASCII);
    }

    boolean bool() throws MalformedException {
        expect(CborType.SIMPLE);
        if (argument != CborType.TRUE && argument != CborType.FALSE) {
            throw new MalformedException("must be true or false");
        }
        return argument == CborType.TRUE;
    }

    /** Reads a map up to its first entry. */
    Entries map() throws MalformedException {
        expect(CborType.MAP);
        return new Entries(argument);
    }

    private void skip(int nesting) throws MalformedException {
        if (nesting > MAX_NESTING) {
            throw new MalformedException("is nested deeper than " + MAX_NESTING + " levels");
        }
        CborType type = head();
        long count = argument;
        switch (type) {
            case UNSIGNED, NEGATIVE, SIMPLE -> {}
            case OCTETS, TEXT -> skipOctets(count);
            case TAG -> skip(nesting + 1);
            case ARRAY -> skipItems(count, nesting);
            case MAP -> {
                skipItems(count, nesting);
                skipItems(count, nesting);
            }
        }
    }

    /** However many items are announced, each has at least one octet, so this ends with the message. */
    private void skipItems(long count, int nesting) throws MalformedException {
        for (long i = 0; i != count; i++) {
            skip(nesting + 1);
        }
    }

    private void expect(CborType type) throws MalformedException {
        CborType found = head();
        if (found != type) {
            throw new MalformedException("must be " + type + ", is " + found);
        }
    }

    private CborType head() throws MalformedException {
        if (left() == 0) {
            throw cutOff();
        }
        byte initial = octets[position++];
        CborType type = CborType.of(initial);
        int information = initial & 0x1f;
        if (information < ONE_OCTET_FOLLOWS) {
            argument = information;
        } else if (information <= EIGHT_OCTETS_FOLLOW) {
            argument = bigEndian(1 << (information - ONE_OCTET_FOLLOWS));
            if (type == CborType.SIMPLE) {
                // A floating-point number or an unassigned value: no field has one, and none may pass for a boolean.
                argument = -1;
            } else if (!needs(information, argument)) {
                throw new MalformedException("must be encoded in the shortest form");
            }
        } else {
            throw new MalformedException(
                    information == INDEFINITE ? "must have a definite length" : "is not well-formed CBOR");
        }
        return type;
    }

    private static boolean needs(int information, long argument) {
        return switch (information) {
            case ONE_OCTET_FOLLOWS -> argument >= ONE_OCTET_FOLLOWS;
            case EIGHT_OCTETS_FOLLOW -> argument >>> 32 != 0;
            default -> argument >>> (information == 25 ? 8 : 16) != 0;
        };
    }

    private long bigEndian(int size) throws MalformedException {
        if (left() < size) {
            throw cutOff();
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (octets[position++] & 0xff);
        }
        return value;
    }

    private int length(int min, int max, String unit) throws MalformedException {
        if (argument < min || argument > max) {
            String allowed = min == max ? "" + min : min + " to " + max;
            throw new MalformedException(
                    "must have " + allowed + " " + unit + ", has " + Long.toUnsignedString(argument));
        }
        return (int) argument;
    }

    private byte[] take(int size) throws MalformedException {
        skipOctets(size);
        return Arrays.copyOfRange(octets, position - size, position);
    }

    private void skipOctets(long size) throws MalformedException {
        if (size < 0 || size > left()) {
            throw cutOff();
        }
        position += (int) size;
    }

    private int left() {
        return octets.length - position;
    }

    private static MalformedException cutOff() {
        return new MalformedException("is cut off by the end of the message");
    }

    /** The entries of a map. Its fields are read by ascending key; unknown keys between them are skipped. */
    final class Entries {
        private long unread;
        private boolean atValue;
        /** The key read last, as CBOR has it: whether it is negative, and the argument of its head. */
        private boolean negative;

        private long key = -1;

        private Entries(long count) {
            this.unread = count;
        }

        /** Reads a field that must be there. */
        <T> T required(int wanted, String name, Field<T> field) throws MalformedException {
            T value = optional(wanted, name, field);
            if (value == null) {
                path.append('.').append(name);
                throw new MalformedException("is missing");
            }
            return value;
        }

        /** Reads a field if it is there; else returns null. */
        <T> @Nullable T optional(int wanted, String name, Field<T> field) throws MalformedException {
            while (advance() && !negative && key < wanted) {
                skipValue();
            }
            if (!atValue || negative || key != wanted) {
                return null;
            }
            atValue = false;
            return field(name, field);
        }

        /** Skips what is left. */
        void end() throws MalformedException {
            while (advance()) {
                skipValue();
            }
        }

        private void skipValue() throws MalformedException {
            atValue = false;
            field(name(negative, key), in -> {
                in.skip(1);
                return in;
            });
        }

        /** Moves to the next entry's value, if it is not at one already; returns whether there is one. */
        private boolean advance() throws MalformedException {
            if (!atValue && unread != 0) {
                readKey();
                unread--;
                atValue = true;
            }
            return atValue;
        }

        private void readKey() throws MalformedException {
            CborType type = head();
            if (type != CborType.UNSIGNED && type != CborType.NEGATIVE) {
                throw new MalformedException("must have integer keys, has a key that is " + type);
            }
            if (argument < 0) {
                throw new MalformedException("has a key beyond 63 bits");
            }
            boolean isNegative = type == CborType.NEGATIVE;
            if (isNegative == negative ? argument <= key : negative) {
                throw new MalformedException("must have ascending keys, has " + name(isNegative, argument) + " after "
                        + name(negative, key));
            }
            negative = isNegative;
            key = argument;
        }

        private static String name(boolean negative, long key) {
            return Long.toString(negative ? ~key : key);
        }
    }
}
