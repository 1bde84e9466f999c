package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is accepted of operators, and what is refused by which name (requirements, section 5). */
class InstructionsTest {

    private final Site site = new Site();
    private final TestDevice device = TestDevice.provisioned(site, 1);
    private final RootCa other = site.createRootCa(Site.HOME, Site.YEARS, Site.MONTH, null);

    private List<Operation> pending() {
        return site.store.read(view -> view.openOperations(device.uid));
    }

    private void is_accepted_twice_and_asked_once(Instruction instruction) {
        assertThat(site.instruct(instruction, device.uid, device.uid)).containsOnlyNulls();
        List<Operation> once = pending();
        assertThat(once).extracting(Operation::kind).containsOnlyOnce(instruction.kind());

        assertThat(site.instruct(instruction, device.uid)).containsOnlyNulls();

        assertThat(pending()).isEqualTo(once);
    }

    @Test
    void a_pending_request_again_is_accepted_and_changes_nothing() {
        is_accepted_twice_and_asked_once(new Instruction.Renew());
        is_accepted_twice_and_asked_once(new Instruction.Update());
        is_accepted_twice_and_asked_once(new Instruction.Transfer(other.id(), null));
        is_accepted_twice_and_asked_once(new Instruction.Delete());
        device.beat();
        is_accepted_twice_and_asked_once(new Instruction.Provision(other.id()));
    }

    @Test
    void the_last_root_ca_asked_for_stays_also_for_a_first_certificate() {
        site.accept(new Instruction.Delete(), device.uid);
        device.beat();
        site.accept(new Instruction.Provision(site.rootCa.id()), device.uid);

        site.accept(new Instruction.Provision(other.id()), device.uid);

        assertThat(pending()).extracting(Operation::issuer).containsExactly(other.id());
        device.laterBeat();
        device.laterBeat();
        assertThat(device.certificate().issuer()).isEqualTo(other.id());
        assertThat(pending()).isEmpty();
    }

    @Test
    void a_lost_answer_to_a_transfer_with_consent_can_be_asked_for_again_and_costs_one_code() {
        TestDevice second = TestDevice.provisioned(site, 2);
        RootCa theirs = site.createRootCa(Site.AWAY, Site.YEARS, Site.MONTH, null);
        var transfer = new Instruction.Transfer(theirs.id(), site.consentTo(theirs));
        assertThat(site.instruct(transfer, device.uid)).containsOnlyNulls();

        // The code is used up: it moves no further device.
        assertThat(site.instruct(transfer, device.uid, second.uid))
                .containsExactly(null, OperationError.CONSENT_NEEDED);
        device.beat();
        assertThat(site.ownerOf(device.uid)).isEqualTo(Site.AWAY);
    }

    @Test
    void consent_to_a_root_ca_that_issues_nothing_any_more_is_no_use_and_is_not_used_up() {
        RootCa theirs = site.createRootCa(Site.AWAY, Site.YEARS, Site.MONTH, null);
        String code = site.consentTo(theirs);
        site.disable(theirs);

        assertThat(site.instruct(new Instruction.Transfer(theirs.id(), code), device.uid))
                .containsExactly(OperationError.ROOT_CA_UNUSABLE);

        assertThat(site.store.read(view -> view.consent(code)).orElseThrow().used())
                .isFalse();
    }

    @Test
    void every_reason_to_refuse_has_its_own_name() {
        var renew = new Instruction.Renew();
        assertThat(site.instruct(renew, new RotPublicUid(99))).containsExactly(OperationError.UNKNOWN_DEVICE);
        assertThat(site.operations()
                        .instruct(Site.AWAY, renew, List.of(device.uid))
                        .join()
                        .getFirst()
                        .error())
                .isEqualTo(OperationError.UNKNOWN_DEVICE);

        site.save(Site.profile("checked", site.rootCa.id(), true));
        var blocked = new TestDevice(site, 2);
        blocked.beat();
        blocked.seal = new Seal("checked", "2");
        blocked.beat();
        assertThat(site.instruct(renew, blocked.uid)).containsExactly(OperationError.NOT_ACTIVATED);

        TestDevice unpaid = TestDevice.provisioned(site, 3);
        site.devices().choose(Site.HOME, List.of(unpaid.uid), Plan.NONE).join();
        assertThat(site.instruct(renew, unpaid.uid)).containsExactly(OperationError.NO_PLAN);

        TestDevice cloned = TestDevice.provisioned(site, 4);
        cloned.send(new Counter(0, 1));
        assertThat(site.instruct(renew, cloned.uid)).containsExactly(OperationError.FROZEN);

        TestDevice old = TestDevice.provisioned(site, 5);
        old.product = "SARA-R510S-00B-00";
        old.beat();
        assertThat(site.instruct(renew, old.uid)).containsExactly(OperationError.FIRMWARE_NOT_SUPPORTED);

        TestDevice empty = TestDevice.provisioned(site, 6);
        site.accept(new Instruction.Delete(), empty.uid);
        assertThat(site.instruct(renew, empty.uid)).containsExactly(OperationError.DELETE_PENDING);
        empty.beat();
        assertThat(site.instruct(renew, empty.uid)).containsExactly(OperationError.NO_CERTIFICATE);

        TestDevice revoked = TestDevice.provisioned(site, 7);
        site.accept(new Instruction.Revoke(Revocation.Reason.KEY_COMPROMISE), revoked.uid);
        assertThat(site.instruct(renew, revoked.uid)).containsExactly(OperationError.REVOKED);

        assertThat(site.instruct(new Instruction.Provision(other.id()), device.uid))
                .containsExactly(OperationError.HAS_CERTIFICATE);
        assertThat(site.instruct(new Instruction.Transfer("nowhere", null), device.uid))
                .containsExactly(OperationError.UNKNOWN_ROOT_CA);
        assertThat(site.instruct(new Instruction.Transfer(site.rootCa.id(), null), device.uid))
                .containsExactly(OperationError.SAME_ROOT_CA);
        site.disable(other);
        assertThat(site.instruct(new Instruction.Transfer(other.id(), null), device.uid))
                .containsExactly(OperationError.ROOT_CA_UNUSABLE);
        RootCa theirs = site.createRootCa(Site.AWAY, Site.YEARS, Site.MONTH, null);
        assertThat(site.instruct(new Instruction.Transfer(theirs.id(), "guessed"), device.uid))
                .containsExactly(OperationError.CONSENT_NEEDED);
        assertThat(pending()).isEmpty();
        assertThat(site.operations(device.uid)).extracting(Operation::kind).containsExactly(Kind.PROVISION);
    }
}
