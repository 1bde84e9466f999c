package dev.rootbeat.rot;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate with those that lead from it to a trust anchor.
 *
 * @param certificates the device's own first, each issued by the next
 * @param anchors the authorities that came with it
 */
record CertificateChain(List<Certificate> certificates, List<Certificate> anchors) {

    /** Reads a chain, unless a part of it is no certificate, or there is no certificate or no anchor. */
    static Optional<CertificateChain> parse(List<Bytes> chain, List<Bytes> trustAnchors) {
        List<Certificate> certificates = parse(chain);
        List<Certificate> anchors = parse(trustAnchors);
        if (certificates.isEmpty()
                || certificates.size() < chain.size()
                || anchors.isEmpty()
                || anchors.size() < trustAnchors.size()) {
            return Optional.empty();
        }
        return Optional.of(new CertificateChain(certificates, anchors));
    }

    /** The device's own certificate. */
    Certificate own() {
        return certificates.getFirst();
    }

    /** Returns whether each certificate is issued by the next, and the last is an anchor or issued by one. */
    boolean isTrusted(P256 p256) {
        for (int i = 1; i < certificates.size(); i++) {
            if (!certificates.get(i - 1).isIssuedBy(certificates.get(i), p256)) {
                return false;
            }
        }
        Certificate last = certificates.getLast();
        return anchors.stream().anyMatch(anchor -> anchor.der().equals(last.der()) || last.isIssuedBy(anchor, p256));
    }

    /** Returns whether all certificates are valid at an instant. */
    boolean isValidAt(Instant instant) {
        return certificates.stream().allMatch(certificate -> certificate.isValidAt(instant));
    }

    private static List<Certificate> parse(List<Bytes> ders) {
        return ders.stream().map(Certificate::parse).flatMap(Optional::stream).toList();
    }
}
