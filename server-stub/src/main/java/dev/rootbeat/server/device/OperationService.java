package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RevocationLists;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Accepts operators' instructions (requirements, section 5). To accept is not to do: what is accepted is recorded, and
 * the device changes at its heartbeats. Only a revocation takes effect at once, on the server.
 */
public final class OperationService {

    private final Store store;
    private final InstantSource clock;
    private final CertificateAuthority authority;
    private final Ids ids;

    /** Assembles the service. */
    public OperationService(Store store, InstantSource clock, Certification certification) {
        this.store = store;
        this.clock = clock;
        this.authority = certification.authority();
        this.ids = certification.ids();
    }

    /**
     * What became of an instruction for one device.
     *
     * @param error why it is refused; null if it is accepted
     */
    public record Answer(RotPublicUid device, @Nullable OperationError error) {}

    /**
     * Accepts an instruction for each device that it is possible for, in one transaction.
     *
     * @param domain the caller's domain
     * @param devices the devices; one that is named twice is answered twice and asked once
     * @return an answer per device, in the order given
     */
    public CompletableFuture<List<Answer>> instruct(
            String domain, Instruction instruction, List<RotPublicUid> devices) {
        return store.write(tx -> instruct(tx, domain, instruction, devices));
    }

    /** Revokes for every device that holds a certificate of a Root CA; answers per device. */
    public CompletableFuture<List<Answer>> revokeAllOf(String domain, String rootCa, Instruction.Revoke instruction) {
        return store.write(tx -> instruct(tx, domain, instruction, DeviceService.holding(tx, domain, rootCa)));
    }

    private List<Answer> instruct(Transaction tx, String domain, Instruction instruction, List<RotPublicUid> devices) {
        Instant now = clock.instant();
        OperationError unusable = rootCaError(tx, domain, instruction, now);
        var answers = new ArrayList<Answer>(devices.size());
        var revokedBy = new LinkedHashSet<String>();
        boolean accepted = false;
        for (RotPublicUid uid : devices) {
            Optional<Device> device = tx.device(uid).filter(found -> belongsTo(found, domain));
            OperationError error = OperationError.UNKNOWN_DEVICE;
            if (device.isPresent()) {
                var visit = new Visit(tx, device.get(), now);
                error = Admission.standing(visit.device());
                // What is pending already is accepted again, and changes nothing.
                if (error == null && !visit.owes(instruction.kind(), instruction.namedRootCa())) {
                    error = unusable != null ? unusable : Admission.error(visit, instruction);
                    if (error == null) {
                        accept(visit, instruction, revokedBy);
                        visit.save();
                        accepted = true;
                    }
                }
            }
            answers.add(new Answer(uid, error));
        }
        if (accepted && instruction instanceof Instruction.Transfer(String _, String code) && code != null) {
            tx.consent(code).ifPresent(consent -> tx.save(new Consent(code, consent.rootCa(), true)));
        }
        revokedBy.forEach(rootCa -> RevocationLists.renew(tx, authority, rootCa, now));
        return List.copyOf(answers);
    }

    private static boolean belongsTo(Device device, String domain) {
        return device.claim() != null && device.claim().domain().equals(domain);
    }

    private static @Nullable OperationError rootCaError(
            Transaction tx, String domain, Instruction instruction, Instant now) {
        String named = instruction.namedRootCa();
        if (named == null) {
            return null;
        }
        Optional<RootCa> rootCa = tx.rootCa(named);
        if (rootCa.isEmpty()) {
            return OperationError.UNKNOWN_ROOT_CA;
        }
        OperationError foreign = rootCa.get().domain().equals(domain) ? null : consentError(tx, instruction, named);
        if (foreign != null) {
            return foreign;
        }
        return rootCa.get().mayIssue(now) ? null : OperationError.ROOT_CA_UNUSABLE;
    }

    private static @Nullable OperationError consentError(Transaction tx, Instruction instruction, String rootCa) {
        return switch (instruction) {
            case Instruction.Transfer(String _, String code) -> {
                boolean good = code != null
                        && tx.consent(code)
                                .filter(consent ->
                                        !consent.used() && consent.rootCa().equals(rootCa))
                                .isPresent();
                yield good ? null : OperationError.CONSENT_NEEDED;
            }
            case Instruction.Provision _,
                    Instruction.Renew _,
                    Instruction.Update _,
                    Instruction.Delete _,
                    Instruction.Revoke _ -> OperationError.UNKNOWN_ROOT_CA;
        };
    }

    private void accept(Visit visit, Instruction instruction, SequencedSet<String> revokedBy) {
        switch (instruction) {
            case Instruction.Provision(String rootCa) -> startUnder(visit, Kind.PROVISION, rootCa);
            case Instruction.Renew _ -> visit.start(ids.next(), Kind.RENEW, null);
            case Instruction.Update _ -> visit.start(ids.next(), Kind.UPDATE, null);
            case Instruction.Transfer(String rootCa, String _) -> startUnder(visit, Kind.TRANSFER, rootCa);
            case Instruction.Delete _ -> delete(visit);
            case Instruction.Revoke(var reason) -> revokedBy.addAll(Revocations.revoke(visit, ids.next(), reason));
        }
    }

    /** The last issuer asked for stays. */
    private void startUnder(Visit visit, Kind kind, String rootCa) {
        for (Operation operation : visit.open()) {
            if (operation.kind() == kind) {
                visit.change(operation, Operation.State.SUPERSEDED, "another Root CA was asked for");
            }
        }
        visit.start(ids.next(), kind, rootCa);
    }

    /** Only delete cancels. */
    private void delete(Visit visit) {
        for (Operation operation : visit.open()) {
            visit.change(operation, Operation.State.CANCELLED, "delete");
        }
        visit.start(ids.next(), Kind.DELETE, null);
    }
}
