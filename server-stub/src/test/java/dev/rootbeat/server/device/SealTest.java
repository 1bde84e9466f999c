package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Notification;
import org.junit.jupiter.api.Test;

/** Whose a device becomes, and what it is shown (requirements, sections 3.3 and 3.4). */
class SealTest {

    private static final String CHECKED = "checked";

    private final Site site = new Site();
    private final TestDevice device = new TestDevice(site, 1);

    private Reply seal(String profile, String serial) {
        device.seal = new Seal(profile, serial);
        return device.beat();
    }

    @Test
    void a_seal_with_an_unknown_profile_is_refused_by_its_field_and_changes_nothing() {
        device.beat();
        Device before = site.device(device.uid);
        device.seal = new Seal("nowhere", "1");

        Response refused = device.send();

        assertThat(refused.code()).isEqualTo(Response.Code.FORBIDDEN);
        assertThat(TestDevice.text(refused)).isEqualTo("heartbeat.seal.profileUid: there is no such device profile");
        assertThat(site.device(device.uid)).isEqualTo(before);
        assertThat(seal(Site.PROFILE, "1").status()).isEqualTo(DeviceStatus.BOOTSTRAPPED);
        assertThat(site.device(device.uid).standing()).isEqualTo(Device.Standing.ACTIVATED);
    }

    @Test
    void the_same_seal_again_changes_nothing_and_another_is_refused() {
        device.beat();
        seal(Site.PROFILE, "1");
        Device.Claim claim = site.device(device.uid).claim();
        seal(Site.PROFILE, "1");
        assertThat(site.told(Notification.Kind.DEVICE_SEALED)).hasSize(1);

        site.clock.step(site.policy.guard());
        device.seal = new Seal(Site.PROFILE, "2");
        Response refused = device.send();

        assertThat(refused.code()).isEqualTo(Response.Code.FORBIDDEN);
        assertThat(TestDevice.text(refused)).startsWith("heartbeat.seal: ");
        assertThat(site.device(device.uid).claim()).isEqualTo(claim);
        assertThat(site.device(device.uid).frozen()).isNull();
    }

    @Test
    void a_blacklisted_device_looks_unsealed_and_to_whitelist_it_later_changes_nothing() {
        site.save(Site.profile(CHECKED, site.rootCa.id(), true));
        device.beat();
        assertThat(seal(CHECKED, "1").status()).isEqualTo(DeviceStatus.BOOTSTRAPPED);
        site.store
                .write(tx -> {
                    tx.addToWhitelist(CHECKED, device.uid);
                    return CHECKED;
                })
                .join();

        Reply later = device.laterBeat();

        assertThat(later.status()).isEqualTo(DeviceStatus.BOOTSTRAPPED);
        assertThat(site.device(device.uid).standing()).isEqualTo(Device.Standing.BLACKLISTED);
        assertThat(site.operations(device.uid)).isEmpty();

        site.devices().unblock(Site.HOME, device.uid).join();
        device.laterBeat();
        Reply provisioned = device.beat();

        assertThat(provisioned.status()).isEqualTo(DeviceStatus.SEALED);
        assertThat(device.certificate().issuer()).isEqualTo(site.rootCa.id());
    }

    @Test
    void what_a_blacklisted_device_is_shown_is_a_setting() {
        var shown = new DeviceStatus(true, true, false);
        site.policy = new HeartbeatPolicy(site.policy.guard(), site.policy.period(), shown);
        site.save(Site.profile(CHECKED, site.rootCa.id(), true));
        device.beat();

        assertThat(seal(CHECKED, "1").status()).isEqualTo(shown);
    }

    @Test
    void a_profile_without_a_root_ca_seals_at_once() {
        site.save(Site.profile("no-certificates", null, false));
        device.beat();

        assertThat(seal("no-certificates", "1").status()).isEqualTo(DeviceStatus.SEALED);
        assertThat(site.operations(device.uid)).isEmpty();
    }
}
