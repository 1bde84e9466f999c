package dev.rootbeat.rot;

import dev.rootbeat.rot.crypto.EndToEnd;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The part of a Root of Trust that protects its host's data: it generates pre-shared keys and end-to-end protected
 * messages, each with a key of its own that the service can derive too (AT reference, sections 2.2 and 2.3). It needs no
 * connection. One thread at a time.
 */
public final class DataProtection {

    private final RotIdentity identity;
    private final Map<Use, FreshNumbers> fresh = new EnumMap<>(Use.class);

    /**
     * Goes on where it was at the last power-off.
     *
     * @param flash the module's storage, in which it owns names that start with {@value RootOfTrust#NAMES}
     */
    public DataProtection(RotIdentity identity, Flash flash) {
        this.identity = identity;
        for (Use use : Use.values()) {
            String name = RootOfTrust.NAMES + "fresh." + use.name().toLowerCase(Locale.ROOT);
            fresh.put(use, new FreshNumbers(flash, name, use.numbers()));
        }
    }

    /**
     * Generates a pre-shared key with an ID that no other has.
     *
     * @param use of a PSK
     * @return nothing if there are no more IDs, or the storage has no room to keep which were used
     */
    public Optional<PreSharedKey> preSharedKey(Use use) {
        return freshId(use)
                .map(id -> new PreSharedKey(id.encode(), KeyHierarchy.preSharedKey(identity.rootSecret(), id)));
    }

    /**
     * Protects data with a key that no other message has.
     *
     * @param use of end-to-end protection
     * @return the message; nothing if there are no more keys, or the storage has no room to keep which were used
     */
    public Optional<Bytes> protect(Use use, Bytes data) {
        return freshId(use).map(id -> EndToEnd.protect(identity.rootSecret(), id, data));
    }

    private Optional<KeyId> freshId(Use use) {
        return Objects.requireNonNull(fresh.get(use)).next().map(number -> new KeyId(use, identity.uid(), number));
    }
}
