package dev.rootbeat.rot.flash;

import dev.rootbeat.rot.protocol.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a module: small named values. A write of several values is atomic: a power cut at any of its steps
 * leaves all of the old ones or all of the new ones. One thread at a time.
 */
public interface Flash {

    /** Returns a stored value, or null if there is none of that name. */
    @Nullable
    Bytes read(String name);

    /**
     * Stores the values together and returns when they will survive a power cut.
     *
     * @param values by name, 1 to 32 ASCII characters; an empty value removes the name
     * @throws StorageFull if there is no room; nothing has changed then
     */
    void write(Map<String, Bytes> values) throws StorageFull;

    /** There is no room for a write. */
    final class StorageFull extends Exception {
        private static final long serialVersionUID = 1L;

        /** Names what did not fit. */
        public StorageFull(String message) {
            super(message);
        }
    }
}
