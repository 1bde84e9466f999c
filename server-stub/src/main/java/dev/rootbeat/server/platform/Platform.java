package dev.rootbeat.server.platform;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.store.Transaction;
import java.util.concurrent.CompletableFuture;

/** An IoT platform that lets devices in with certificates that it knows (requirements, section 7). */
@FunctionalInterface
public interface Platform {

    /**
     * Makes a certificate known. The same certificate again, by its fingerprint, changes nothing: neither a second
     * registration comes of it, nor is one that an operator has disabled enabled.
     *
     * @return completes when the platform will not forget it any more, or fails; it must not make the caller wait
     */
    CompletableFuture<?> register(IssuedCertificate certificate);

    /**
     * Makes a certificate known in the transaction that records it, as only a platform can whose data lies in the same
     * store; then the certificate may be handed out as soon as the transaction is durable.
     *
     * @return whether it did; if not, it has to be registered afterwards
     */
    default boolean registerWithin(Transaction tx, IssuedCertificate certificate) {
        return false;
    }
}
