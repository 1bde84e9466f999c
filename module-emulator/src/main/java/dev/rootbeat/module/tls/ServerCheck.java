package dev.rootbeat.module.tls;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/**
 * Validates the certificate of a server as far as a TLS profile asks for ({@code AT+USECPRF}, operations 0 and 12): its
 * chain to an authority from level 1 on, the host name from level 2 on, dates at level 3; and whether it is the one that
 * is pinned, at any level.
 *
 * @param level 0 to 3
 * @param authorities DER certificates
 * @param host the name or address that the certificate must be for
 * @param now for dates
 * @param pinned the DER certificate that the server must have, or null
 * @param wholePin whether all of it is compared, and not only the key
 */
record ServerCheck(
        int level,
        List<Bytes> authorities,
        String host,
        Instant now,
        @Nullable Bytes pinned,
        boolean wholePin) {

    private static final int NO_VALIDATION = 0;
    private static final int HOST_NAME = 2;
    private static final int DATES = 3;

    /** More certificates than any sensible chain has. */
    private static final int MAX_PATH = 8;

    /** The bit of the key usage extension that allows to sign certificates. */
    private static final int KEY_CERT_SIGN = 5;

    /** Why a server is not accepted, with the alert that tells it (RFC 5246, section 7.2.2). */
    record Refusal(short alert, String reason) {}

    /** Returns why the server with these certificates, its own first, is not accepted, if it is not. */
    Optional<Refusal> check(List<Bytes> presented) {
        try {
            List<X509Certificate> chain = parse(presented);
            Optional<Refusal> refusal = level == NO_VALIDATION ? Optional.empty() : validate(chain);
            return refusal.isPresent() ? refusal : checkPin(chain.getFirst());
        } catch (GeneralSecurityException | IOException | RuntimeException e) { // the parser throws what it likes
            return refuse(AlertDescription.bad_certificate, "its certificate cannot be read: " + e.getMessage());
        }
    }

    private Optional<Refusal> validate(List<X509Certificate> chain) throws GeneralSecurityException, IOException {
        X509Certificate own = chain.getFirst();
        List<X509Certificate> path = path(chain);
        if (path.isEmpty()) {
            return refuse(AlertDescription.unknown_ca, "no known authority has issued its certificate");
        }
        for (X509Certificate certificate : path) {
            if (!KeyStrength.isEnough(
                    PublicKeyFactory.createKey(certificate.getPublicKey().getEncoded()))) {
                return refuse(AlertDescription.bad_certificate, "a key in its chain is too short");
            }
            if (level >= DATES && !isValid(certificate)) {
                return refuse(AlertDescription.certificate_expired, "a certificate of its chain is not valid now");
            }
        }
        if (!isForServers(own)) {
            return refuse(AlertDescription.unsupported_certificate, "its certificate is not for servers");
        }
        return level >= HOST_NAME && !HostName.matches(own, host)
                ? refuse(AlertDescription.bad_certificate, "its certificate is not for " + host)
                : Optional.empty();
    }

    private Optional<Refusal> checkPin(X509Certificate own) throws GeneralSecurityException {
        if (pinned == null) {
            return Optional.empty();
        }
        X509Certificate expected = parse(List.of(pinned)).getFirst();
        boolean same = wholePin ? expected.equals(own) : expected.getPublicKey().equals(own.getPublicKey());
        return same
                ? Optional.empty()
                : refuse(AlertDescription.bad_certificate, "its certificate is not the pinned one");
    }

    /** The way from the server's certificate to one of an authority, both included; empty if there is none. */
    private List<X509Certificate> path(List<X509Certificate> chain) throws GeneralSecurityException {
        List<X509Certificate> anchors = parse(authorities);
        List<X509Certificate> path = new ArrayList<>(List.of(chain.getFirst()));
        while (path.size() <= MAX_PATH) {
            X509Certificate last = path.getLast();
            if (anchors.contains(last)) {
                return path;
            }
            Optional<X509Certificate> issuer = issuer(last, anchors).or(() -> issuer(last, chain));
            if (issuer.isEmpty()) {
                return List.of();
            }
            path.add(issuer.get());
        }
        return List.of();
    }

    private static Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> among) {
        return among.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(of.getIssuerX500Principal())
                        && !candidate.equals(of)
                        && mayIssue(candidate)
                        && isSignedBy(of, candidate))
                .findFirst();
    }

    private static boolean mayIssue(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey(), new BouncyCastleProvider());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean isValid(X509Certificate certificate) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private static boolean isForServers(X509Certificate certificate) throws CertificateException {
        List<String> purposes = certificate.getExtendedKeyUsage();
        return purposes == null
                || purposes.contains(KeyPurposeId.id_kp_serverAuth.getId())
                || purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId());
    }

    private static List<X509Certificate> parse(List<Bytes> ders) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509", new BouncyCastleProvider());
        List<X509Certificate> parsed = new ArrayList<>();
        for (Bytes der : ders) {
            parsed.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray())));
        }
        return parsed;
    }

    private static Optional<Refusal> refuse(short alert, String reason) {
        return Optional.of(new Refusal(alert, reason));
    }
}
