package dev.rootbeat.server.fault;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.platform.Platform;
import dev.rootbeat.server.store.Transaction;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lets registrations with an IoT platform go wrong. */
public final class FaultyPlatform implements Platform {

    private final Platform platform;
    private final Faults faults;

    /** Puts faults before a platform. */
    public FaultyPlatform(Platform platform, Faults faults) {
        this.platform = platform;
        this.faults = faults;
    }

    /** {@inheritDoc} What shall go wrong goes wrong between transactions, where there is nobody to wait for an answer. */
    @Override
    public boolean registerWithin(Transaction tx, IssuedCertificate certificate) {
        return !faults.mayStrike(Harm.PlatformOut.OCCASION) && platform.registerWithin(tx, certificate);
    }

    @Override
    public CompletableFuture<?> register(IssuedCertificate certificate) {
        Optional<Harm> harm = faults.strike(Harm.PlatformOut.OCCASION, certificate.device());
        if (harm.isEmpty() || !(harm.get() instanceof Harm.PlatformOut(Harm.Outage outage))) {
            return platform.register(certificate);
        }
        return switch (outage) {
            case DOWN -> CompletableFuture.failedFuture(new IllegalStateException("a fault of the server"));
            case SILENT -> new CompletableFuture<>();
            case LOSE_ANSWER -> platform.register(certificate).thenCompose(_ -> new CompletableFuture<>());
        };
    }
}
