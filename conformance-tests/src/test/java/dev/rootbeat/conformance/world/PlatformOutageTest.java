package dev.rootbeat.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.model.Operation.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A platform that does not answer delays the certificate, never the heartbeat (protocol, section 3). */
class PlatformOutageTest {

    @ParameterizedTest
    @EnumSource
    void a_renewal_waits_for_the_platform_and_is_signed_once(SimulatedPlatform.Fault fault) {
        Scene scene = Scene.provisioned(1);
        SlotReport before = scene.slot();
        scene.world.platform().fault(fault);
        scene.accept(new Instruction.Renew());

        assertThat(scene.force()).as("the heartbeat is answered").isEqualTo(ForcedOutcome.ACCEPTED);
        scene.world.run(Scene.AFTER_GUARD); // the device comes by itself

        assertThat(scene.slot()).isEqualTo(before);
        assertThat(scene.certificates()).hasSize(2);
        scene.world.platform().fault(null);
        scene.world.run(Scene.AFTER_GUARD);
        assertThat(scene.slot().certificate()).isNotEqualTo(before.certificate());
        assertThat(scene.certificates()).hasSize(2);
        assertThat(scene.bills()).containsExactly(Kind.RENEW);
        scene.ends();
    }

    @Test
    void a_new_device_is_sealed_when_its_platform_answers_again() {
        var scene = new Scene(WorldSettings.of(2, 1).withoutAutomaticRenewal());
        scene.world.platform().fault(SimulatedPlatform.Fault.SILENT);
        scene.world.provisionAll();
        scene.world.run(Duration.ofHours(2));
        assertThat(scene.isSealed()).isFalse();
        assertThat(scene.certificates()).hasSize(1);

        scene.world.platform().fault(null);

        assertThat(scene.world.runUntil(scene::isSealed, Scene.AFTER_GUARD)).isTrue();
        assertThat(scene.certificates()).hasSize(1);
        scene.ends();
    }

    @Test
    void heartbeats_that_hand_out_nothing_ask_no_platform() {
        Scene scene = Scene.provisioned(3);
        int asked = scene.world.platform().asked();

        scene.world.run(Duration.ofDays(10));

        assertThat(scene.world.platform().asked()).isEqualTo(asked);
        scene.ends();
    }

    @Test
    void a_server_that_dies_while_the_platform_is_silent_sends_the_same_certificate_later() {
        Scene scene = Scene.provisioned(4);
        scene.world.platform().fault(SimulatedPlatform.Fault.ANSWERS_ARE_LOST);
        scene.accept(new Instruction.Renew());
        scene.world
                .time()
                .executor("host")
                .execute(() -> scene.device.module().security().force(_ -> {}));
        int asked = scene.world.platform().asked();
        assertThat(scene.world.runUntil(() -> scene.world.platform().asked() > asked, Duration.ofMinutes(1)))
                .isTrue();
        scene.world.killServer();
        scene.world.run(Duration.ofMinutes(10));
        scene.world.platform().fault(null);
        scene.world.startServer();

        scene.world.run(Duration.ofDays(2));

        assertThat(scene.certificates()).hasSize(2);
        assertThat(scene.bills()).containsExactly(Kind.RENEW);
        scene.ends();
    }
}
