package dev.rootbeat.rot;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What a Root of Trust looks at in an X.509 certificate (RFC 5280).
 *
 * @param der all of it
 * @param subjectPublicKeyInfo the DER form of its public key
 * @param isAuthority whether it may sign certificates, by its basic constraints
 * @param toBeSigned the part that the signature is over
 * @param signatureAlgorithm the object identifier of its algorithm
 */
record Certificate(
        Bytes der,
        BigInteger serialNumber,
        X500Principal subject,
        X500Principal issuer,
        Bytes subjectPublicKeyInfo,
        Instant notBefore,
        Instant notAfter,
        boolean isAuthority,
        Bytes toBeSigned,
        String signatureAlgorithm,
        Bytes signature) {

    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";

    /** What a DER certificate starts with; the parser also takes PEM. */
    private static final byte SEQUENCE = 0x30;

    /** The longest serial number, in octets (RFC 5280, section 4.1.2.2). */
    private static final int MAX_SERIAL_OCTETS = 20;

    /** Reads a certificate; any octets that are not exactly one give none. */
    static Optional<Certificate> parse(Bytes der) {
        byte[] octets = der.toArray();
        if (octets.length == 0 || octets[0] != SEQUENCE) {
            return Optional.empty();
        }
        ByteArrayInputStream in = new ByteArrayInputStream(octets);
        try {
            X509Certificate parsed =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            BigInteger serial = parsed.getSerialNumber();
            if (in.available() > 0 || serial.signum() <= 0 || serial.toByteArray().length > MAX_SERIAL_OCTETS) {
                return Optional.empty();
            }
            return Optional.of(new Certificate(
                    der,
                    serial,
                    parsed.getSubjectX500Principal(),
                    parsed.getIssuerX500Principal(),
                    Bytes.of(parsed.getPublicKey().getEncoded()),
                    parsed.getNotBefore().toInstant(),
                    parsed.getNotAfter().toInstant(),
                    parsed.getBasicConstraints() >= 0,
                    Bytes.of(parsed.getTBSCertificate()),
                    parsed.getSigAlgOID(),
                    Bytes.of(parsed.getSignature())));
        } catch (CertificateException | RuntimeException e) { // the parser throws what it likes
            return Optional.empty();
        }
    }

    /** Returns whether the other certificate's authority issued this one. */
    boolean isIssuedBy(Certificate authority, P256 p256) {
        if (!authority.isAuthority
                || !authority.subject.equals(issuer)
                || !signatureAlgorithm.equals(ECDSA_WITH_SHA256)) {
            return false;
        }
        try {
            return p256.verify(
                    p256.publicKey(authority.subjectPublicKeyInfo.toArray()),
                    toBeSigned.toArray(),
                    signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns whether an instant lies within its validity, both ends included. */
    boolean isValidAt(Instant instant) {
        return !instant.isBefore(notBefore) && !instant.isAfter(notAfter);
    }
}
