package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.RootCa;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which plan is in force for a device, since when, and for whom (requirements, section 8). */
class PlanTest {

    private static final String TRIAL = "trial";

    private final Site site = new Site();

    private TestDevice sealed(String profile, long number) {
        var device = new TestDevice(site, number);
        device.beat();
        device.seal = new Seal(profile, "serial-" + number);
        device.beat();
        return device;
    }

    private void trialProfile(boolean whitelistCheck) {
        site.save(new DeviceProfile(TRIAL, Site.HOME, TRIAL, site.rootCa.id(), whitelistCheck, Plan.DEVELOPER));
    }

    private List<@Nullable OperationError> choose(Plan plan, RotPublicUid... devices) {
        return site.devices().choose(Site.HOME, List.of(devices), plan).join().stream()
                .<@Nullable OperationError>map(OperationService.Answer::error)
                .toList();
    }

    private List<Plan> changes(TestDevice device) {
        List<PlanChange> changes = site.store.read(view -> view.billing().planChanges(device.uid));
        return changes.stream().map(PlanChange::plan).toList();
    }

    @Test
    void a_plan_begins_when_the_device_is_sealed_and_heartbeats_change_nothing() {
        TestDevice device = sealed(Site.PROFILE, 1);
        PlanChange begun = new PlanChange(device.uid, site.clock.instant(), Site.HOME, Plan.COMMERCIAL);
        device.laterBeat();

        List<PlanChange> changes = site.store.read(view -> view.billing().planChanges(device.uid));
        assertThat(changes).containsExactly(begun);
    }

    @Test
    void a_blacklisted_device_has_no_plan_in_force_until_it_is_unblocked() {
        trialProfile(true);
        TestDevice device = sealed(TRIAL, 1);
        assertThat(changes(device)).isEmpty();
        assertThat(choose(Plan.COMMERCIAL, device.uid)).containsOnlyNulls();
        assertThat(changes(device)).isEmpty();

        site.devices().unblock(Site.HOME, device.uid).join();

        assertThat(changes(device)).containsExactly(Plan.COMMERCIAL);
    }

    @Test
    void a_switch_and_an_end_are_noted_once_and_a_foreign_device_is_unknown() {
        TestDevice device = sealed(Site.PROFILE, 1);
        TestDevice other = sealed(Site.PROFILE, 2);

        assertThat(choose(Plan.DEVELOPER, device.uid, device.uid, other.uid)).containsOnlyNulls();
        assertThat(choose(Plan.NONE, device.uid, new RotPublicUid(99)))
                .containsExactly(null, OperationError.UNKNOWN_DEVICE);

        assertThat(changes(device)).containsExactly(Plan.COMMERCIAL, Plan.DEVELOPER, Plan.NONE);
        assertThat(site.instruct(new Instruction.Renew(), device.uid)).containsExactly(OperationError.NO_PLAN);
        List<OperationService.Answer> foreign = site.devices()
                .choose(Site.AWAY, List.of(other.uid), Plan.COMMERCIAL)
                .join();
        assertThat(foreign).containsExactly(new OperationService.Answer(other.uid, OperationError.UNKNOWN_DEVICE));
    }

    @Test
    void the_eleventh_device_on_the_developer_plan_is_sealed_without_a_plan_and_its_domain_is_told() {
        trialProfile(false);
        for (int i = 1; i <= PlanLimit.DEFAULT.developerDevices(); i++) {
            sealed(TRIAL, i);
        }
        TestDevice eleventh = sealed(TRIAL, 11);
        eleventh.beat();

        assertThat(site.device(eleventh.uid).plan()).isEqualTo(Plan.NONE);
        assertThat(site.device(eleventh.uid).standing()).isEqualTo(Device.Standing.ACTIVATED);
        assertThat(eleventh.certificate().issuer()).isEqualTo(site.rootCa.id());
        assertThat(site.told(Notification.Kind.PLAN_LIMIT_REACHED))
                .map(Notification::device)
                .containsExactly(eleventh.uid);
        assertThat(changes(eleventh)).isEmpty();
    }

    @Test
    void a_choice_beyond_the_limit_is_refused_and_an_ended_plan_makes_room() {
        site.policy = new HeartbeatPolicy(
                site.policy.guard(), site.policy.period(), site.policy.blacklisted(), new PlanLimit(10));
        trialProfile(false);
        for (int i = 1; i <= 10; i++) {
            sealed(TRIAL, i);
        }
        TestDevice eleventh = sealed(Site.PROFILE, 11);

        assertThat(choose(Plan.DEVELOPER, eleventh.uid, new RotPublicUid(1)))
                .as("who is on the plan stays on it")
                .containsExactly(OperationError.PLAN_LIMIT, null);
        assertThat(site.device(eleventh.uid).plan()).isEqualTo(Plan.COMMERCIAL);
        assertThat(choose(Plan.NONE, new RotPublicUid(1))).containsOnlyNulls();
        assertThat(choose(Plan.DEVELOPER, eleventh.uid)).containsOnlyNulls();
    }

    @Test
    void a_device_that_is_transferred_to_another_domain_keeps_its_plan_and_the_new_owner_pays() {
        RootCa away = site.createRootCa(Site.AWAY, Site.YEARS, Site.MONTH, null);
        TestDevice device = TestDevice.provisioned(site, 1);
        site.accept(new Instruction.Transfer(away.id(), site.consentTo(away)), device.uid);
        device.laterBeat();
        device.laterBeat();

        assertThat(site.ownerOf(device.uid)).isEqualTo(Site.AWAY);
        List<PlanChange> changes = site.store.read(view -> view.billing().planChanges(device.uid));
        assertThat(changes).map(PlanChange::domain).containsExactly(Site.HOME, Site.AWAY);
        assertThat(changes).map(PlanChange::plan).containsOnly(Plan.COMMERCIAL);
    }

    @Test
    void a_device_that_is_transferred_where_the_developer_plan_is_full_has_none() {
        site.policy = new HeartbeatPolicy(
                site.policy.guard(), site.policy.period(), site.policy.blacklisted(), new PlanLimit(0));
        RootCa away = site.createRootCa(Site.AWAY, Site.YEARS, Site.MONTH, null);
        TestDevice device = TestDevice.provisioned(site, 1);
        assertThat(choose(Plan.DEVELOPER, device.uid)).containsOnlyNulls();
        site.accept(new Instruction.Transfer(away.id(), site.consentTo(away)), device.uid);
        device.laterBeat();
        device.laterBeat();

        assertThat(changes(device)).containsExactly(Plan.COMMERCIAL, Plan.DEVELOPER, Plan.NONE);
        assertThat(site.told(Notification.Kind.PLAN_LIMIT_REACHED))
                .map(Notification::domain)
                .containsExactly(Site.AWAY);
    }
}
