package dev.rootbeat.server.device;

import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.IssuedCertificate.State;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Plan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether an instruction is possible for a device as it stands (requirements, section 5). */
final class Admission {

    private Admission() {}

    /** Returns why the instruction is refused to a device of good standing, or null if it is possible. */
    static @Nullable OperationError error(Visit visit, Instruction instruction) {
        if (visit.owes(Kind.DELETE)) {
            return OperationError.DELETE_PENDING;
        }
        Optional<IssuedCertificate> present = visit
                .tx()
                .currentCertificates(visit.device().uid())
                .stream()
                .filter(certificate -> certificate.state() == State.EFFECTIVE)
                .findFirst();
        if (instruction instanceof Instruction.Provision) {
            return present.isPresent() ? OperationError.HAS_CERTIFICATE : null;
        }
        if (present.isEmpty()) {
            return OperationError.NO_CERTIFICATE;
        }
        return withCertificate(visit, instruction, present.get());
    }

    /** Returns why every instruction for the device is refused, or null if none is for this reason. */
    static @Nullable OperationError standing(Device device) {
        if (device.frozen() != null) {
            return OperationError.FROZEN;
        }
        if (device.standing() != Device.Standing.ACTIVATED) {
            return OperationError.NOT_ACTIVATED;
        }
        if (device.plan() == Plan.NONE) {
            return OperationError.NO_PLAN;
        }
        return Firmware.supportsCertificateManager(device.product()) ? null : OperationError.FIRMWARE_NOT_SUPPORTED;
    }

    private static @Nullable OperationError withCertificate(
            Visit visit, Instruction instruction, IssuedCertificate present) {
        boolean revoked = present.revocation() != null;
        boolean newKeyComes = visit.owes(Kind.UPDATE);
        return switch (instruction) {
            case Instruction.Renew _ -> revoked ? OperationError.REVOKED : rootCaError(visit, present);
            // A transfer may follow it, and is possible for a revoked key in no other order.
            case Instruction.Update _ -> revoked ? null : rootCaError(visit, present);
            case Instruction.Transfer(String rootCa, String _) -> {
                if (revoked && !newKeyComes) {
                    yield OperationError.REVOKED;
                }
                boolean goesNowhere = present.issuer().equals(rootCa) && !visit.owes(Kind.TRANSFER);
                yield goesNowhere ? OperationError.SAME_ROOT_CA : null;
            }
            case Instruction.Delete _, Instruction.Revoke _, Instruction.Provision _ -> null;
        };
    }

    /** The present Root CA must sign, unless a transfer is pending: then another one will. */
    private static @Nullable OperationError rootCaError(Visit visit, IssuedCertificate present) {
        return visit.owes(Kind.TRANSFER)
                        || visit.tx()
                                .rootCa(present.issuer())
                                .filter(rootCa -> rootCa.mayIssue(visit.now()))
                                .isPresent()
                ? null
                : OperationError.ROOT_CA_UNUSABLE;
    }
}
