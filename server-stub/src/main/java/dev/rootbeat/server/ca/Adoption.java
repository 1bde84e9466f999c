package dev.rootbeat.server.ca;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.IssuedCertificate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/** Recognises certificates of our own issue that the server no longer remembers (protocol, section 5.8). */
final class Adoption {

    private Adoption() {}

    static Decoded<IssuedCertificate> adopt(String issuerId, Issuer issuer, P256 p256, RotPublicUid device, Bytes der) {
        try {
            var certificate = Certificate.getInstance(der.toArray());
            if (!Bytes.of(certificate.getEncoded(ASN1Encoding.DER)).equals(der)) {
                return refused("is not DER");
            }
            if (!certificate
                    .getSignatureAlgorithm()
                    .equals(certificate.getTBSCertificate().getSignature())) {
                return refused("names two signature algorithms");
            }
            if (!certificate.getIssuer().equals(issuer.name())) {
                return refused("names another issuer");
            }
            byte[] signed = certificate.getTBSCertificate().getEncoded(ASN1Encoding.DER);
            if (!p256.verify(
                    issuer.publicKey(), signed, certificate.getSignature().getOctets())) {
                return refused("is not signed by its issuer");
            }
            if (!certificate.getSubject().equals(CertificateProfile.deviceSubject(device))) {
                return refused("names another device");
            }
            return new Decoded.Message<>(adopted(issuerId, device, certificate, der));
        } catch (IOException | RuntimeException e) {
            // The parser reports bytes that are no certificate by exceptions of many types.
            return refused("is no X.509 certificate");
        }
    }

    /** Only says where to look; whether it is true, the signature shows. */
    static Optional<String> issuerOf(Bytes der) {
        try {
            return CertificateProfile.rootCaId(
                    Certificate.getInstance(der.toArray()).getIssuer());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static IssuedCertificate adopted(String issuerId, RotPublicUid device, Certificate certificate, Bytes der)
            throws IOException {
        return new IssuedCertificate(
                issuerId,
                certificate.getSerialNumber().getValue(),
                device,
                der,
                der.sha256(),
                Bytes.of(certificate.getSubjectPublicKeyInfo().getEncoded()),
                certificate.getStartDate().getDate().toInstant(),
                certificate.getEndDate().getDate().toInstant(),
                IssuedCertificate.State.EFFECTIVE,
                List.of(),
                null,
                null);
    }

    private static Decoded<IssuedCertificate> refused(String reason) {
        return new Decoded.Malformed<>("certificate", reason);
    }
}
