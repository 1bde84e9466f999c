package dev.rootbeat.server.store.memory;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.store.PlatformTransaction;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registrations. */
final class MemoryPlatform implements PlatformTransaction {

    /** Hexadecimal digits sort as the octets do. */
    private static final Comparator<Registration> BY_FINGERPRINT =
            Comparator.comparing(registration -> registration.fingerprint().hex());

    private final Table<Bytes, Registration> registrations;
    private final Groups<String, Registration> registrationsOfDomain;

    /**
     * Creates it empty.
     *
     * @param undo gets a step back for every step
     */
    MemoryPlatform(Deque<Runnable> undo) {
        registrations = new Table<>(undo, Registration::fingerprint);
        registrationsOfDomain = registrations.with(new Groups<>(Registration::domain, BY_FINGERPRINT));
    }

    void copyFrom(MemoryPlatform other) {
        registrations.copyFrom(other.registrations);
    }

    @Override
    public Optional<Registration> registration(Bytes fingerprint) {
        return registrations.find(fingerprint);
    }

    @Override
    public List<Registration> registrations(
            String domain,
            @Nullable RotPublicUid device,
            Registration.@Nullable State state,
            @Nullable Bytes after,
            int limit) {
        return registrationsOfDomain.stream(domain)
                .filter(one -> after == null || one.fingerprint().hex().compareTo(after.hex()) > 0)
                .filter(one -> device == null || one.device().equals(device))
                .filter(one -> state == null || one.state() == state)
                .limit(limit)
                .toList();
    }

    @Override
    public void save(Registration registration) {
        registrations.save(registration);
    }
}
