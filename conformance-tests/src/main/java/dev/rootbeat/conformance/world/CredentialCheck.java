package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;

/**
 * Checks that key, certificate and chain match, by the Java platform and the signatures of its provider, and by none of
 * the code that reads and stores credentials.
 *
 * @param p256 signs and verifies
 */
record CredentialCheck(P256 p256) {

    private static final byte[] MESSAGE = {1, 2, 3};
    private static final int SCALAR_OCTETS = 32;

    /** Returns what does not match, or nothing; a key pair that was found good needs no second proof. */
    Optional<String> problem(Credential credential, boolean samePair) {
        try {
            X509Certificate own = own(credential);
            X509Certificate anchor = parse(credential.trustAnchors().getFirst());
            if (!p256.verify(anchor.getPublicKey(), own.getTBSCertificate(), own.getSignature())) {
                return Optional.of("the certificate is not signed by its trust anchor");
            }
            return samePair || p256.verify(own.getPublicKey(), MESSAGE, p256.sign(credential.privateKey(), MESSAGE))
                    ? Optional.empty()
                    : Optional.of("the private key is not that of the certificate");
        } catch (GeneralSecurityException e) {
            return Optional.of("the credential does not verify: " + e.getMessage());
        }
    }

    /** The key that the certificate certifies, DER SubjectPublicKeyInfo; no octets if it is no certificate. */
    static Bytes publicKey(Credential credential) {
        try {
            return Bytes.of(own(credential).getPublicKey().getEncoded());
        } catch (GeneralSecurityException e) {
            return Bytes.EMPTY;
        }
    }

    /** The private key's secret number, 32 octets. */
    static Bytes secret(Credential credential) {
        return Bytes.of(
                BigIntegers.asUnsignedByteArray(SCALAR_OCTETS, ((ECPrivateKey) credential.privateKey()).getS()));
    }

    private static X509Certificate own(Credential credential) throws GeneralSecurityException {
        return parse(credential.chain().getFirst());
    }

    private static X509Certificate parse(Bytes der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
    }
}
