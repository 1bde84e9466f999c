package dev.rootbeat.module.credential;

import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.file.Shelf;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that a host has imported, in DER, by type and name (AT reference, section 2.5). They survive
 * power-off. One thread at a time.
 */
public final class CredentialStore {

    private final Shelf shelf;
    private final CredentialLimits limits;

    /** Where a credential is found. */
    public record Place(CredentialType type, String name) {

        private String key() {
            return type.number() + name;
        }

        private static Place of(String key) {
            return new Place(CredentialType.of(key.charAt(0) - '0'), key.substring(1));
        }
    }

    /** Opens the credentials in a module's storage for what is large. */
    public CredentialStore(Flash flash, CredentialLimits limits) {
        this.shelf = new Shelf(flash, "credential.");
        this.limits = limits;
    }

    /** What it takes. */
    public CredentialLimits limits() {
        return limits;
    }

    /** All credentials, in the order in which they were imported. */
    public SequencedMap<Place, Bytes> all() {
        SequencedMap<Place, Bytes> all = new LinkedHashMap<>();
        for (String key : shelf.names()) {
            all.put(Place.of(key), Objects.requireNonNull(shelf.read(key)));
        }
        return all;
    }

    /** Returns a credential, or null if there is none. */
    public @Nullable Bytes find(Place place) {
        return shelf.read(place.key());
    }

    /** Stores a credential in place of one of the same type and name, unless there is an error. */
    public Optional<AtError> put(Place place, Bytes der) {
        boolean isNew = find(place) == null;
        if (isNew && shelf.names().size() >= limits.items()) {
            return Optional.of(AtError.IMPORT_DATABASE_FULL);
        }
        try {
            shelf.put(place.key(), der);
            return Optional.empty();
        } catch (Flash.StorageFull e) {
            return Optional.of(AtError.IMPORT_NO_MEMORY);
        }
    }

    /** Removes a credential, unless there is no room to write that down. */
    public Optional<AtError> remove(Place place) {
        try {
            shelf.remove(place.key());
            return Optional.empty();
        } catch (Flash.StorageFull e) {
            return Optional.of(AtError.IMPORT_NO_MEMORY);
        }
    }

    /** Returns the MD5 digest by which a module names a credential: 16 octets. */
    public static Bytes md5(Bytes der) {
        try {
            return Bytes.of(MessageDigest.getInstance("MD5").digest(der.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
