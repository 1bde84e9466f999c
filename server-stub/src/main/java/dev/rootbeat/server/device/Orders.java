package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.server.model.ManagedSlot.Order;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.platform.Platforms;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a decision into the round of commands of one reply, at most one command for the managed slot. */
final class Orders {

    private final CertificateAuthority authority;
    private final Ids ids;
    private final Platforms platforms;

    Orders(Certification certification, Platforms platforms) {
        this.platforms = platforms;
        this.authority = certification.authority();
        this.ids = certification.ids();
    }

    /**
     * Carries a decision out and returns the commands. A certificate that is to be registered first is not among them; it
     * is in the visit.
     *
     * @param registered the fingerprint of the certificate that its platforms know; null for none
     */
    List<Command> round(Visit visit, Decision decision, @Nullable Bytes registered) {
        return switch (decision) {
            case Decision.Nothing _ -> List.of();
            case Decision.Read _ -> {
                CertificateRef present = visit.slot().reported().certificate();
                long id = order(visit, Order.Kind.READ_CERTIFICATE, present == null ? null : present.fingerprint());
                yield List.of(new Command.ReadCertificate(id, SlotReport.MANAGED));
            }
            case Decision.Delete _ -> {
                advance(visit, Operation.State.DELIVERED);
                long id = order(visit, Order.Kind.DELETE_CREDENTIAL, null);
                yield List.of(new Command.DeleteCredential(id, SlotReport.MANAGED));
            }
            case Decision.GenerateKey _ -> {
                advance(visit, Operation.State.ORDERED);
                long id = order(visit, Order.Kind.GENERATE_KEY_PAIR, null);
                yield List.of(new Command.GenerateKeyPair(id, SlotReport.MANAGED, KeyAlgorithm.P256));
            }
            case Decision.Resend(IssuedCertificate certificate) ->
                wasHandedOut(visit.slot(), certificate)
                                || certificate.fingerprint().equals(registered)
                                || !visit.toRegister(certificate, platforms)
                        ? handOut(visit, certificate)
                        : List.of();
            case Decision.Issue(String issuer, Bytes publicKey) -> issue(visit, issuer, publicKey);
        };
    }

    /** Whether the device was told last to take this certificate; then its platforms know it. */
    static boolean wasHandedOut(ManagedSlot slot, IssuedCertificate certificate) {
        Order last = slot.order();
        return last != null
                && last.kind() == Order.Kind.SET_CERTIFICATE
                && certificate.fingerprint().equals(last.fingerprint());
    }

    private List<Command> issue(Visit visit, String issuer, Bytes publicKey) {
        Optional<RootCa> rootCa = visit.tx().rootCa(issuer).filter(found -> found.mayIssue(visit.now()));
        if (rootCa.isEmpty()) {
            giveUp(visit, issuer);
            return List.of();
        }
        for (IssuedCertificate earlier :
                visit.tx().currentCertificates(visit.device().uid())) {
            if (earlier.state() == IssuedCertificate.State.ISSUED) {
                visit.save(earlier.to(IssuedCertificate.State.SUPERSEDED));
            }
        }
        IssuedCertificate certificate =
                authority.issue(rootCa.get(), visit.device().uid(), publicKey, visit.now(), List.of(), null);
        if (!visit.toRegister(certificate, platforms)) {
            return handOut(visit, certificate);
        }
        visit.save(fulfilling(visit, certificate));
        return List.of();
    }

    /** A transfer fails alone: what was merged with it goes on under the present Root CA. A first certificate waits. */
    private static void giveUp(Visit visit, String issuer) {
        List<Operation> transfers = visit.open().stream()
                .filter(operation -> operation.kind() == Kind.TRANSFER && issuer.equals(operation.issuer()))
                .toList();
        List<Operation> hopeless = transfers.isEmpty() ? visit.open() : transfers;
        for (Operation operation : hopeless) {
            if (operation.kind() != Kind.PROVISION) {
                visit.fail(operation, "the Root CA is expired, disabled or compromised");
            }
        }
    }

    private List<Command> handOut(Visit visit, IssuedCertificate certificate) {
        advance(visit, Operation.State.DELIVERED);
        // What was accepted since it was signed is fulfilled by it as well.
        visit.save(fulfilling(visit, certificate));
        long id = order(visit, Order.Kind.SET_CERTIFICATE, certificate.fingerprint());
        Bytes anchor =
                visit.tx().rootCa(certificate.issuer()).map(RootCa::certificate).orElseThrow();
        return List.of(new Command.SetCertificate(
                id, SlotReport.MANAGED, List.of(certificate.certificate()), List.of(anchor)));
    }

    private static IssuedCertificate fulfilling(Visit visit, IssuedCertificate certificate) {
        return certificate.fulfilling(visit.open().stream().map(Operation::id).toList(), price(visit.open()));
    }

    private static void advance(Visit visit, Operation.State state) {
        for (Operation operation : visit.open()) {
            if (operation.state().compareTo(state) < 0) {
                visit.change(operation, state, null);
            }
        }
    }

    /** The highest of update, transfer and renew; provisioning is free (requirements, section 5). */
    private static @Nullable Kind price(List<Operation> operations) {
        boolean transfer = false;
        boolean renew = false;
        for (Operation operation : operations) {
            switch (operation.kind()) {
                case UPDATE -> {
                    return Kind.UPDATE;
                }
                case TRANSFER -> transfer = true;
                case RENEW, AUTOMATIC_RENEW -> renew = true;
                case PROVISION, DELETE, REVOKE -> {}
            }
        }
        return transfer ? Kind.TRANSFER : renew ? Kind.RENEW : null;
    }

    /** The same order again keeps its id, so that a device that has run the command answers with the stored result. */
    private long order(Visit visit, Order.Kind kind, @Nullable Bytes fingerprint) {
        Order last = visit.slot().order();
        long id = last != null
                        && !last.settled()
                        && last.kind() == kind
                        && Objects.equals(last.fingerprint(), fingerprint)
                ? last.id()
                : ids.nextCommand();
        visit.update(visit.slot().ordered(new Order(id, kind, fingerprint, false)));
        return id;
    }
}
