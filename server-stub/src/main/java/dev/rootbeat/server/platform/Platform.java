package dev.rootbeat.server.platform;

import dev.rootbeat.server.model.IssuedCertificate;
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
}
