package dev.rootbeat.server.tls;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * The CA of the server's own TLS certificates: of its REST interface and of its IoT platform. It is made at the first start
 * and kept in the store, so that clients import it once; servers' certificates are made anew at every start.
 */
public final class OwnCa {

    /** What the store calls it: the platform had it first. */
    private static final String SECRET = "platform CA";

    private static final String ALIAS = "ca";
    private static final X500Name NAME = new X500Name("O=Rootbeat,CN=Rootbeat server CA");
    private static final X500Name SERVER = new X500Name("O=Rootbeat,CN=Rootbeat server");

    /** A PKCS#12 file needs one; the file itself is the secret. */
    private static final char[] PASSWORD = "platform".toCharArray();

    /** Early enough for clients whose clock was set, or is behind a fast one of the server. */
    private static final Instant NOT_BEFORE = Instant.parse("2000-01-01T00:00:00Z");

    /** A certificate without a well-defined end has this one (RFC 5280, section 4.1.2.5). */
    private static final Instant NOT_AFTER = Instant.parse("9999-12-31T23:59:59Z");

    private static final int SERIAL_NUMBER_BITS = 127;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final SecureRandom random;

    private OwnCa(PrivateKey key, X509Certificate certificate, SecureRandom random) {
        this.key = key;
        this.certificate = certificate;
        this.random = random;
    }

    /** Takes the CA from the store, or makes it. */
    public static OwnCa of(Store store, SecureRandom random) {
        try {
            Bytes kept = store.read(view -> view.secret(SECRET)).orElse(null);
            if (kept == null) {
                Bytes made = newCa(random);
                kept = store.write(tx -> tx.keep(SECRET, made)).join();
            }
            KeyStore stored = KeyStore.getInstance("PKCS12");
            stored.load(new ByteArrayInputStream(kept.toArray()), PASSWORD);
            return new OwnCa(
                    (PrivateKey) stored.getKey(ALIAS, PASSWORD),
                    (X509Certificate) stored.getCertificate(ALIAS),
                    random);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("the server's own CA cannot be used", e);
        }
    }

    /** What clients trust, in DER. */
    public Bytes certificate() {
        try {
            return Bytes.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("our own certificate encodes", e);
        }
    }

    /**
     * Makes an identity for a server.
     *
     * @param hosts the names and addresses by which clients reach it, besides those of this machine to itself
     */
    public ServerIdentity issue(Collection<String> hosts) {
        try {
            KeyPair pair = newKeyPair(random);
            return new ServerIdentity(pair.getPrivate(), List.of(serverCertificate(pair, hosts)));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("the server's own CA cannot be used", e);
        }
    }

    private static Bytes newCa(SecureRandom random)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair pair = newKeyPair(random);
        X509v3CertificateBuilder builder = builder(NAME, NAME, pair, random)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        KeyStore stored = KeyStore.getInstance("PKCS12");
        stored.load(null, PASSWORD);
        stored.setKeyEntry(ALIAS, pair.getPrivate(), PASSWORD, new Certificate[] {signed(builder, pair.getPrivate())});
        var octets = new ByteArrayOutputStream();
        stored.store(octets, PASSWORD);
        return Bytes.of(octets.toByteArray());
    }

    private X509Certificate serverCertificate(KeyPair pair, Collection<String> hosts)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var extensions = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder builder = builder(name(), SERVER, pair, random)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, names(hosts))
                .addExtension(
                        Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
        return signed(builder, key);
    }

    /** One that was kept may have another than one that is made now. */
    private X500Name name() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair pair, SecureRandom random) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_NUMBER_BITS, random),
                Date.from(NOT_BEFORE),
                Date.from(NOT_AFTER),
                subject,
                pair.getPublic());
    }

    private static GeneralNames names(Collection<String> hosts) {
        return new GeneralNames(Stream.concat(hosts.stream(), Stream.of("localhost", "127.0.0.1", "::1"))
                .distinct()
                .map(host ->
                        new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static KeyPair newKeyPair(SecureRandom random) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }
}
