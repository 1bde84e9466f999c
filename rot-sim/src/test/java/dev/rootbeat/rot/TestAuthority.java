package dev.rootbeat.rot;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/** A certificate authority that issues whatever a test asks for. */
final class TestAuthority {

    static final Instant NOT_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final Instant NOT_AFTER = Instant.parse("2027-01-01T00:00:00Z");

    private final P256 p256;
    private final KeyPair keyPair;
    private final X500Name name;
    private final Bytes certificate;
    private long lastSerial;

    private TestAuthority(P256 p256, String name, @Nullable TestAuthority issuer, boolean authority) {
        this.p256 = p256;
        this.keyPair = p256.generateKeyPair();
        this.name = new X500Name("CN=" + name);
        Bytes key = Bytes.of(keyPair.getPublic().getEncoded());
        TestAuthority signer = issuer == null ? this : issuer;
        this.certificate = signer.issue(key, this.name, NOT_BEFORE.minus(Duration.ofDays(1)), NOT_AFTER, authority);
    }

    static TestAuthority root(P256 p256, String name) {
        return new TestAuthority(p256, name, null, true);
    }

    TestAuthority intermediate(String name) {
        return new TestAuthority(p256, name, this, true);
    }

    /** Returns a holder of a certificate that is no authority's, who signs all the same. */
    TestAuthority device(String name) {
        return new TestAuthority(p256, name, this, false);
    }

    Bytes certificate() {
        return certificate;
    }

    Bytes issue(Bytes subjectPublicKeyInfo) {
        return issue(subjectPublicKeyInfo, new X500Name("CN=device"), NOT_BEFORE, NOT_AFTER, false);
    }

    Bytes issue(Bytes subjectPublicKeyInfo, Instant notBefore, Instant notAfter) {
        return issue(subjectPublicKeyInfo, new X500Name("CN=device"), notBefore, notAfter, false);
    }

    private Bytes issue(Bytes key, X500Name subject, Instant notBefore, Instant notAfter, boolean authority) {
        try {
            return Bytes.of(new X509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(++lastSerial),
                            Date.from(notBefore),
                            Date.from(notAfter),
                            subject,
                            SubjectPublicKeyInfo.getInstance(key.toArray()))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                    .build(new Signer(new ByteArrayOutputStream()))
                    .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Signer implements ContentSigner {
        private final ByteArrayOutputStream signed;

        Signer(ByteArrayOutputStream signed) {
            this.signed = signed;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return signed;
        }

        @Override
        public byte[] getSignature() {
            return p256.sign(keyPair.getPrivate(), signed.toByteArray());
        }
    }
}
