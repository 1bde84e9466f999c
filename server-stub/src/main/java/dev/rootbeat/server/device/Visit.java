package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.event.Outbox;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One device inside one transaction: what is known of it now, and what it still owes. Operations and notifications are
 * written as they change, the device when the visit ends with {@link #save}.
 */
final class Visit {

    private final Transaction tx;
    private final Instant now;
    private final List<Operation> open;
    private final Device before;
    private Device device;
    private final Map<Bytes, Optional<IssuedCertificate>> certificates = new HashMap<>();
    private @Nullable Unregistered unregistered;

    Visit(Transaction tx, Device device, Instant now) {
        this.tx = tx;
        this.before = device;
        this.device = device;
        this.now = now;
        this.open = new ArrayList<>(tx.openOperations(device.uid()));
    }

    Transaction tx() {
        return tx;
    }

    Instant now() {
        return now;
    }

    Device device() {
        return device;
    }

    void update(Device changed) {
        device = changed;
    }

    ManagedSlot slot() {
        return device.managed();
    }

    void update(ManagedSlot changed) {
        device = device.with(changed);
    }

    /** Whether the device came to its plan, or to the domain that pays for it, in this visit. */
    boolean isPlanNew() {
        return device.planInForce() != before.planInForce()
                || (device.planInForce() != Plan.NONE && !domain(device).equals(domain(before)));
    }

    /** What shall be registered with platforms once the transaction is durable; null if nothing is. */
    @Nullable
    Unregistered unregistered() {
        return unregistered;
    }

    /**
     * Has a certificate registered with the platforms of its Root CA: in this transaction where they can, or afterwards.
     *
     * @return whether there is something left to do afterwards
     */
    boolean toRegister(IssuedCertificate certificate, Platforms platforms) {
        List<String> names = tx.rootCa(certificate.issuer())
                .map(rootCa -> rootCa.platform().platforms())
                .orElse(List.of());
        List<String> left = platforms.registerWithin(tx, names, certificate);
        if (left.isEmpty()) {
            return false;
        }
        unregistered = new Unregistered(certificate, left);
        return true;
    }

    /** The certificate of this fingerprint, whosever it is; it is asked for several times in a visit. */
    Optional<IssuedCertificate> certificate(Bytes fingerprint) {
        return certificates.computeIfAbsent(fingerprint, tx::certificate);
    }

    /** Saves what became of a certificate. */
    void save(IssuedCertificate certificate) {
        tx.save(certificate);
        certificates.put(certificate.fingerprint(), Optional.of(certificate));
    }

    void save() {
        tx.save(device);
        Device.Claim claim = device.claim();
        if (claim != null && isPlanNew()) {
            tx.billing().change(new PlanChange(device.uid(), now, claim.domain(), device.planInForce()));
        }
    }

    private static Optional<String> domain(Device device) {
        return Optional.ofNullable(device.claim()).map(Device.Claim::domain);
    }

    /** The operations that the device still owes, oldest first. */
    List<Operation> open() {
        return List.copyOf(open);
    }

    /** Whether an operation of this kind and with this Root CA, null for none, is pending. */
    boolean owes(Operation.Kind kind, @Nullable String issuer) {
        return open.stream()
                .anyMatch(operation -> operation.kind() == kind && Objects.equals(operation.issuer(), issuer));
    }

    boolean owes(Operation.Kind kind) {
        return owes(open, kind);
    }

    private static boolean owes(List<Operation> open, Operation.Kind kind) {
        return open.stream().anyMatch(operation -> operation.kind() == kind);
    }

    boolean isProvisioning() {
        return isProvisioning(device, open);
    }

    /**
     * Whether the guard interval does not hold the device back: it is not sealed yet, or on its way to its very first
     * certificate (requirements, section 3.5).
     */
    static boolean isProvisioning(Device device, List<Operation> open) {
        return device.standing() == Device.Standing.REGISTERED
                || (device.standing() == Device.Standing.ACTIVATED
                        && !device.managed().provisioned()
                        && owes(open, Operation.Kind.PROVISION));
    }

    Operation start(String id, Operation.Kind kind, @Nullable String issuer) {
        Device.Claim claim = device.claim();
        if (claim == null) {
            throw new IllegalStateException("an operation needs a device of a domain: " + device.uid());
        }
        var first = new Operation.Change(Operation.State.ACCEPTED, now, null);
        var operation = new Operation(id, device.uid(), claim.domain(), kind, issuer, List.of(first), 0);
        tx.save(operation);
        open.add(operation);
        return operation;
    }

    void change(Operation operation, Operation.State state, @Nullable String reason) {
        replace(operation.to(state, now, reason));
    }

    void replace(Operation changed) {
        tx.save(changed);
        open.removeIf(
                other -> other.id().equals(changed.id()) && !changed.state().isOpen());
        open.replaceAll(other -> other.id().equals(changed.id()) ? changed : other);
    }

    void fail(Operation operation, String reason) {
        change(operation, Operation.State.FAILED, reason);
        if (operation.kind() == Operation.Kind.UPDATE) {
            // The next update shall get a key of its own.
            update(slot().pending(null));
        }
        tell(Notification.Kind.OPERATION_FAILED, reason);
    }

    void tell(Notification.Kind kind, @Nullable String subject) {
        Device.Claim claim = device.claim();
        Outbox.tell(tx, new Notification(claim == null ? null : claim.domain(), device.uid(), kind, subject, now));
    }
}
