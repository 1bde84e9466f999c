package dev.rootbeat.rot.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes deterministic CBOR (RFC 8949, section 4.2.1): shortest heads, definite lengths. Keys ascend if they are written
 * so.
 */
final class CborWriter {

    /** A heartbeat or a reply without a certificate fits. */
    private static final int USUAL_SIZE = 256;

    private byte[] octets = new byte[USUAL_SIZE];
    private int size;

    CborWriter map(int entries) {
        return head(CborType.MAP, entries);
    }

    CborWriter array(int items) {
        return head(CborType.ARRAY, items);
    }

    /** Writes an integer: a value, or a key whose value follows. */
    CborWriter integer(long value) {
        return value >= 0 ? head(CborType.UNSIGNED, value) : head(CborType.NEGATIVE, ~value);
    }

    CborWriter text(String value) {
        byte[] utf8 = value.getBytes(UTF_8);
        return head(CborType.TEXT, utf8.length).raw(utf8);
    }

    CborWriter octets(Bytes value) {
        return head(CborType.OCTETS, value.size()).raw(value.toArray());
    }

    CborWriter bool(boolean value) {
        return head(CborType.SIMPLE, value ? CborType.TRUE : CborType.FALSE);
    }

    Bytes toBytes() {
        return Bytes.of(Arrays.copyOf(octets, size));
    }

    private CborWriter head(CborType type, long argument) {
        ensureRoom(9);
        if (argument < 24) {
            octets[size++] = (byte) type.initial((int) argument);
        } else if (argument <= 0xff) {
            longHead(type.initial(24), argument, 1);
        } else if (argument <= 0xffff) {
            longHead(type.initial(25), argument, 2);
        } else if (argument <= 0xffff_ffffL) {
            longHead(type.initial(26), argument, 4);
        } else {
            longHead(type.initial(27), argument, 8);
        }
        return this;
    }

    private void longHead(int initial, long argument, int length) {
        octets[size++] = (byte) initial;
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            octets[size++] = (byte) (argument >> shift);
        }
    }

    private CborWriter raw(byte[] value) {
        ensureRoom(value.length);
        System.arraycopy(value, 0, octets, size, value.length);
        size += value.length;
        return this;
    }

    private void ensureRoom(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, size + more));
        }
    }
}
