package dev.rootbeat.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RevocationLists;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.SteppedClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A platform on a port of its own, on a clock that stands, and two domains whose Root CAs sign for it. */
final class Site implements AutoCloseable {

    static final Duration JUDGE_AGAIN = Duration.ofMillis(100);
    static final Duration LIFE = Duration.ofDays(30);

    final SteppedClock clock = new SteppedClock(() -> Instant.parse("2027-03-14T15:09:26Z"));
    final MemoryStore store = new MemoryStore();
    final P256 p256 = FastP256.ofThisMachine();
    final RootCa home;
    final RootCa other;
    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority = new CertificateAuthority(p256, random, "http://ca.example");
    private final ExecutorService work = Executors.newFixedThreadPool(2);
    private PlatformEndpoint endpoint;

    Site() throws IOException {
        home = createRootCa("home");
        other = createRootCa("other");
        endpoint = start();
    }

    private RootCa createRootCa(String domain) {
        RootCa rootCa =
                authority.create("ca-" + domain, domain, domain, LIFE.multipliedBy(10), LIFE, null, clock.instant());
        write(tx -> {
            tx.save(rootCa);
            RevocationLists.renew(tx, authority, rootCa.id(), clock.instant());
        });
        return rootCa;
    }

    private PlatformEndpoint start() throws IOException {
        return PlatformEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), store, clock, random, work, JUDGE_AGAIN);
    }

    void restart() throws IOException {
        endpoint.close();
        endpoint = start();
    }

    /** Who logs in, or tries to. */
    record Identity(KeyPair keys, IssuedCertificate certificate) {

        RotPublicUid device() {
            return certificate.device();
        }

        Bytes fingerprint() {
            return certificate.fingerprint();
        }

        /** Below which it publishes. */
        String topic(String name) {
            return "devices/" + device() + "/" + name;
        }
    }

    /** A certificate that the platform does not know. */
    Identity unregistered(RootCa rootCa, long device) {
        KeyPair keys = p256.generateKeyPair();
        IssuedCertificate certificate = authority.issue(
                rootCa,
                new RotPublicUid(device),
                Bytes.of(keys.getPublic().getEncoded()),
                clock.instant(),
                List.of(),
                null);
        write(tx -> tx.save(certificate));
        return new Identity(keys, certificate);
    }

    Identity registered(RootCa rootCa, long device) {
        Identity identity = unregistered(rootCa, device);
        new OwnPlatform(store, clock).register(identity.certificate()).join();
        return identity;
    }

    void disable(Identity identity) {
        write(tx -> tx.platform().save(registration(tx, identity).disabled()));
    }

    void enable(Identity identity) {
        write(tx -> tx.platform().save(registration(tx, identity).enabled()));
    }

    void revoke(Identity identity) {
        write(tx -> {
            tx.save(identity.certificate().revoked(new Revocation(clock.instant(), Revocation.Reason.KEY_COMPROMISE)));
            RevocationLists.renew(tx, authority, identity.certificate().issuer(), clock.instant());
        });
    }

    private static Registration registration(Transaction tx, Identity identity) {
        return tx.platform().registration(identity.fingerprint()).orElseThrow();
    }

    Registration registration(Identity identity) {
        return store.read(view -> view.platform().registration(identity.fingerprint()))
                .orElseThrow();
    }

    void write(Consumer<Transaction> work) {
        assertThat(store.write(tx -> {
                            work.accept(tx);
                            return true;
                        })
                        .join())
                .isTrue();
    }

    int port() {
        return endpoint.address().port();
    }

    Bytes ca() {
        return endpoint.address().ca();
    }

    /** What a client in Java needs to log in; with null it has no certificate. */
    SSLContext tls(@Nullable Identity identity) throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, new char[0]);
        if (identity != null) {
            own.setKeyEntry("own", identity.keys().getPrivate(), new char[0], new Certificate[] {
                parse(identity.certificate().certificate())
            });
        }
        keys.init(own, new char[0]);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, new char[0]);
        trusted.setCertificateEntry("ca", parse(ca()));
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), random);
        return context;
    }

    private static Certificate parse(Bytes der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
    }

    /** Writes what other programs need to log in: {@code ca.pem}, {@code cert.pem} and {@code key.pem}. */
    void write(Identity identity, Path folder) throws IOException {
        Files.writeString(folder.resolve("ca.pem"), Pem.certificate(ca()));
        Files.writeString(
                folder.resolve("cert.pem"),
                Pem.certificate(identity.certificate().certificate()));
        Files.writeString(
                folder.resolve("key.pem"),
                Pem.privateKey(Bytes.of(identity.keys().getPrivate().getEncoded())));
    }

    @Override
    public void close() {
        endpoint.close();
        work.close();
    }
}
