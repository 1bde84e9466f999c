package dev.rootbeat.conformance.mutant;

import static dev.rootbeat.conformance.mutant.Mutant.server;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.IssuedCertificate.State;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Servers that do not keep what they should: money, notifications, certificates, operations, revocation lists. */
final class ServerRecords {

    static final List<Mutant> ALL = List.of(
            server(
                    "bills-on-acceptance",
                    "requirements 8: a bill is for what took effect",
                    "bills a renewal when it is accepted",
                    writing(Operation.class, ServerRecords::billAccepted)),
            server(
                    "bills-on-delivery",
                    "requirements 8: a bill is for what took effect",
                    "bills a certificate when it is handed out",
                    writing(IssuedCertificate.class, ServerRecords::billDelivered)),
            server(
                    "bills-provisioning",
                    "requirements 5: provisioning is free",
                    "bills the first certificate as a renewal",
                    writing(IssuedCertificate.class, ServerRecords::billFirst)),
            server(
                    "never-bills",
                    "requirements 8: one bill per effect",
                    "bills nothing",
                    writing(BillingEvent.class, (_, _) -> null)),
            server(
                    "bills-updates-as-renewals",
                    "requirements 5: billed as the highest of update, transfer, renew",
                    "bills everything as a renewal",
                    writing(
                            BillingEvent.class,
                            (_, was) -> new BillingEvent(
                                    was.domain(),
                                    was.device(),
                                    Kind.RENEW,
                                    was.issuer(),
                                    was.serialNumber(),
                                    was.at()))),
            server(
                    "bills-another-serial-number",
                    "protocol 5.4: one bill per serial number",
                    "writes a bill for a serial number that nobody has",
                    writing(
                            BillingEvent.class,
                            (_, was) -> new BillingEvent(
                                    was.domain(),
                                    was.device(),
                                    was.kind(),
                                    was.issuer(),
                                    was.serialNumber().add(BigInteger.ONE),
                                    was.at()))),
            server(
                    "invoice-does-not-add-up",
                    "requirements 8: amounts are sums of integers",
                    "raises invoices for one unit more than their lines",
                    writing(
                            Invoice.class,
                            (_, was) -> new Invoice(
                                    was.domain(),
                                    was.number(),
                                    was.day(),
                                    was.raisedAt(),
                                    was.currency(),
                                    was.total() + 1,
                                    was.json(),
                                    was.html()))),
            server(
                    "invoice-is-for-another-day",
                    "requirements 8: invoices are raised on the 1st",
                    "dates invoices the 2nd of the month",
                    writing(
                            Invoice.class,
                            (_, was) -> new Invoice(
                                    was.domain(),
                                    was.number(),
                                    was.day().plusDays(1),
                                    was.raisedAt(),
                                    was.currency(),
                                    was.total(),
                                    was.json(),
                                    was.html()))),
            server(
                    "tells-twice",
                    "protocol 5.4: one notification per effect",
                    "tells of every renewal twice",
                    writing(Notification.class, (tx, was) -> {
                        if (was.kind() == Notification.Kind.CERTIFICATE_RENEWED) {
                            tx.add(was);
                        }
                        return was;
                    })),
            server(
                    "does-not-tell",
                    "protocol 5.4: one notification per effect",
                    "does not tell of renewals",
                    writing(
                            Notification.class,
                            (_, was) -> was.kind() == Notification.Kind.CERTIFICATE_RENEWED ? null : was)),
            server(
                    "tells-no-webhook",
                    "requirements 8: webhooks are told at least once",
                    "does not send updates to webhooks",
                    writing(
                            Delivery.class,
                            (_, was) -> was.event().notification().kind() == Notification.Kind.CERTIFICATE_UPDATED
                                    ? null
                                    : was)),
            server(
                    "tries-a-webhook-once",
                    "requirements 8: webhooks are tried again",
                    "takes a delivery that failed for one that was made",
                    writing(Delivery.class, (tx, was) -> {
                        if (was.tries() == 0) {
                            return was;
                        }
                        tx.events().remove(was);
                        return null;
                    })),
            server(
                    "crl-number-stands-still",
                    "requirements 6: the CRL number grows",
                    "gives every revocation list the number of the last one",
                    writing(
                            Crl.class,
                            (tx, was) -> new Crl(
                                    was.rootCa(),
                                    tx.crl(was.rootCa()).map(Crl::number).orElse(was.number()),
                                    was.nextUpdate(),
                                    was.der()))),
            server(
                    "crl-number-falls",
                    "requirements 6: the CRL number grows",
                    "counts revocation lists down",
                    writing(
                            Crl.class,
                            (tx, was) -> new Crl(
                                    was.rootCa(),
                                    tx.crl(was.rootCa())
                                            .map(last -> last.number() - 1)
                                            .orElse(was.number()),
                                    was.nextUpdate(),
                                    was.der()))),
            server(
                    "crl-is-never-renewed",
                    "requirements 6: the CRL lists what is revoked",
                    "keeps the first revocation list for ever",
                    writing(Crl.class, (tx, was) -> tx.crl(was.rootCa()).isPresent() ? null : was)),
            server(
                    "revocation-forgets-the-unconfirmed",
                    "requirements 5: revoke covers certificates that are not confirmed",
                    "does not revoke a certificate that is on its way",
                    writing(
                            IssuedCertificate.class,
                            (_, was) -> was.revocation() != null && was.state() == State.ISSUED ? null : was)),
            server(
                    "revocation-spares-the-present",
                    "requirements 5: revoke makes the certificate invalid at once",
                    "does not revoke the certificate in use",
                    writing(
                            IssuedCertificate.class,
                            (_, was) -> was.revocation() != null && was.state() == State.EFFECTIVE ? null : was)),
            server(
                    "signs-anew",
                    "requirements 5: issued means kept",
                    "signs another certificate when the last was not confirmed",
                    writing(
                            IssuedCertificate.class,
                            (tx, was) -> was.state() == State.ISSUED
                                            && tx.certificate(was.fingerprint()).isPresent()
                                    ? was.to(State.SUPERSEDED)
                                    : was)),
            server(
                    "forgets-its-certificates",
                    "requirements 5: every certificate stays on record",
                    "does not note that a certificate took effect",
                    writing(
                            IssuedCertificate.class,
                            (_, was) -> was.state() == State.EFFECTIVE && was.billedAs() != null ? null : was)),
            server(
                    "renewal-swallows-update",
                    "requirements 5: a renewal never swallows an update",
                    "drops a pending update when a renewal is accepted",
                    writing(Operation.class, ServerRecords::dropUpdate)),
            server(
                    "update-becomes-renewal",
                    "requirements 5: update brings a new key pair",
                    "takes an update for a renewal",
                    writing(Operation.class, (_, was) -> was.kind() == Kind.UPDATE ? as(Kind.RENEW, was) : was)),
            server(
                    "transfer-becomes-renewal",
                    "requirements 5: transfer brings another issuer",
                    "takes a transfer for a renewal",
                    writing(Operation.class, (_, was) -> was.kind() == Kind.TRANSFER ? as(Kind.RENEW, was) : was)),
            server(
                    "forgets-a-delete",
                    "requirements 5: delete is final",
                    "accepts a delete and cancels it at once",
                    writing(
                            Operation.class,
                            (_, was) ->
                                    was.kind() == Kind.DELETE && was.history().size() == 1
                                            ? was.to(
                                                    Operation.State.CANCELLED,
                                                    was.history().getFirst().at(),
                                                    "forgotten")
                                            : was)),
            server(
                    "consent-is-good-for-ever",
                    "requirements 5: a consent code is good once",
                    "does not note that a consent was used",
                    writing(Consent.class, (_, was) -> was.used() ? null : was)),
            server(
                    "owner-changes-on-acceptance",
                    "requirements 5: the device changes its domain when the transfer is effective",
                    "gives a device to the other domain when the transfer is accepted",
                    writing(Device.class, ServerRecords::handOver)),
            server(
                    "does-not-freeze-clones",
                    "protocol 2: a suspected clone is frozen",
                    "tells of a suspected clone and goes on",
                    writing(Device.class, (_, was) -> was.frozen() == null ? was : was.frozen(null))),
            server(
                    "whitelist-is-not-checked",
                    "requirements 3.4: the whitelist is checked",
                    "takes every device for one that is on the whitelist",
                    reading("isWhitelisted", _ -> true)),
            server(
                    "takes-a-sixteenth-root-ca",
                    "requirements 6: a domain has up to 15 Root CAs",
                    "does not count the Root CAs of a domain",
                    reading("rootCas", _ -> List.of())));

    private ServerRecords() {}

    private static <T> Supplier<Deviation> writing(Class<T> type, BiFunction<Transaction, T, @Nullable T> change) {
        UnaryOperator<Store> store = AlteredStore.writing(type, change);
        return () -> Deviation.ofStore(store);
    }

    private static Supplier<Deviation> reading(String query, UnaryOperator<Object> change) {
        UnaryOperator<Store> store = AlteredStore.reading(query, change);
        return () -> Deviation.ofStore(store);
    }

    private static Operation billAccepted(Transaction tx, Operation was) {
        if (was.kind() == Kind.RENEW && was.state() == Operation.State.ACCEPTED) {
            tx.certificates(was.device()).stream()
                    .filter(certificate -> certificate.state() == State.EFFECTIVE)
                    .forEach(certificate -> bill(tx, certificate, Kind.RENEW));
        }
        return was;
    }

    private static IssuedCertificate billDelivered(Transaction tx, IssuedCertificate was) {
        if (was.state() == State.ISSUED && was.billedAs() != null) {
            bill(tx, was, was.billedAs());
        }
        return was;
    }

    private static IssuedCertificate billFirst(Transaction tx, IssuedCertificate was) {
        if (was.state() == State.EFFECTIVE && was.billedAs() == null) {
            bill(tx, was, Kind.RENEW);
        }
        return was;
    }

    private static void bill(Transaction tx, IssuedCertificate certificate, Kind kind) {
        tx.device(certificate.device())
                .map(Device::claim)
                .ifPresent(claim -> tx.add(new BillingEvent(
                        claim.domain(),
                        certificate.device(),
                        kind,
                        certificate.issuer(),
                        certificate.serialNumber(),
                        certificate.notBefore())));
    }

    private static Operation dropUpdate(Transaction tx, Operation was) {
        if (was.kind() == Kind.RENEW && was.history().size() == 1) {
            tx.openOperations(was.device()).stream()
                    .filter(open -> open.kind() == Kind.UPDATE)
                    .forEach(open -> tx.save(open.to(
                            Operation.State.SUPERSEDED, was.history().getFirst().at(), "a renewal")));
        }
        return was;
    }

    private static Operation as(Kind kind, Operation was) {
        return new Operation(was.id(), was.device(), was.domain(), kind, null, was.history(), was.tries());
    }

    private static Device handOver(Transaction tx, Device was) {
        Device.Claim claim = was.claim();
        if (claim == null) {
            return was;
        }
        return tx.openOperations(was.uid()).stream()
                .filter(open -> open.kind() == Kind.TRANSFER && open.issuer() != null)
                .flatMap(open -> tx.rootCa(open.issuer()).stream())
                .map(rootCa -> was.claimed(
                        new Device.Claim(rootCa.domain(), claim.profileUid(), claim.serial()),
                        was.standing(),
                        was.plan()))
                .findFirst()
                .orElse(was);
    }
}
