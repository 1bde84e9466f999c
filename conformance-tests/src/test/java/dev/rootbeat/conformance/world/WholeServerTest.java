package dev.rootbeat.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.OperationError;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.RootCa;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server does besides answering devices, in the simulated world: its promises are checked all the time. */
class WholeServerTest {

    private static final String URL = "http://127.0.0.1:9000/";
    private static final List<Notification.Kind> ALL = Arrays.asList(Notification.Kind.values());

    @ParameterizedTest
    @EnumSource
    void a_receiver_with_bad_days_is_told_everything_in_the_end(Receivers.Fault fault) {
        var scene = new Scene(WorldSettings.of(1, 1).withoutAutomaticRenewal());
        String webhook = scene.world.operator().createWebhook(URL, ALL).orElseThrow();
        scene.provision();
        scene.world.receivers().fault(URL, fault);
        scene.accept(new Instruction.Renew());
        scene.beat();
        scene.world.run(Duration.ofMinutes(3));
        scene.world.receivers().heal(URL);

        scene.ends(); // holds them to number, order, content and completeness

        // Bootstrapped, sealed, issued, renewed.
        assertThat(scene.world.promises().webhookMessages()).isGreaterThanOrEqualTo(4);
        long pending = scene.world.server().store().read(view -> view.events().pendingDeliveries(webhook));
        assertThat(pending).isZero();
    }

    @Test
    void a_dead_letter_does_not_block_what_comes_after_it() {
        var scene = new Scene(WorldSettings.of(2, 1).withoutAutomaticRenewal());
        scene.world.operator().createWebhook(URL, ALL);
        scene.world.receivers().fault(URL, Receivers.Fault.DOWN);
        scene.provision();
        scene.world.run(Duration.ofHours(12));
        long before = scene.world.promises().webhookMessages();
        scene.world.receivers().heal(URL);
        scene.accept(new Instruction.Renew());

        scene.ends();

        assertThat(scene.world.promises().webhookMessages()).isEqualTo(before + 1);
    }

    @Test
    void what_has_just_happened_may_still_be_on_its_way_to_a_receiver_and_what_happened_hours_ago_may_not() {
        var scene = new Scene(WorldSettings.of(6, 1).withoutAutomaticRenewal());
        scene.world.operator().createWebhook(URL, ALL);
        scene.provision();
        scene.world.run(Duration.ofHours(2));
        scene.accept(new Instruction.Renew());
        scene.beat();
        scene.world.killServer(); // nobody is told any more
        scene.world.promises().balance();
        scene.world.run(Duration.ofHours(2));

        assertThatThrownBy(() -> scene.world.promises().balance())
                .isInstanceOf(PromiseBroken.class)
                .hasMessageContaining("CERTIFICATE_RENEWED")
                .hasMessageContaining("was never told");
    }

    @Test
    void invoices_are_raised_by_themselves_also_after_months_without_a_server() {
        Scene scene = Scene.provisioned(3);
        scene.accept(new Instruction.Renew());
        scene.world.run(Duration.ofDays(5));
        scene.world.killServer();
        scene.world.run(Duration.ofDays(90));
        scene.world.startServer();
        scene.world.run(Duration.ofDays(5));

        List<Invoice> invoices =
                scene.world.server().store().read(view -> view.billing().invoices(World.DOMAIN, 1, 100));
        assertThat(invoices).extracting(Invoice::total).containsExactly(55L, 50L, 50L);
        scene.ends();
    }

    @Test
    void a_device_moves_to_another_domain_with_its_consent_and_is_that_domains_alone_then() {
        Scene scene = Scene.provisioned(4);
        RootCa theirs = scene.world.otherOperator().createRootCa("Theirs", Duration.ofDays(3650));
        assertThat(scene.world.instruct(new Instruction.Transfer(theirs.id(), null), List.of(scene.uid)))
                .allSatisfy(answer -> assertThat(answer.error()).isEqualTo(OperationError.CONSENT_NEEDED));
        scene.accept(new Instruction.Transfer(
                theirs.id(), scene.world.otherOperator().consent(theirs)));

        scene.beat();

        assertThat(scene.world.instruct(new Instruction.Renew(), List.of(scene.uid)))
                .allSatisfy(answer -> assertThat(answer.error()).isEqualTo(OperationError.UNKNOWN_DEVICE));
        assertThat(scene.world.otherOperator().instruct(new Instruction.Renew(), List.of(scene.uid)))
                .allSatisfy(answer -> assertThat(answer.error()).isNull());
        scene.ends();
        List<Device> moved = scene.world.server().store().read(view -> view.devices(World.OTHER_DOMAIN));
        assertThat(moved).extracting(Device::uid).containsExactly(scene.uid);
    }

    @Test
    void a_server_on_a_backup_takes_up_with_its_fleet() {
        var world = new World(WorldSettings.of(5, 4));
        world.operator().createWebhook(URL, ALL);
        world.provisionAll();
        world.run(Duration.ofDays(1));
        Runnable restore = world.backUpServer();
        world.run(Duration.ofDays(60)); // all have been renewed twice
        int billed = world.promises().billed();

        restore.run();
        assertThat(world.promises().billed()).isZero();
        world.run(Duration.ofDays(60));

        assertThat(billed).isGreaterThanOrEqualTo(8);
        assertThat(world.promises().billed()).isGreaterThanOrEqualTo(8);
        world.promises().converged();
        world.promises().balance();
    }
}
