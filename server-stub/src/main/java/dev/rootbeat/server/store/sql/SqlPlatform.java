package dev.rootbeat.server.store.sql;

import static dev.rootbeat.server.store.sql.Tables.REGISTRATION;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.store.PlatformTransaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registrations as one session sees them. */
record SqlPlatform(Session session) implements PlatformTransaction {

    private static final Table.Select<Registration> BY_FINGERPRINT = REGISTRATION.select("WHERE fingerprint = ?");
    private static final Table.Insert<Registration> SAVE = REGISTRATION.upsert();

    @Override
    public Optional<Registration> registration(Bytes fingerprint) {
        return session.find(BY_FINGERPRINT, to -> to.blob(fingerprint));
    }

    @Override
    public List<Registration> registrations(
            String domain,
            @Nullable RotPublicUid device,
            Registration.@Nullable State state,
            @Nullable Bytes after,
            int limit) {
        return new Condition("domain = ?", to -> to.text(domain))
                .and(device, "device = ?", Parameters::uid)
                .and(state, "state = ?", Parameters::name)
                .and(after, "fingerprint > ?", Parameters::blob)
                .page(session, REGISTRATION, "fingerprint", limit);
    }

    @Override
    public void save(Registration registration) {
        session.write(SAVE, registration);
    }
}
