package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;

/** Checks by the JDK alone, and by none of the code under test, that key, certificate and chain match. */
final class CredentialCheck {

    private static final byte[] MESSAGE = {1, 2, 3};
    private static final int SCALAR_OCTETS = 32;

    private CredentialCheck() {}

    /** Returns what does not match, or nothing. */
    static Optional<String> problem(Credential credential) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            X509Certificate own = parse(factory, credential.chain().getFirst());
            X509Certificate anchor = parse(factory, credential.trustAnchors().getFirst());
            own.verify(anchor.getPublicKey());
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(credential.privateKey());
            signer.update(MESSAGE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(own.getPublicKey());
            verifier.update(MESSAGE);
            return verifier.verify(signature)
                    ? Optional.empty()
                    : Optional.of("the private key is not that of the certificate");
        } catch (GeneralSecurityException e) {
            return Optional.of("the credential does not verify: " + e.getMessage());
        }
    }

    /** The private key's secret number, 32 octets. */
    static Bytes scalar(Credential credential) {
        return Bytes.of(
                BigIntegers.asUnsignedByteArray(SCALAR_OCTETS, ((ECPrivateKey) credential.privateKey()).getS()));
    }

    private static X509Certificate parse(CertificateFactory factory, Bytes der) throws GeneralSecurityException {
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray()));
    }
}
