package dev.rootbeat.server.device;

import dev.rootbeat.rot.crypto.CertificateRequests;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RevocationLists;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.ManagedSlot.Order;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.platform.Platforms;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes in what a device reports: the results of commands, and what its managed slot holds. */
final class Reports {

    /** How often a device may refuse what an operation needs before the operation fails (requirements, section 5). */
    static final int MAX_TRIES = 3;

    private final CertificateAuthority authority;
    private final P256 p256;
    private final Ids ids;
    private final Platforms platforms;

    Reports(Certification certification, Platforms platforms) {
        this.platforms = platforms;
        this.authority = certification.authority();
        this.p256 = certification.p256();
        this.ids = certification.ids();
    }

    /** Stores the result of the outstanding order, if it is among these; all others are old news. */
    void results(Visit visit, List<Result> results) {
        for (Result result : results) {
            Order order = visit.slot().order();
            if (order != null && order.id() == result.id() && !order.settled()) {
                visit.update(visit.slot().ordered(order.settle()));
                settle(visit, order, result);
            }
        }
    }

    private void settle(Visit visit, Order order, Result result) {
        switch (result) {
            case Result.Done _ -> done(visit, order);
            case Result.KeyPairGenerated generated -> {
                if (order.kind() == Order.Kind.GENERATE_KEY_PAIR) {
                    requested(visit, generated.certificateRequest());
                }
            }
            case Result.CertificateRead read -> {
                if (order.kind() == Order.Kind.READ_CERTIFICATE && !read.chain().isEmpty()) {
                    adopt(visit, read.chain().getFirst());
                }
            }
            case Result.Refused refused -> refused(visit, order, refused.refusal());
            case Result.Unsupported _ -> refused(visit, order, null);
        }
    }

    private void done(Visit visit, Order order) {
        switch (order.kind()) {
            case SET_CERTIFICATE ->
                certificate(visit, order.fingerprint())
                        .ifPresent(certificate -> Effects.tookEffect(visit, certificate));
            case DELETE_CREDENTIAL -> Effects.wasDeleted(visit);
            case GENERATE_KEY_PAIR, READ_CERTIFICATE -> {}
        }
    }

    private void requested(Visit visit, Bytes certificateRequest) {
        switch (CertificateRequests.verify(p256, visit.device().uid(), certificateRequest)) {
            case Decoded.Message<Bytes>(Bytes publicKey) ->
                visit.update(visit.slot().pending(publicKey));
            case Decoded.Malformed<Bytes> malformed -> failedTry(visit, malformed.diagnostic());
        }
    }

    private void refused(Visit visit, Order order, @Nullable Refusal refusal) {
        if (order.kind() == Order.Kind.SET_CERTIFICATE) {
            certificate(visit, order.fingerprint())
                    .ifPresent(certificate -> visit.save(certificate.to(IssuedCertificate.State.REFUSED)));
        }
        if (refusal == Refusal.KEY_MISMATCH) {
            // The device lost the pending key; it will be told to generate another.
            visit.update(visit.slot().pending(null));
        }
        if (order.kind() != Order.Kind.READ_CERTIFICATE) {
            failedTry(visit, "the device refused: " + (refusal == null ? "UNSUPPORTED" : refusal.name()));
        }
    }

    /** A device without any certificate keeps trying; every other operation is given up in the end. */
    private static void failedTry(Visit visit, String reason) {
        for (Operation operation : visit.open()) {
            Operation tried = operation.refusedOnceMore();
            visit.replace(tried);
            if (tried.tries() >= MAX_TRIES && tried.kind() != Kind.PROVISION) {
                visit.fail(tried, reason);
            }
        }
    }

    /** Compares the slot with what is on record. */
    void slot(Visit visit, SlotReport report) {
        visit.update(visit.slot().reported(report));
        CertificateRef present = report.certificate();
        if (present != null) {
            certificate(visit, present.fingerprint()).ifPresent(certificate -> Effects.tookEffect(visit, certificate));
            return;
        }
        if (visit.owes(Kind.DELETE)) {
            Effects.wasDeleted(visit);
            return;
        }
        String issuer = visit.slot().issuer();
        if (issuer != null) {
            // It lost its certificate without having been told to: it is owed one.
            Effects.retirePrevious(visit, IssuedCertificate.State.REMOVED);
            visit.update(visit.slot().wanting(null).pending(null));
            String wanted = Wish.of(visit.open(), issuer).issuer();
            visit.start(ids.next(), Kind.PROVISION, wanted);
        }
    }

    /** Whether the slot holds a certificate that is not on record. */
    static boolean holdsUnknown(Visit visit) {
        CertificateRef present = visit.slot().reported().certificate();
        return present != null && visit.certificate(present.fingerprint()).isEmpty();
    }

    private void adopt(Visit visit, Bytes certificate) {
        CertificateRef present = visit.slot().reported().certificate();
        if (present == null || !present.fingerprint().equals(certificate.sha256())) {
            return;
        }
        Optional<RootCa> rootCa = authority.issuerOf(certificate).flatMap(visit.tx()::rootCa);
        if (rootCa.isPresent()
                && authority.adopt(rootCa.get(), visit.device().uid(), certificate)
                        instanceof Decoded.Message<IssuedCertificate>(IssuedCertificate own)) {
            adopted(visit, own);
        }
    }

    private void adopted(Visit visit, IssuedCertificate own) {
        Optional<Revocation> ofKey = visit.tx().certificates(visit.device().uid()).stream()
                .filter(other -> other.publicKey().equals(own.publicKey()))
                .flatMap(other -> Stream.ofNullable(other.revocation()))
                .findFirst();
        Effects.retirePrevious(visit, IssuedCertificate.State.REPLACED);
        visit.save(ofKey.map(own::revoked).orElse(own));
        if (ofKey.isPresent()) {
            RevocationLists.renew(visit.tx(), authority, own.issuer(), visit.now());
        }
        visit.update(visit.slot().wanting(own.issuer()).provisionedNow());
        visit.open().stream()
                .filter(operation -> operation.kind() == Kind.PROVISION)
                .forEach(operation -> visit.change(operation, Operation.State.EFFECTIVE, "adopted"));
        visit.toRegister(own, platforms);
        Effects.moveToDomainOf(visit, own.issuer());
    }

    private static Optional<IssuedCertificate> certificate(Visit visit, @Nullable Bytes fingerprint) {
        return fingerprint == null
                ? Optional.empty()
                : visit.certificate(fingerprint)
                        .filter(found -> found.device().equals(visit.device().uid()));
    }
}
