package dev.rootbeat.server.store;

import dev.rootbeat.server.model.Registration;

/** A view of {@link PlatformView} that can be changed; it is part of its transaction. */
public interface PlatformTransaction extends PlatformView {

    /** Saves a registration, by fingerprint. */
    void save(Registration registration);
}
