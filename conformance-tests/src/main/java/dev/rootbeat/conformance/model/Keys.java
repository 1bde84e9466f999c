package dev.rootbeat.conformance.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.store.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at whole histories of keys, certificates and operations: a key is one device's, an update brings another one,
 * nothing is signed for a revoked one, no certificate outlives its Root CA, and no update is swallowed (requirements,
 * section 5).
 */
public final class Keys {

    private Keys() {}

    /**
     * Returns what is wrong.
     *
     * @param used for each device the fingerprints of the certificates that it has used
     */
    public static List<String> problems(View view, Map<RotPublicUid, ? extends Set<Bytes>> used) {
        var problems = new ArrayList<String>();
        var owners = new HashMap<Bytes, RotPublicUid>();
        used.forEach((uid, fingerprints) -> {
            List<IssuedCertificate> certificates = view.certificates(uid);
            for (IssuedCertificate certificate : certificates) {
                if (!owners.computeIfAbsent(certificate.publicKey(), _ -> uid).equals(uid)) {
                    problems.add(uid + ": has the key of another device");
                }
                if (view.rootCa(certificate.issuer())
                        .filter(rootCa -> certificate.notAfter().isAfter(rootCa.notAfter()))
                        .isPresent()) {
                    problems.add(name(certificate) + " outlives its Root CA");
                }
                certificates.stream()
                        .takeWhile(earlier -> !earlier.fingerprint().equals(certificate.fingerprint()))
                        .filter(earlier -> earlier.publicKey().equals(certificate.publicKey()))
                        .forEach(earlier -> sameKey(earlier, certificate, fingerprints, problems));
            }
            swallowed(uid, view.operations(uid), problems);
        });
        return problems;
    }

    private static void sameKey(
            IssuedCertificate earlier, IssuedCertificate later, Set<Bytes> used, List<String> problems) {
        if (later.billedAs() == Kind.UPDATE
                && earlier.billedAs() != Kind.UPDATE
                && used.contains(earlier.fingerprint())
                && used.contains(later.fingerprint())) {
            problems.add(name(later) + " is an update and kept the key");
        }
        if (earlier.revocation() != null
                && later.revocation() == null
                && later.notBefore()
                        .plus(CertificateAuthority.BACKDATING)
                        .isAfter(earlier.revocation().at())) {
            problems.add(name(later) + " was signed for a key that was revoked");
        }
    }

    private static void swallowed(RotPublicUid uid, List<Operation> operations, List<String> problems) {
        operations.stream()
                .filter(operation -> operation.kind() == Kind.UPDATE && operation.state() == Operation.State.SUPERSEDED)
                .forEach(_ -> problems.add(uid + ": an update was swallowed"));
    }

    private static String name(IssuedCertificate certificate) {
        return certificate.device() + ": certificate "
                + certificate.serialNumber().toString(16);
    }
}
