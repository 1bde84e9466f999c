package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.platform.Platform;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An IoT platform in memory, which does not die with the server and has bad days of its own. */
public final class SimulatedPlatform implements Platform {

    /** What is wrong with the platform. */
    public enum Fault {
        /** It answers every registration with an error, as one that is being maintained does. */
        REFUSES,
        /** It neither registers nor answers, as behind a network that is cut. */
        SILENT,
        /** It registers, and its answers are lost: what is registered must bear to be registered again. */
        ANSWERS_ARE_LOST
    }

    private final Set<Bytes> known = new HashSet<>();
    private @Nullable Fault fault;
    private int asked;

    SimulatedPlatform() {}

    /** Sets what is wrong with it; null for nothing. */
    public void fault(@Nullable Fault newFault) {
        fault = newFault;
    }

    /** Whether it knows the certificate of this fingerprint. */
    public boolean knows(Bytes fingerprint) {
        return known.contains(fingerprint);
    }

    /** How often it was asked to register something. */
    public int asked() {
        return asked;
    }

    @Override
    public CompletableFuture<?> register(IssuedCertificate certificate) {
        asked++;
        return switch (fault) {
            case null -> CompletableFuture.completedFuture(known.add(certificate.fingerprint()));
            case REFUSES -> CompletableFuture.failedFuture(new IllegalStateException("the platform is maintained"));
            case SILENT -> new CompletableFuture<>();
            case ANSWERS_ARE_LOST -> {
                known.add(certificate.fingerprint());
                yield new CompletableFuture<>();
            }
        };
    }
}
