package dev.rootbeat.module.credential;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority with a key of its own, which issues certificates for tests. */
public final class TestAuthority {

    /** A moment at which its certificates are valid, unless they are made to be expired. */
    public static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private static final Duration VALIDITY = Duration.ofDays(365);

    private final String name;
    private final KeyPair keys;
    private final Bytes certificate;

    /** Makes an authority whose name is a distinguished name, such as {@code CN=root}. */
    public TestAuthority(String name, KeyPair keys) {
        this.name = name;
        this.keys = keys;
        this.certificate = issue(name, keys, null, NOW.plus(VALIDITY), true, null);
    }

    private TestAuthority(String name, KeyPair keys, Bytes certificate) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
    }

    /** Makes an authority below this one. */
    public TestAuthority intermediate(String subject, KeyPair of) {
        return new TestAuthority(subject, of, issue(subject, of, null, NOW.plus(VALIDITY), true, null));
    }

    /** A key pair of an algorithm and size as the JDK names them: {@code RSA} 2048, {@code EC} 256. */
    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its own certificate, in DER. */
    public Bytes certificate() {
        return certificate;
    }

    /** Its own certificate as a host has it. */
    public String pem() {
        return Pem.certificate(certificate);
    }

    /** Issues a certificate that is valid at {@link #NOW}, for a host name if there is one. */
    public Bytes issue(String subject, KeyPair of, @Nullable String host) {
        return issue(subject, of, host, NOW.plus(VALIDITY), false, null);
    }

    /** Issues a certificate that was valid before {@link #NOW}. */
    public Bytes issueExpired(String subject, KeyPair of, @Nullable String host) {
        return issue(subject, of, host, NOW.minus(Duration.ofDays(1)), false, null);
    }

    /** Issues a certificate that is good for one purpose only. */
    public Bytes issue(String subject, KeyPair of, @Nullable String host, KeyPurposeId purpose) {
        return issue(subject, of, host, NOW.plus(VALIDITY), false, purpose);
    }

    private Bytes issue(
            String subject,
            KeyPair of,
            @Nullable String host,
            Instant until,
            boolean isAuthority,
            @Nullable KeyPurposeId purpose) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name(name),
                    BigInteger.valueOf(subject.hashCode() & Integer.MAX_VALUE),
                    Date.from(NOW.minus(VALIDITY)),
                    Date.from(until),
                    new X500Name(subject),
                    of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (host != null) {
                int kind = host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, host)));
            }
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            String algorithm = "SHA256with" + (keys.getPrivate().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
            return Bytes.of(builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()))
                    .getEncoded());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
