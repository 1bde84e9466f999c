package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.IssuedCertificate.State;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Revocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Revokes what a device's present key was certified with (requirements, section 5). */
final class Revocations {

    private Revocations() {}

    /**
     * Revokes every unexpired certificate on the present key, also one that is on its way, and the present one in any
     * case, since no other on its key may follow. Cancels what would bring another on the same key.
     *
     * @return the ids of the Root CAs whose revocation lists change
     */
    static SequencedSet<String> revoke(Visit visit, String operationId, Revocation.Reason reason) {
        var issuers = new LinkedHashSet<String>();
        List<IssuedCertificate> certificates =
                visit.tx().certificates(visit.device().uid());
        List<Bytes> presentKeys = certificates.stream()
                .filter(certificate -> certificate.state() == State.EFFECTIVE)
                .map(IssuedCertificate::publicKey)
                .toList();
        for (IssuedCertificate certificate : certificates) {
            if (presentKeys.contains(certificate.publicKey())
                    && certificate.revocation() == null
                    && (certificate.state() == State.EFFECTIVE || visit.now().isBefore(certificate.notAfter()))) {
                visit.save(certificate.revoked(new Revocation(visit.now(), reason)));
                visit.tell(
                        Notification.Kind.CERTIFICATE_REVOKED,
                        certificate.serialNumber().toString(16));
                issuers.add(certificate.issuer());
            }
        }
        cancelSameKey(visit);
        if (!issuers.isEmpty()) {
            Operation done = visit.start(operationId, Kind.REVOKE, null);
            visit.change(done, Operation.State.EFFECTIVE, reason.name());
        }
        return issuers;
    }

    private static void cancelSameKey(Visit visit) {
        for (Operation operation : visit.open()) {
            switch (operation.kind()) {
                case RENEW, AUTOMATIC_RENEW, TRANSFER ->
                    visit.change(operation, Operation.State.CANCELLED, "revocation");
                case PROVISION, UPDATE, DELETE, REVOKE -> {}
            }
        }
    }
}
