package dev.rootbeat.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A world with one provisioned device, and the words in which its histories are told. */
final class Scene {

    static final Duration AFTER_GUARD = Duration.ofMinutes(6);

    final World world;
    final SimulatedDevice device;
    final RotPublicUid uid;

    Scene(WorldSettings settings) {
        world = new World(settings);
        device = world.devices().getFirst();
        uid = device.uid();
    }

    /** A device with a certificate, in calm weather, whose guard interval has passed. */
    static Scene provisioned(long seed) {
        return new Scene(WorldSettings.of(seed, 1).withoutAutomaticRenewal()).provision();
    }

    Scene provision() {
        world.provisionAll();
        assertThat(world.runUntil(this::isSealed, Duration.ofMinutes(4)))
                .as("sealed within the four minutes that a host waits")
                .isTrue();
        world.run(AFTER_GUARD);
        return this;
    }

    boolean isSealed() {
        return device.isOn()
                && device.module().isOn()
                && device.module().security().status().claimed();
    }

    void accept(Instruction instruction) {
        assertThat(world.instruct(instruction, List.of(uid)))
                .allSatisfy(answer -> assertThat(answer.error()).isNull());
    }

    /** Forces a heartbeat and waits for what becomes of it. */
    ForcedOutcome force() {
        var outcome = new AtomicReference<ForcedOutcome>();
        world.time().executor("host").execute(() -> device.module().security().force(outcome::set));
        assertThat(world.runUntil(() -> outcome.get() != null, Duration.ofSeconds(150)))
                .isTrue();
        world.run(Duration.ofSeconds(30));
        return Objects.requireNonNull(outcome.get());
    }

    /** Lets the guard interval pass and forces a heartbeat, which must be accepted. */
    void beat() {
        world.run(AFTER_GUARD);
        assertThat(force()).isEqualTo(ForcedOutcome.ACCEPTED);
    }

    SlotReport slot() {
        return device.module().rootOfTrust().report().get(SlotReport.MANAGED);
    }

    List<Operation> operations() {
        return world.server().store().read(view -> view.operations(uid));
    }

    List<IssuedCertificate> certificates() {
        return world.server().store().read(view -> view.certificates(uid));
    }

    List<Operation.Kind> bills() {
        return world.server().store().read(view -> view.billingEvents()).stream()
                .map(BillingEvent::kind)
                .toList();
    }

    List<IssuedCertificate> revokedBy(String rootCa) {
        return world.server().store().read(view -> view.revokedCertificates(rootCa));
    }

    List<Notification> told(Notification.Kind kind) {
        return world.server().store().read(view -> view.notifications()).stream()
                .filter(notification -> notification.kind() == kind)
                .toList();
    }

    int heartbeats() {
        return world.promises().model(uid).acceptedHeartbeats();
    }

    /** The end of every history: the device has what is wanted, and the books balance. */
    void ends() {
        world.run(Duration.ofDays(3));
        world.promises().converged();
        world.promises().balance();
    }
}
