package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a revocation covers, and what it leaves possible (requirements, section 5). */
class RevocationTest {

    private static final Instruction REVOKE = new Instruction.Revoke(Revocation.Reason.KEY_COMPROMISE);

    private final Site site = new Site();
    private final TestDevice device = TestDevice.provisioned(site, 1);
    private final RootCa other = site.createRootCa(Site.HOME, Site.YEARS, Site.MONTH, null);

    private List<IssuedCertificate> revokedBy(RootCa rootCa) {
        return site.store.read(view -> view.revokedCertificates(rootCa.id()));
    }

    private Operation.State stateOf(Kind kind) {
        return site.operations(device.uid).stream()
                .filter(operation -> operation.kind() == kind)
                .toList()
                .getLast()
                .state();
    }

    @Test
    void it_covers_what_is_on_its_way_in_every_issuers_list_and_cancels_all_but_an_update() {
        site.accept(new Instruction.Renew(), device.uid);
        site.accept(new Instruction.Transfer(other.id(), null), device.uid);
        device.send();
        site.accept(new Instruction.Update(), device.uid);
        long before =
                site.store.read(view -> view.crl(other.id())).orElseThrow().number();

        site.accept(REVOKE, device.uid);

        assertThat(revokedBy(site.rootCa)).hasSize(1);
        assertThat(revokedBy(other)).hasSize(1);
        assertThat(site.store.read(view -> view.crl(other.id())).orElseThrow().number())
                .isGreaterThan(before);
        assertThat(stateOf(Kind.RENEW)).isEqualTo(Operation.State.CANCELLED);
        assertThat(stateOf(Kind.TRANSFER)).isEqualTo(Operation.State.CANCELLED);
        assertThat(stateOf(Kind.UPDATE).isOpen()).isTrue();
    }

    @Test
    void afterwards_only_an_update_with_or_without_a_transfer_and_a_delete_are_possible() {
        site.accept(REVOKE, device.uid);
        var transfer = new Instruction.Transfer(other.id(), null);
        assertThat(site.instruct(new Instruction.Renew(), device.uid)).containsExactly(OperationError.REVOKED);
        assertThat(site.instruct(transfer, device.uid)).containsExactly(OperationError.REVOKED);

        site.accept(new Instruction.Update(), device.uid);
        site.accept(transfer, device.uid);
        device.beat();
        device.laterBeat();

        assertThat(device.certificate().issuer()).isEqualTo(other.id());
        assertThat(device.certificate().revocation()).isNull();
        site.accept(REVOKE, device.uid);
        site.accept(new Instruction.Delete(), device.uid);
    }

    @Test
    void a_revoked_key_is_not_certified_again_although_its_certificate_had_expired() {
        site.clock.step(Site.MONTH.plusDays(1));
        site.accept(REVOKE, device.uid);

        assertThat(site.instruct(new Instruction.Renew(), device.uid)).containsExactly(OperationError.REVOKED);
        assertThat(stateOf(Kind.REVOKE)).isEqualTo(Operation.State.EFFECTIVE);
    }

    @Test
    void it_covers_also_a_certificate_on_the_key_that_a_restored_server_had_forgotten() {
        var backup = ((MemoryStore) site.store).copy();
        site.accept(new Instruction.Renew(), device.uid);
        device.beat();
        site.store = backup;
        site.accept(REVOKE, device.uid);

        device.laterBeat();

        assertThat(device.certificate().revocation()).isNotNull();
        assertThat(revokedBy(site.rootCa)).hasSize(2);
        assertThat(site.instruct(new Instruction.Renew(), device.uid)).containsExactly(OperationError.REVOKED);
    }

    @Test
    void all_devices_of_a_root_ca_are_listed_and_can_be_revoked_at_once() {
        TestDevice second = TestDevice.provisioned(site, 2);
        site.accept(new Instruction.Transfer(other.id(), null), second.uid);
        second.laterBeat();
        assertThat(site.devices().holding(Site.HOME, site.rootCa.id())).containsExactly(device.uid);

        List<OperationService.Answer> answers = site.operations()
                .revokeAllOf(Site.HOME, other.id(), new Instruction.Revoke(Revocation.Reason.CA_COMPROMISE))
                .join();

        assertThat(answers).containsExactly(new OperationService.Answer(second.uid, null));
        assertThat(revokedBy(other)).extracting(IssuedCertificate::device).containsExactly(second.uid);
        assertThat(revokedBy(site.rootCa)).extracting(IssuedCertificate::device).containsExactly(second.uid);
    }

    @Test
    void a_revoked_device_of_a_disabled_root_ca_is_rescued_by_an_update_with_a_transfer() {
        site.accept(REVOKE, device.uid);
        site.disable(site.rootCa);

        site.accept(new Instruction.Update(), device.uid);
        site.accept(new Instruction.Transfer(other.id(), null), device.uid);
        device.beat();
        device.laterBeat();

        assertThat(device.certificate().issuer()).isEqualTo(other.id());
        assertThat(site.bills()).containsExactly(Kind.UPDATE);
    }

    @Test
    void an_update_of_a_revoked_device_that_no_transfer_follows_fails_with_its_disabled_root_ca() {
        site.accept(REVOKE, device.uid);
        site.disable(site.rootCa);
        site.accept(new Instruction.Update(), device.uid);
        device.beat();
        device.laterBeat();

        assertThat(stateOf(Kind.UPDATE)).isEqualTo(Operation.State.FAILED);
        assertThat(site.told(Notification.Kind.OPERATION_FAILED)).hasSize(1);
    }

    @Test
    void a_disabled_root_ca_signs_its_list_anew_when_it_runs_out() {
        site.accept(REVOKE, device.uid);
        site.disable(site.rootCa);
        long before = site.store
                .read(view -> view.crl(site.rootCa.id()))
                .orElseThrow()
                .number();
        site.clock.step(Duration.ofDays(2));

        assertThat(site.rootCas().crl(site.rootCa.id()).join().orElseThrow().number())
                .isGreaterThan(before);
    }
}
