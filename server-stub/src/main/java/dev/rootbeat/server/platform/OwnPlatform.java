package dev.rootbeat.server.platform;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** The server's own platform keeps its registrations in the server's store. */
public final class OwnPlatform implements Platform {

    private final Store store;
    private final InstantSource clock;

    /** Makes the platform on a store. */
    public OwnPlatform(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** {@inheritDoc} It belongs to the domain of its Root CA. */
    @Override
    public CompletableFuture<?> register(IssuedCertificate certificate) {
        return store.write(tx -> tx.platform()
                .registration(certificate.fingerprint())
                .orElseGet(() -> {
                    String domain = tx.rootCa(certificate.issuer())
                            .map(RootCa::domain)
                            .orElseThrow(() -> new StoreException("the Root CA " + certificate.issuer() + " is gone"));
                    Registration added = Registration.of(certificate, domain, clock.instant());
                    tx.platform().save(added);
                    return added;
                }));
    }
}
