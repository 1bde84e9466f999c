package dev.rootbeat.rot;

import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from 0 upwards of which none is given out twice, whenever the power fails: blocks of them are reserved in the
 * storage before the first is used. What is left of a block at a power-off is never used.
 */
final class FreshNumbers {

    /** How many are reserved at a time: a write to the storage for so many. */
    static final int BLOCK = 32;

    private final Flash flash;
    private final String name;
    private final long numbers;
    private long next;
    private long reserved;

    /**
     * Goes on behind what was reserved before.
     *
     * @param name that of the stored value
     * @param numbers how many there are
     */
    FreshNumbers(Flash flash, String name, long numbers) {
        this.flash = flash;
        this.name = name;
        this.numbers = numbers;
        this.next = decode(flash.read(name));
        this.reserved = next;
    }

    /** Returns the next number, or nothing if all are used up or the storage has no room. */
    Optional<Long> next() {
        if (next >= numbers || (next == reserved && !reserve())) {
            return Optional.empty();
        }
        return Optional.of(next++);
    }

    private boolean reserve() {
        long further = reserved + BLOCK;
        try {
            flash.write(Map.of(
                    name,
                    Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(further).array())));
        } catch (Flash.StorageFull e) {
            return false;
        }
        reserved = further;
        return true;
    }

    private static long decode(@Nullable Bytes stored) {
        return stored == null ? 0 : ByteBuffer.wrap(stored.toArray()).getLong();
    }
}
