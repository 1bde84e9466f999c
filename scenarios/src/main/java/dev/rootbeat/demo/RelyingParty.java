package dev.rootbeat.demo;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who trusts one Root CA and believes nobody else: it validates paths and revocation lists (RFC 5280, section
 * 6) with the JDK alone, and with none of the code that made them.
 *
 * @param name the Root CA's name
 * @param anchor the Root CA's certificate
 * @param crl its revocation list
 */
record RelyingParty(String name, X509Certificate anchor, X509CRL crl) {

    private static final byte[] CHALLENGE = {4, 2};

    /**
     * Reads a Root CA and its list in PEM, and checks that the list is the Root CA's own and in force.
     *
     * @throws DemoFailure if not
     */
    static RelyingParty of(String name, String rootCaPem, String crlPem, Instant now) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var anchor = (X509Certificate) factory.generateCertificate(in(rootCaPem));
            var crl = (X509CRL) factory.generateCRL(in(crlPem));
            anchor.verify(anchor.getPublicKey());
            anchor.checkValidity(Date.from(now));
            crl.verify(anchor.getPublicKey());
            if (!crl.getIssuerX500Principal().equals(anchor.getSubjectX500Principal())
                    || crl.getNextUpdate().toInstant().isBefore(now)) {
                throw new DemoFailure("the revocation list of " + name + " is another's, or no longer in force");
            }
            return new RelyingParty(name, anchor, crl);
        } catch (GeneralSecurityException e) {
            throw new DemoFailure("Root CA " + name + " or its revocation list does not verify: " + e.getMessage(), e);
        }
    }

    /** How many certificates are on the list. */
    int entries() {
        return crl.getRevokedCertificates() == null
                ? 0
                : crl.getRevokedCertificates().size();
    }

    /** The list's number (RFC 5280, section 5.2.3): an integer in an octet string, both with a short length. */
    BigInteger crlNumber() {
        byte[] extension = crl.getExtensionValue("2.5.29.20");
        if (extension == null) {
            throw new DemoFailure("the revocation list of " + name + " has no number");
        }
        return new BigInteger(extension, 4, extension.length - 4);
    }

    /** Returns why a certificate is not to be trusted, in a word where there is one; or nothing. */
    Optional<String> problem(X509Certificate certificate, Instant now) {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(true);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(crl))));
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(
                    e.getReason() == CertPathValidatorException.BasicReason.UNSPECIFIED
                            ? String.valueOf(e.getMessage())
                            : e.getReason().toString());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform cannot validate paths", e);
        }
    }

    /** Whether a private key is that of a certificate, found out by a signature. */
    static boolean fits(PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(CHALLENGE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(CHALLENGE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static ByteArrayInputStream in(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
