package dev.rootbeat.server.tls;

import dev.rootbeat.server.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** How the REST interface is protected. */
public sealed interface TlsConfig {

    /** Not at all. */
    record None() implements TlsConfig {}

    /**
     * By a certificate of the server's own making.
     *
     * @param ca the file that the certificate to trust is written to, in PEM
     */
    record Own(Path ca) implements TlsConfig {}

    /** By a certificate that the server was given. */
    record Given(ServerIdentity identity) implements TlsConfig {}

    /**
     * Returns what Java's TLS takes, or nothing where there is no protection.
     *
     * @param store keeps the server's own CA
     * @param hosts the names and addresses by which clients reach the server
     * @throws IOException if a file cannot be written; the message names it and the reason
     */
    default Optional<SSLContext> context(Store store, SecureRandom random, Collection<String> hosts)
            throws IOException {
        return switch (this) {
            case None() -> Optional.empty();
            case Given(ServerIdentity identity) -> Optional.of(identity.context(random));
            case Own(Path file) -> {
                OwnCa ca = OwnCa.of(store, random);
                PemFiles.write(ca.certificate(), file);
                yield Optional.of(ca.issue(hosts).context(random));
            }
        };
    }
}
