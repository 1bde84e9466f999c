package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.server.model.ManagedSlot.Order;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is wanted of a device with what it reports (protocol, section 3: level, not edge). Every heartbeat shows
 * the truth anew, so lost replies, repeated heartbeats and restarts need no case of their own.
 */
final class Comparison {

    private Comparison() {}

    /** Decides what to do in this heartbeat. */
    static Decision decide(Visit visit) {
        ManagedSlot slot = visit.slot();
        if (Reports.holdsUnknown(visit) && !wasRead(slot)) {
            return new Decision.Read();
        }
        if (visit.open().isEmpty()) {
            return new Decision.Nothing();
        }
        Wish wish = Wish.of(visit.open(), slot.issuer());
        if (wish.delete()) {
            return new Decision.Delete();
        }
        List<IssuedCertificate> certificates =
                visit.tx().currentCertificates(visit.device().uid());
        Bytes key = wish.newKey() ? pendingKey(slot) : activeKey(visit, certificates);
        String issuer = wish.issuer();
        if (key == null || issuer == null) {
            return wish.newKey() ? new Decision.GenerateKey() : new Decision.Nothing();
        }
        Optional<IssuedCertificate> unconfirmed = certificates.stream()
                .filter(certificate -> certificate.state() == IssuedCertificate.State.ISSUED)
                .filter(certificate -> certificate.issuer().equals(issuer))
                .filter(certificate -> certificate.publicKey().equals(key))
                .filter(certificate -> certificate.revocation() == null)
                .filter(certificate -> Effects.hasLifeLeft(certificate, visit))
                .reduce((earlier, later) -> later);
        return unconfirmed.<Decision>map(Decision.Resend::new).orElseGet(() -> new Decision.Issue(issuer, key));
    }

    /** A certificate that was read and not adopted is none of ours; to ask again would bring nothing new. */
    private static boolean wasRead(ManagedSlot slot) {
        Order order = slot.order();
        return order != null
                && order.kind() == Order.Kind.READ_CERTIFICATE
                && order.settled()
                && slot.reported().certificate() != null
                && slot.reported().certificate().fingerprint().equals(order.fingerprint());
    }

    /** The key that the device generated for what is wanted, if it still has it. */
    private static @Nullable Bytes pendingKey(ManagedSlot slot) {
        Bytes key = slot.pendingKey();
        return key != null && key.sha256().equals(slot.reported().pendingKey()) ? key : null;
    }

    /** The key that the device uses; as a rule that of its current certificate. */
    private static @Nullable Bytes activeKey(Visit visit, List<IssuedCertificate> current) {
        Bytes thumbprint = visit.slot().reported().activeKey();
        return key(current, thumbprint)
                .or(() -> key(visit.tx().certificates(visit.device().uid()), thumbprint))
                .orElse(null);
    }

    private static Optional<Bytes> key(List<IssuedCertificate> certificates, @Nullable Bytes thumbprint) {
        return certificates.stream()
                .map(IssuedCertificate::publicKey)
                .filter(key -> key.sha256().equals(thumbprint))
                .findFirst();
    }
}
