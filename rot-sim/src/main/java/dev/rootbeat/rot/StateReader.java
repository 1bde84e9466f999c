package dev.rootbeat.rot;

import dev.rootbeat.rot.protocol.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {

    private final ByteBuffer in;

    private StateReader(Bytes stored) {
        in = ByteBuffer.wrap(stored.toArray());
    }

    /**
     * Reads a stored value.
     *
     * @param stored what the storage has; null if it has none
     * @param format the format that the reader understands
     * @param otherwise what it is if there is none, or of another format, or damaged
     * @param body reads what follows the format; may throw {@link IllegalArgumentException}
     */
    static <T> T read(@Nullable Bytes stored, int format, T otherwise, Function<StateReader, T> body) {
        if (stored == null) {
            return otherwise;
        }
        StateReader in = new StateReader(stored);
        try {
            return in.octet() == format ? body.apply(in) : otherwise;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return otherwise;
        }
    }

    int octet() {
        return Byte.toUnsignedInt(in.get());
    }

    long number() {
        return in.getLong();
    }

    Bytes bytes() {
        byte[] octets = new byte[count()];
        in.get(octets);
        return Bytes.of(octets);
    }

    List<Bytes> list() {
        return list(StateReader::bytes);
    }

    <T> List<T> list(Function<StateReader, T> element) {
        int size = count();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(element.apply(this));
        }
        return List.copyOf(values);
    }

    /** A number of things of which each takes at least one octet. */
    private int count() {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException("more than there is");
        }
        return count;
    }
}
