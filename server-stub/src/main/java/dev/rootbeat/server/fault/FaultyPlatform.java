package dev.rootbeat.server.fault;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.platform.Platform;
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
