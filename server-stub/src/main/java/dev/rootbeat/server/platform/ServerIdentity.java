package dev.rootbeat.server.platform;

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
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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

/**
 * Who the platform is to those who log in. Its CA, made at the first start, is kept in the store, so that hosts import it
 * once; the server's certificate is made anew at every start.
 *
 * @param key the server's private key
 * @param certificate the server's certificate
 * @param ca what hosts trust
 */
record ServerIdentity(PrivateKey key, X509Certificate certificate, X509Certificate ca) {

    /** What the store calls the CA. */
    private static final String SECRET = "platform CA";

    private static final String ALIAS = "ca";
    private static final X500Name CA_NAME = new X500Name("O=Rootbeat,CN=Rootbeat platform CA");

    /** A PKCS#12 file needs one; the file itself is the secret. */
    private static final char[] PASSWORD = "platform".toCharArray();

    /** Longer than any device lives, as Root CAs may be. */
    private static final Duration VALIDITY = Duration.ofDays(36_525);

    /** The server's clock may run ahead of its hosts' for years, where it is set or runs fast for a test. */
    private static final Duration BACKDATING = Duration.ofDays(3_652);

    private static final int SERIAL_NUMBER_BITS = 127;

    /** Takes the CA from the store, or makes it. */
    static ServerIdentity of(Store store, SecureRandom random, String host, Instant now) {
        try {
            Bytes kept = store.read(view -> view.secret(SECRET)).orElse(null);
            if (kept == null) {
                Bytes made = newCa(random, now);
                kept = store.write(tx -> tx.keep(SECRET, made)).join();
            }
            KeyStore stored = KeyStore.getInstance("PKCS12");
            stored.load(new ByteArrayInputStream(kept.toArray()), PASSWORD);
            var caKey = (PrivateKey) stored.getKey(ALIAS, PASSWORD);
            var ca = (X509Certificate) stored.getCertificate(ALIAS);
            KeyPair pair = newKeyPair(random);
            return new ServerIdentity(pair.getPrivate(), serverCertificate(caKey, ca, pair, random, host, now), ca);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("the platform's CA cannot be used", e);
        }
    }

    private static Bytes newCa(SecureRandom random, Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair pair = newKeyPair(random);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        CA_NAME,
                        new BigInteger(SERIAL_NUMBER_BITS, random),
                        Date.from(now.minus(BACKDATING)),
                        Date.from(now.plus(VALIDITY)),
                        CA_NAME,
                        pair.getPublic())
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

    private static X509Certificate serverCertificate(
            PrivateKey caKey, X509Certificate ca, KeyPair pair, SecureRandom random, String host, Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var extensions = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        CA_NAME,
                        new BigInteger(SERIAL_NUMBER_BITS, random),
                        Date.from(now.minus(BACKDATING)),
                        ca.getNotAfter(),
                        new X500Name("O=Rootbeat,CN=Rootbeat platform"),
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, names(host))
                .addExtension(Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(ca))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
        return signed(builder, caKey);
    }

    /** The names under which hosts reach it. */
    private static GeneralNames names(String host) {
        boolean isAddress = host.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
        return new GeneralNames(new GeneralName[] {
            new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
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

    /** Names it only: the private key must not reach a log. */
    @Override
    public String toString() {
        return "ServerIdentity[" + certificate.getSubjectX500Principal() + "]";
    }
}
