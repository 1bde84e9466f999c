package dev.rootbeat.server.ca;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** What the tests of this package start from: one authority, one day, one device. */
final class Given {

    static final Instant NOW = Instant.parse("2027-03-14T15:09:26.535Z");
    static final RotPublicUid DEVICE = RotPublicUid.parse("0002000071cdc99d");

    private static final P256 CURVE = FastP256.ofThisMachine();
    static final Bytes KEY = Bytes.of(CURVE.generateKeyPair().getPublic().getEncoded());

    /** Serial numbers follow from the seed. */
    static final long SEED = 20_270_314;

    private Given() {}

    static CertificateAuthority authority() {
        return new CertificateAuthority(CURVE, new Random(SEED), "http://127.0.0.1:8080");
    }

    static RootCa rootCa(CertificateAuthority authority) {
        return rootCa(authority, "ca-1", Duration.ofDays(3650), NOW);
    }

    static RootCa rootCa(CertificateAuthority authority, String id, Duration validity, Instant at) {
        return authority.create(id, "acme", "Acme Things", validity, Duration.ofDays(90), null, at);
    }

    static IssuedCertificate certificate(CertificateAuthority authority, RootCa ca, Instant at) {
        return authority.issue(ca, DEVICE, KEY, at, List.of("operation-1"), Operation.Kind.RENEW);
    }

    static IssuedCertificate revoked(IssuedCertificate certificate, Revocation.Reason reason) {
        return certificate.revoked(new Revocation(NOW, reason));
    }

    /** Reads a certificate with a parser that is not ours. */
    static X509Certificate x509(Bytes der) throws GeneralSecurityException {
        return (X509Certificate) factory().generateCertificate(stream(der.toArray()));
    }

    static X509CRL x509Crl(Bytes der) throws GeneralSecurityException {
        return (X509CRL) factory().generateCRL(stream(der.toArray()));
    }

    static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }

    static InputStream text(String text) {
        return stream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
