package dev.rootbeat.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Promise 1: how many heartbeats an operation takes, and what it leaves behind. */
class OperationsTest {

    @Test
    void a_device_is_bootstrapped_sealed_and_provisioned_in_one_go_and_for_free() {
        Scene scene = Scene.provisioned(1);

        assertThat(scene.slot().certificate()).isNotNull();
        assertThat(scene.heartbeats()).isEqualTo(3);
        assertThat(scene.bills()).isEmpty();
        scene.ends();
    }

    @Test
    void renew_takes_one_heartbeat_and_keeps_the_key() {
        Scene scene = Scene.provisioned(2);
        SlotReport before = scene.slot();
        int heartbeats = scene.heartbeats();
        scene.accept(new Instruction.Renew());

        scene.beat();

        assertThat(scene.heartbeats()).isEqualTo(heartbeats + 1);
        assertThat(scene.slot().activeKey()).isEqualTo(before.activeKey());
        assertThat(scene.slot().certificate()).isNotEqualTo(before.certificate());
        assertThat(scene.bills()).containsExactly(Kind.RENEW);
        scene.ends();
    }

    @Test
    void update_keeps_the_old_certificate_until_the_second_heartbeat() {
        Scene scene = Scene.provisioned(3);
        SlotReport before = scene.slot();
        int heartbeats = scene.heartbeats();
        scene.accept(new Instruction.Update());

        scene.beat();

        assertThat(scene.heartbeats()).isEqualTo(heartbeats + 1);
        assertThat(scene.slot().certificate()).isEqualTo(before.certificate());
        assertThat(scene.slot().pendingKey()).isNotNull();
        assertThat(scene.bills()).isEmpty();

        scene.world.run(Scene.AFTER_GUARD);

        assertThat(scene.heartbeats()).isEqualTo(heartbeats + 2);
        assertThat(scene.slot().activeKey()).isNotEqualTo(before.activeKey());
        assertThat(scene.slot().pendingKey()).isNull();
        assertThat(scene.bills()).containsExactly(Kind.UPDATE);
        scene.ends();
    }

    @Test
    void transfer_takes_one_heartbeat_and_brings_the_new_trust_anchor() {
        Scene scene = Scene.provisioned(4);
        SlotReport before = scene.slot();
        RootCa other = scene.world.operator().createRootCa("Other", Duration.ofDays(3650));
        scene.accept(new Instruction.Transfer(other.id(), null));

        scene.beat();

        assertThat(scene.slot().activeKey()).isEqualTo(before.activeKey());
        assertThat(scene.device
                        .module()
                        .rootOfTrust()
                        .credential(SlotReport.MANAGED)
                        .orElseThrow()
                        .trustAnchors())
                .containsExactly(other.certificate());
        assertThat(scene.bills()).containsExactly(Kind.TRANSFER);
        scene.ends();
    }

    @Test
    void delete_takes_one_heartbeat_is_free_and_lasts_until_an_operator_provisions_anew() {
        Scene scene = Scene.provisioned(5);
        scene.accept(new Instruction.Delete());

        scene.beat();

        assertThat(scene.slot()).isEqualTo(SlotReport.empty(SlotReport.MANAGED));
        assertThat(scene.bills()).isEmpty();
        scene.world.powerCut(scene.device);
        scene.world.run(Duration.ofDays(3));
        assertThat(scene.slot().certificate()).isNull();

        scene.accept(new Instruction.Provision(scene.world.rootCa().id()));
        scene.world.run(Duration.ofDays(2));
        assertThat(scene.slot().certificate()).isNotNull();
        scene.ends();
    }

    @Test
    void revoke_takes_no_heartbeat_and_leaves_the_device_alone_until_an_update() {
        Scene scene = Scene.provisioned(6);
        SlotReport before = scene.slot();
        scene.accept(new Instruction.Revoke(Revocation.Reason.KEY_COMPROMISE));

        assertThat(scene.certificates())
                .allSatisfy(certificate -> assertThat(certificate.revocation()).isNotNull());
        scene.beat();
        assertThat(scene.slot()).isEqualTo(before);
        assertThat(scene.world.instruct(new Instruction.Renew(), java.util.List.of(scene.uid)))
                .allSatisfy(answer ->
                        assertThat(answer.error()).isEqualTo(dev.rootbeat.server.device.OperationError.REVOKED));

        scene.accept(new Instruction.Update());
        scene.beat();
        scene.world.run(Scene.AFTER_GUARD);
        assertThat(scene.slot().activeKey()).isNotEqualTo(before.activeKey());
        assertThat(scene.bills()).containsExactly(Kind.UPDATE);
        scene.ends();
    }

    @Test
    void what_is_merged_takes_effect_once_and_bills_the_highest() {
        Scene scene = Scene.provisioned(7);
        RootCa other = scene.world.operator().createRootCa("Other", Duration.ofDays(3650));
        scene.accept(new Instruction.Renew());
        scene.accept(new Instruction.Transfer(other.id(), null));
        scene.accept(new Instruction.Renew());
        scene.accept(new Instruction.Update());

        scene.beat();
        scene.world.run(Scene.AFTER_GUARD);

        assertThat(scene.bills()).containsExactly(Kind.UPDATE);
        assertThat(scene.certificates())
                .filteredOn(certificate -> certificate.state() == IssuedCertificate.State.EFFECTIVE)
                .singleElement()
                .satisfies(certificate -> assertThat(certificate.issuer()).isEqualTo(other.id()));
        assertThat(scene.operations())
                .hasSize(4)
                .allSatisfy(operation -> assertThat(operation.state()).isEqualTo(Operation.State.EFFECTIVE));
        scene.ends();
    }

    @Test
    void a_forced_heartbeat_within_the_guard_interval_is_refused_and_changes_nothing() {
        Scene scene = Scene.provisioned(8);
        scene.beat();
        scene.accept(new Instruction.Renew());
        SlotReport before = scene.slot();

        assertThat(scene.force()).isEqualTo(ForcedOutcome.TOO_EARLY);

        assertThat(scene.slot()).isEqualTo(before);
        scene.ends();
    }
}
