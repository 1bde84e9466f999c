package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.memory.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is issued, kept, renewed and adopted (requirements, section 5; protocol, section 5.8). */
class CertificateLifeTest {

    private final Site site = new Site();

    /** A device whose certificates a Root CA of these settings signs. */
    private TestDevice deviceUnder(RootCa rootCa) {
        site.save(Site.profile(Site.PROFILE, rootCa.id(), false));
        return TestDevice.provisioned(site, 1);
    }

    @Test
    void a_certificate_of_a_short_life_is_sent_again_unchanged_while_half_of_it_is_left() {
        TestDevice device = deviceUnder(site.createRootCa(Site.HOME, Site.YEARS, Duration.ofMinutes(30), null));
        site.accept(new Instruction.Renew(), device.uid);
        Reply lost = TestDevice.read(device.send());
        site.clock.step(Duration.ofMinutes(10));

        Reply again = TestDevice.read(device.send());

        assertThat(again.commands()).isEqualTo(lost.commands()).hasSize(1);
        site.clock.step(Duration.ofMinutes(6));
        assertThat(TestDevice.read(device.send()).commands()).isNotEqualTo(lost.commands());
    }

    @Test
    void a_device_that_lost_its_certificate_gets_the_next_by_the_root_ca_asked_for_last() {
        TestDevice device = TestDevice.provisioned(site, 1);
        RootCa other = site.createRootCa(Site.HOME, Site.YEARS, Site.MONTH, null);
        site.accept(new Instruction.Transfer(other.id(), null), device.uid);
        device.losesEverything();

        device.beat();
        device.laterBeat();

        assertThat(device.certificate().issuer()).isEqualTo(other.id());
        assertThat(site.bills()).containsExactly(Kind.TRANSFER);
        assertThat(site.operations(device.uid))
                .allSatisfy(operation -> assertThat(operation.state()).isEqualTo(Operation.State.EFFECTIVE));
    }

    @Test
    void a_renewal_window_longer_than_half_a_life_raises_no_alarm_about_the_root_ca() {
        TestDevice device = deviceUnder(site.createRootCa(Site.HOME, Site.YEARS, Site.MONTH, Duration.ofDays(20)));

        site.clock.step(Duration.ofDays(12));
        device.beat();

        assertThat(site.bills()).isEmpty();
        assertThat(site.told(Notification.Kind.ROOT_CA_EXPIRING)).isEmpty();
        site.clock.step(Duration.ofDays(4));
        device.beat();
        assertThat(site.bills()).containsExactly(Kind.RENEW);
    }

    @Test
    void a_restored_server_adopts_the_certificate_of_the_domain_that_a_device_has_moved_to() {
        TestDevice device = TestDevice.provisioned(site, 1);
        RootCa theirs = site.createRootCa(Site.AWAY, Site.YEARS, Site.MONTH, null);
        String code = site.consentTo(theirs);
        var backup = ((MemoryStore) site.store).copy();
        site.accept(new Instruction.Transfer(theirs.id(), code), device.uid);
        device.beat();
        site.store = backup;

        site.clock.step(site.policy.guard());
        Reply asked = device.hear();
        device.sendResults();

        assertThat(asked.commands()).singleElement().isInstanceOf(Command.ReadCertificate.class);
        assertThat(device.certificate().state()).isEqualTo(IssuedCertificate.State.EFFECTIVE);
        assertThat(device.certificate().issuer()).isEqualTo(theirs.id());
        assertThat(site.ownerOf(device.uid)).isEqualTo(Site.AWAY);
        assertThat(device.laterBeat().commands()).isEmpty();
    }
}
