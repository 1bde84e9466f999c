package dev.rootbeat.server.store;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Registration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server's own IoT platform knows. */
public interface PlatformView {

    /** The registration of the certificate of this fingerprint (SHA-256 over the DER form). */
    Optional<Registration> registration(Bytes fingerprint);

    /**
     * A domain's registrations that pass a filter, by ascending fingerprint.
     *
     * @param device only those of this device; null for all
     * @param state only those in this state; null for all
     * @param after the fingerprint of the last one that is not wanted any more; null for the first page
     * @param limit how many at most
     */
    List<Registration> registrations(
            String domain,
            @Nullable RotPublicUid device,
            Registration.@Nullable State state,
            @Nullable Bytes after,
            int limit);
}
