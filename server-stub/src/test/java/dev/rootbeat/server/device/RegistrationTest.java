package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.model.Registration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Certificates come to their platforms before they come to devices (requirements, section 7). */
class RegistrationTest {

    private final Site site = new Site();

    @Test
    void a_certificate_is_registered_for_the_domain_of_its_root_ca_when_it_is_handed_out() {
        TestDevice device = TestDevice.provisioned(site, 1);
        site.accept(new Instruction.Renew(), device.uid);

        Reply reply = TestDevice.read(device.send());

        Registration known = registration(fingerprint(reply));
        assertThat(known.domain()).isEqualTo(Site.HOME);
        assertThat(known.device()).isEqualTo(device.uid);
        assertThat(known.state()).isEqualTo(Registration.State.REGISTERED);
        assertThat(registrations()).hasSize(2);
    }

    @Test
    void a_certificate_that_is_sent_again_stays_disabled() {
        TestDevice device = TestDevice.provisioned(site, 1);
        site.accept(new Instruction.Renew(), device.uid);
        Bytes fingerprint = fingerprint(TestDevice.read(device.send()));
        Registration disabled = registration(fingerprint).disabled();
        assertThat(site.store
                        .write(tx -> {
                            tx.platform().save(disabled);
                            return true;
                        })
                        .join())
                .isTrue();

        site.clock.step(site.policy.guard());
        Reply again = TestDevice.read(device.send());

        assertThat(fingerprint(again)).isEqualTo(fingerprint);
        assertThat(registration(fingerprint)).isEqualTo(disabled);
    }

    @Test
    void a_root_ca_without_platforms_registers_nothing() {
        assertThat(site.store
                        .write(tx -> {
                            tx.save(site.rootCa.with(new PlatformSettings(List.of(), false)));
                            return true;
                        })
                        .join())
                .isTrue();

        TestDevice device = TestDevice.provisioned(site, 1);

        assertThat(device.certificate().issuer()).isEqualTo(site.rootCa.id());
        assertThat(registrations()).isEmpty();
    }

    @Test
    void the_same_heartbeat_again_brings_the_certificate_as_soon_as_its_platforms_know_it() {
        TestDevice device = TestDevice.provisioned(site, 1);
        name("moon");
        site.accept(new Instruction.Renew(), device.uid);
        Bytes heartbeat = device.heartbeat(new Counter(1, device.counter.beat() + 1));
        assertThat(TestDevice.read(sent(device, heartbeat)).commands()).isEmpty();
        assertThat(TestDevice.read(sent(device, heartbeat)).commands()).isEmpty();

        name(PlatformSettings.OWN);

        Response answer = sent(device, heartbeat);
        assertThat(TestDevice.read(answer).commands()).hasSize(1);
        assertThat(sent(device, heartbeat)).isEqualTo(answer);
        assertThat(site.certificates(device.uid)).hasSize(2);
    }

    private Response sent(TestDevice device, Bytes heartbeat) {
        var answer = new CompletableFuture<Response>();
        site.heartbeats().handle(device.uid, new Request(Request.HEARTBEAT, heartbeat), answer::complete);
        return answer.join();
    }

    private void name(String platform) {
        assertThat(site.store
                        .write(tx -> {
                            tx.save(site.rootCa.with(new PlatformSettings(List.of(platform), false)));
                            return true;
                        })
                        .join())
                .isTrue();
    }

    private Registration registration(Bytes fingerprint) {
        return site.store
                .read(view -> view.platform().registration(fingerprint))
                .orElseThrow();
    }

    private List<Registration> registrations() {
        return site.store.read(view -> view.platform().registrations(Site.HOME, null, null, null, 100));
    }

    private static Bytes fingerprint(Reply reply) {
        assertThat(reply.commands()).hasSize(1);
        return ((Command.SetCertificate) reply.commands().getFirst())
                .chain()
                .getFirst()
                .sha256();
    }
}
