package dev.rootbeat.server.ca;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.server.model.RootCa;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;

/**
 * A Root CA, parsed: what every signature under it needs.
 *
 * @param notBefore when its own certificate begins
 * @param authorityKey the extension that names its key in what it signs
 * @param distributionPoint the extension that says where its revocation list is
 */
record Issuer(
        X500Name name,
        Instant notBefore,
        PublicKey publicKey,
        PrivateKey privateKey,
        Extension authorityKey,
        Extension distributionPoint) {

    static Issuer of(RootCa ca, P256 p256, String crlUrl) {
        try {
            var certificate = Certificate.getInstance(ca.certificate().toArray());
            var key = certificate.getSubjectPublicKeyInfo();
            return new Issuer(
                    certificate.getSubject(),
                    certificate.getStartDate().getDate().toInstant(),
                    p256.publicKey(key.getEncoded()),
                    p256.privateKey(ca.privateKey().toArray()),
                    CertificateProfile.authorityKey(key),
                    CertificateProfile.distributionPoint(crlUrl));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the stored " + ca + " is damaged", e);
        }
    }

    /** Names it only: the private key must not reach a log. */
    @Override
    public String toString() {
        return "Issuer[" + name + "]";
    }
}
