package dev.rootbeat.rot;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes the values that a Root of Trust stores; {@link StateReader} reads them. Numbers are big-endian. */
final class StateWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** One octet. */
    StateWriter octet(int value) {
        out.write(value);
        return this;
    }

    /** Eight octets. */
    StateWriter number(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    /** The length in four octets, and the octets. */
    StateWriter bytes(Bytes value) {
        count(value.size());
        out.writeBytes(value.toArray());
        return this;
    }

    /** How many in four octets, and each. */
    StateWriter list(List<Bytes> values) {
        return list(values, StateWriter::bytes);
    }

    /** How many in four octets, and each. */
    <T> StateWriter list(List<T> values, BiConsumer<StateWriter, T> element) {
        count(values.size());
        values.forEach(value -> element.accept(this, value));
        return this;
    }

    Bytes toBytes() {
        return Bytes.of(out.toByteArray());
    }

    private void count(int count) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
    }
}
