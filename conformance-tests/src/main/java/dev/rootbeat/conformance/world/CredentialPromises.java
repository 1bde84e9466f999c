package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.model.DeviceModel;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A provisioned device holds one credential whose key, certificate and chain match (protocol, section 5.2), and its
 * private key is in no message (section 5.3).
 */
final class CredentialPromises {

    private record Present(Bytes fingerprint, Bytes publicKey, Bytes secret) {}

    private final CredentialCheck check;
    private final Consumer<String> broken;
    private final Map<RotPublicUid, Present> present = new HashMap<>();

    CredentialPromises(P256 p256, Consumer<String> broken) {
        this.check = new CredentialCheck(p256);
        this.broken = broken;
    }

    /** Looks at a device; returns the serial number of the certificate that it has just begun to use, if it has. */
    Optional<BigInteger> look(RotPublicUid uid, RootOfTrust root, DeviceModel model) {
        SlotReport report = root.report().get(SlotReport.MANAGED);
        CertificateRef certificate = report.certificate();
        Present before = present.get(uid);
        if (certificate == null) {
            if (model.isProvisioned() && !model.mayBeEmpty()) {
                broken.accept(uid + ": holds no credential (promise 2)");
            }
            present.remove(uid);
            return Optional.empty();
        }
        if (before != null && before.fingerprint.equals(certificate.fingerprint())) {
            return Optional.empty();
        }
        Optional<Credential> held = root.credential(SlotReport.MANAGED);
        if (held.isEmpty()) {
            broken.accept(uid + ": reports a certificate and has no credential (promise 2)");
            return Optional.empty();
        }
        var now = new Present(
                certificate.fingerprint(), CredentialCheck.publicKey(held.get()), CredentialCheck.secret(held.get()));
        boolean samePair = before != null && before.publicKey.equals(now.publicKey) && before.secret.equals(now.secret);
        check.problem(held.get(), samePair).ifPresent(problem -> broken.accept(uid + ": " + problem + " (promise 2)"));
        present.put(uid, now);
        model.switchedTo(certificate.fingerprint());
        return Optional.of(certificate.serialNumber());
    }

    /** Looks at a message that a device or the server sends. */
    void sent(RotPublicUid uid, Bytes payload) {
        Present known = present.get(uid);
        if (known != null && payload.contains(known.secret)) {
            broken.accept(uid + ": a message holds the private key (promise 3)");
        }
    }

    /** The fingerprints of the certificates that devices use now. */
    Map<RotPublicUid, Bytes> fingerprints() {
        var fingerprints = new LinkedHashMap<RotPublicUid, Bytes>();
        present.forEach((uid, held) -> fingerprints.put(uid, held.fingerprint));
        return fingerprints;
    }
}
