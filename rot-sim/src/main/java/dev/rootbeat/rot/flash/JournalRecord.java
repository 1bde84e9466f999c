package dev.rootbeat.rot.flash;

import dev.rootbeat.rot.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One record of the journal, which is one atomic write. Its octets, numbers big-endian:
 *
 * <pre>
 * magic 1 | sequence 8 | length of the body 4 | body | CRC-32 of all before 4 | commit 1
 * body: for each value  length of the name 1 | name | length of the value 4 | value
 * </pre>
 *
 * The commit octet is programmed last, so a torn record is told by a blank octet in its place; the CRC tells damage.
 *
 * @param sequence one more than that of the record before
 * @param size its octets in all
 * @param values where each named value lies in the bank; of length 0 where the name was removed
 */
record JournalRecord(long sequence, int size, SequencedMap<String, Extent> values) {

    private static final byte MAGIC = 'J';
    private static final byte COMMIT = 0;
    private static final int HEADER = 1 + Long.BYTES + Integer.BYTES;
    private static final int TRAILER = Integer.BYTES + 1;

    /** A run of octets in a bank. */
    record Extent(int offset, int length) {}

    /** Returns how many octets a record of these values has. */
    static long sizeOf(Map<String, Bytes> values) {
        long size = HEADER + TRAILER;
        for (Map.Entry<String, Bytes> value : values.entrySet()) {
            size += sizeOf(value.getKey(), value.getValue().size());
        }
        return size;
    }

    /** Returns how many octets one value has in a record. */
    static int sizeOf(String name, int length) {
        return 1 + name.length() + Integer.BYTES + length;
    }

    /** Returns the octets of a record whose size fits a bank. */
    static byte[] encode(long sequence, Map<String, Bytes> values) {
        int size = Math.toIntExact(sizeOf(values));
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(MAGIC).putLong(sequence).putInt(size - HEADER - TRAILER);
        values.forEach((name, value) -> out.put((byte) name.length())
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(value.size())
                .put(value.toArray()));
        return out.putInt(crc(out.array(), size - TRAILER)).put(COMMIT).array();
    }

    /** Reads the record at an offset of a bank, or returns null if there is no whole and sound one. */
    static @Nullable JournalRecord read(Medium medium, int bank, int offset) {
        int room = medium.bankSize() - offset;
        if (room < HEADER + TRAILER) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(medium.read(bank, offset, HEADER));
        if (header.get() != MAGIC) {
            return null;
        }
        long sequence = header.getLong();
        int body = header.getInt();
        if (body < 0 || body > room - HEADER - TRAILER) {
            return null;
        }
        int size = HEADER + body + TRAILER;
        ByteBuffer record = ByteBuffer.wrap(medium.read(bank, offset, size));
        if (record.get(size - 1) != COMMIT || record.getInt(size - TRAILER) != crc(record.array(), size - TRAILER)) {
            return null;
        }
        SequencedMap<String, Extent> values = values(record.position(HEADER).limit(HEADER + body), offset);
        return values == null ? null : new JournalRecord(sequence, size, values);
    }

    private static @Nullable SequencedMap<String, Extent> values(ByteBuffer body, int offset) {
        SequencedMap<String, Extent> values = new LinkedHashMap<>();
        while (body.hasRemaining()) {
            int nameLength = Byte.toUnsignedInt(body.get());
            if (body.remaining() < nameLength + Integer.BYTES) {
                return null;
            }
            byte[] name = new byte[nameLength];
            body.get(name);
            int length = body.getInt();
            if (length < 0 || length > body.remaining()) {
                return null;
            }
            values.put(new String(name, StandardCharsets.US_ASCII), new Extent(offset + body.position(), length));
            body.position(body.position() + length);
        }
        return values;
    }

    private static int crc(byte[] octets, int length) {
        CRC32 crc = new CRC32();
        crc.update(octets, 0, length);
        return (int) crc.getValue();
    }
}
