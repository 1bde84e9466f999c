package dev.rootbeat.server.device;

import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.IssuedCertificate.State;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.RootCa;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows when a device reports that something took effect: states, bill and notification, in the transaction
 * that stores the report, and only the first time (protocol, section 3).
 */
final class Effects {

    private Effects() {}

    /** The device uses this certificate. */
    static void tookEffect(Visit visit, IssuedCertificate certificate) {
        if (certificate.state() == State.EFFECTIVE) {
            return;
        }
        boolean firstTime = certificate.state() != State.REPLACED && certificate.state() != State.REMOVED;
        retirePrevious(visit, State.REPLACED);
        visit.save(certificate.to(State.EFFECTIVE));
        for (Operation operation : visit.open()) {
            if (answers(certificate, operation, visit)) {
                visit.change(operation, Operation.State.EFFECTIVE, null);
            }
        }
        boolean pendingKeyUsed = certificate.publicKey().equals(visit.slot().pendingKey());
        visit.update(visit.slot()
                .wanting(certificate.issuer())
                .pending(pendingKeyUsed ? null : visit.slot().pendingKey())
                .provisionedNow());
        if (firstTime) {
            bill(visit, certificate);
            visit.tell(
                    notification(certificate.billedAs()),
                    certificate.serialNumber().toString(16));
        }
        moveToDomainOf(visit, certificate.issuer());
    }

    /** The device holds no certificate any more, as it was told. */
    static void wasDeleted(Visit visit) {
        retirePrevious(visit, State.REMOVED);
        visit.update(visit.slot().wanting(null).pending(null));
        for (Operation operation : visit.open()) {
            if (operation.kind() == Kind.DELETE) {
                visit.change(operation, Operation.State.EFFECTIVE, null);
            }
        }
        visit.tell(Notification.Kind.CERTIFICATE_DELETED, null);
    }

    /** Puts the certificate that was in effect so far into its final state. */
    static void retirePrevious(Visit visit, State state) {
        for (IssuedCertificate other :
                visit.tx().currentCertificates(visit.device().uid())) {
            if (other.state() == State.EFFECTIVE) {
                visit.save(other.to(state));
            }
        }
    }

    /**
     * Whether a certificate answers an operation: it was signed for it, or the operation asks for no more than a fresh
     * certificate and this one has most of its life before it.
     */
    private static boolean answers(IssuedCertificate certificate, Operation operation, Visit visit) {
        if (certificate.operations().contains(operation.id())) {
            return true;
        }
        return switch (operation.kind()) {
            case RENEW, AUTOMATIC_RENEW -> hasLifeLeft(certificate, visit);
            case TRANSFER -> certificate.issuer().equals(operation.issuer());
            case PROVISION, UPDATE, DELETE, REVOKE -> false;
        };
    }

    /** Whether at least half of the certificate's life, which began when it was signed, lies before it. */
    static boolean hasLifeLeft(IssuedCertificate certificate, Visit visit) {
        Duration life =
                Duration.between(certificate.notBefore().plus(CertificateAuthority.BACKDATING), certificate.notAfter());
        Duration left = Duration.between(visit.now(), certificate.notAfter());
        return left.isPositive() && left.compareTo(life.dividedBy(2)) >= 0;
    }

    private static void bill(Visit visit, IssuedCertificate certificate) {
        Device.Claim claim = visit.device().claim();
        if (certificate.billedAs() != null && claim != null) {
            visit.tx()
                    .add(new BillingEvent(
                            claim.domain(),
                            visit.device().uid(),
                            certificate.billedAs(),
                            certificate.issuer(),
                            certificate.serialNumber(),
                            visit.now()));
        }
    }

    private static Notification.Kind notification(@Nullable Kind billedAs) {
        return switch (billedAs) {
            case null -> Notification.Kind.CERTIFICATE_ISSUED;
            case UPDATE -> Notification.Kind.CERTIFICATE_UPDATED;
            case TRANSFER -> Notification.Kind.CERTIFICATE_TRANSFERRED;
            case RENEW, AUTOMATIC_RENEW -> Notification.Kind.CERTIFICATE_RENEWED;
            case PROVISION, DELETE, REVOKE -> throw new IllegalStateException(billedAs + " is free");
        };
    }

    /** A transfer to a Root CA of another domain changes the owner when it takes effect. */
    static void moveToDomainOf(Visit visit, String issuer) {
        Device device = visit.device();
        Device.Claim claim = device.claim();
        String domain = visit.tx().rootCa(issuer).map(RootCa::domain).orElse(null);
        if (claim != null && domain != null && !domain.equals(claim.domain())) {
            var moved = new Device.Claim(domain, claim.profileUid(), claim.serial());
            visit.update(device.claimed(moved, device.standing(), device.plan()));
        }
    }
}
