package dev.rootbeat.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Who a server is to those who come by TLS.
 *
 * @param key its private key
 * @param chain its certificate, and those that lead to the one that clients trust
 */
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {

    private static final String ALIAS = "server";

    /** Copies the list. */
    public ServerIdentity {
        chain = List.copyOf(chain);
    }

    /** Returns what Java's TLS takes: servers show the identity, and ask clients for none. */
    public SSLContext context(SecureRandom random) {
        try {
            // It never leaves memory, so it needs no password.
            char[] password = {};
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, password);
            keys.setKeyEntry(ALIAS, key, password, chain.toArray(X509Certificate[]::new));
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, random);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Names it only: the private key must not reach a log. */
    @Override
    public String toString() {
        return "ServerIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
