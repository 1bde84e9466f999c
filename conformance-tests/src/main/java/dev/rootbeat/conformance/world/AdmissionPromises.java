package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is accepted is on record, and only what is possible is accepted: not without a plan, not for what was revoked, not
 * under a Root CA that may not issue; a device off the whitelist waits for its operator (requirements, sections 3 and 5).
 */
final class AdmissionPromises {

    private final Consumer<String> broken;
    private final Map<RotPublicUid, Plan> plans = new HashMap<>();
    private final Set<RotPublicUid> unblocked = new HashSet<>();
    private final Set<RotPublicUid> deleted = new HashSet<>();

    AdmissionPromises(Consumer<String> broken) {
        this.broken = broken;
    }

    /** An operator has chosen a plan. */
    void chosen(RotPublicUid device, Plan plan) {
        plans.put(device, plan);
    }

    /** An operator has unblocked a device. */
    void unblocked(RotPublicUid device) {
        unblocked.add(device);
    }

    /** The server was put back to older data: plans and wishes may be older ones. */
    void serverForgets() {
        plans.clear();
        deleted.clear();
    }

    /** A domain has got an answer to an instruction. */
    void instructed(
            View view, Instant now, String domain, Instruction instruction, RotPublicUid uid, boolean isAccepted) {
        Optional<Device> device = view.device(uid).filter(found -> found.claim() != null);
        device.ifPresent(found -> whitelist(view, found));
        if (!isAccepted) {
            return;
        }
        if (!device.map(Device::claim).map(Device.Claim::domain).equals(Optional.of(domain))) {
            broken.accept(uid + ": changed its owner when " + instruction.kind() + " was accepted");
        }
        if (plans.get(uid) == Plan.NONE) {
            broken.accept(uid + ": " + instruction.kind() + " was accepted without a plan");
        }
        switch (instruction) {
            case Instruction.Delete _ -> deleted.add(uid);
            case Instruction.Provision _ -> deleted.remove(uid);
            case Instruction.Renew _, Instruction.Update _, Instruction.Transfer _, Instruction.Revoke _ -> {}
        }
        if (instruction instanceof Instruction.Revoke) {
            return;
        }
        Optional<Operation> operation = view.openOperations(uid).stream()
                .filter(open -> open.kind() == instruction.kind())
                .findFirst();
        if (operation.isEmpty()) {
            broken.accept(uid + ": " + instruction.kind() + " was accepted and is not on record");
        } else if (instruction instanceof Instruction.Renew
                && operation.get().history().getFirst().at().equals(now)) {
            renewal(view, now, uid);
        }
    }

    private void whitelist(View view, Device device) {
        Device.Claim claim = device.claim();
        if (claim != null
                && device.standing() == Device.Standing.ACTIVATED
                && !unblocked.contains(device.uid())
                && view.profile(claim.profileUid())
                        .filter(DeviceProfile::whitelistCheck)
                        .isPresent()
                && !view.isWhitelisted(claim.profileUid(), device.uid())) {
            broken.accept(device.uid() + ": is activated, and neither on the whitelist nor unblocked");
        }
    }

    private void renewal(View view, Instant now, RotPublicUid uid) {
        boolean transfers = view.openOperations(uid).stream().anyMatch(open -> open.kind() == Operation.Kind.TRANSFER);
        for (IssuedCertificate present : view.certificates(uid)) {
            if (present.state() != IssuedCertificate.State.EFFECTIVE) {
                continue;
            }
            if (present.revocation() != null) {
                broken.accept(uid + ": a renewal of what is revoked was accepted");
            }
            if (!transfers
                    && view.rootCa(present.issuer())
                            .filter(rootCa -> rootCa.mayIssue(now))
                            .isEmpty()) {
                broken.accept(uid + ": a renewal under a Root CA that may not issue was accepted");
            }
        }
    }

    /** Whether nothing was asked for since a delete was. */
    boolean isDeleted(RotPublicUid device) {
        return deleted.contains(device);
    }

    /** A device holds a credential when nothing is pending. */
    void holds(RotPublicUid device) {
        if (deleted.contains(device)) {
            broken.accept(device + ": holds a credential after it was deleted");
        }
    }

    /** Nothing more is to come. */
    void end(View view, Instant now, int developerDevices) {
        for (String domain : List.of(World.DOMAIN, World.OTHER_DOMAIN)) {
            if (view.rootCas(domain).size() > RootCa.MAX_PER_DOMAIN) {
                broken.accept(
                        "the domain " + domain + " has " + view.rootCas(domain).size() + " Root CAs");
            }
            if (view.billing().devicesWith(domain, Plan.DEVELOPER) > developerDevices) {
                broken.accept("the domain " + domain + " has too many devices with the developer plan");
            }
            view.devices(domain).forEach(device -> lapsed(view, now, device));
        }
    }

    private void lapsed(View view, Instant now, Device device) {
        if (device.planInForce() == Plan.NONE || device.frozen() != null) {
            return;
        }
        for (IssuedCertificate present : view.certificates(device.uid())) {
            if (present.state() == IssuedCertificate.State.EFFECTIVE
                    && present.revocation() == null
                    && present.notAfter().isBefore(now)
                    && view.rootCa(present.issuer())
                            .filter(rootCa -> rootCa.renewalWindow() != null
                                    && rootCa.notAfter().isAfter(now.plus(rootCa.deviceValidity()))
                                    && rootCa.mayIssue(now))
                            .isPresent()) {
                broken.accept(device.uid() + ": its certificate has ended and was not renewed");
            }
        }
    }
}
