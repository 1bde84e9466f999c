package dev.rootbeat.server.platform;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import dev.rootbeat.server.store.Transaction;
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
        return store.write(tx -> registerWithin(tx, certificate));
    }

    @Override
    public boolean registerWithin(Transaction tx, IssuedCertificate certificate) {
        if (tx.platform().registration(certificate.fingerprint()).isEmpty()) {
            String domain = tx.rootCa(certificate.issuer())
                    .map(RootCa::domain)
                    .orElseThrow(() -> new StoreException("the Root CA " + certificate.issuer() + " is gone"));
            tx.platform().save(Registration.of(certificate, domain, clock.instant()));
        }
        return true;
    }
}
