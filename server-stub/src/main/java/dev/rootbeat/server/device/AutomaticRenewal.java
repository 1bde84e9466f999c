package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.server.event.Outbox;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import java.time.Duration;
import java.time.Instant;

/** Asks for a renewal when less than the renewal window of the Root CA is left (requirements, section 5). */
final class AutomaticRenewal {

    private final Ids ids;

    AutomaticRenewal(Ids ids) {
        this.ids = ids;
    }

    /** Starts an automatic renewal if it is due for the certificate that the device reports. */
    void startIfDue(Visit visit) {
        Device device = visit.device();
        CertificateRef present = visit.slot().reported().certificate();
        boolean allowed = device.standing() == Device.Standing.ACTIVATED
                && device.plan() != Plan.NONE
                && Firmware.supportsCertificateManager(device.product())
                && visit.open().isEmpty();
        if (present == null || !allowed) {
            return;
        }
        visit.certificate(present.fingerprint())
                .filter(certificate -> certificate.revocation() == null)
                .ifPresent(certificate -> visit.tx()
                        .rootCa(certificate.issuer())
                        .ifPresent(rootCa -> startIfDue(visit, certificate, rootCa)));
    }

    private void startIfDue(Visit visit, IssuedCertificate certificate, RootCa rootCa) {
        Instant now = visit.now();
        if (rootCa.renewalWindow() == null
                || !rootCa.mayIssue(now)
                || now.plus(rootCa.renewalWindow()).isBefore(certificate.notAfter())) {
            return;
        }
        Instant wholeLife = now.plus(rootCa.deviceValidity());
        boolean endsWithRootCa = rootCa.notAfter().isBefore(wholeLife);
        Duration gain = Duration.between(certificate.notAfter(), endsWithRootCa ? rootCa.notAfter() : wholeLife);
        if (gain.compareTo(rootCa.deviceValidity().dividedBy(2)) >= 0) {
            visit.start(ids.next(), Kind.AUTOMATIC_RENEW, null);
        } else if (endsWithRootCa && !rootCa.expiryNotified()) {
            visit.tx().save(rootCa.withExpiryNotified());
            Outbox.tell(
                    visit.tx(),
                    new Notification(rootCa.domain(), null, Notification.Kind.ROOT_CA_EXPIRING, rootCa.id(), now));
        }
    }
}
