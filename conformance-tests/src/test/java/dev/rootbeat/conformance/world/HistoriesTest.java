package dev.rootbeat.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SecureChannel;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkFault;
import dev.rootbeat.sim.NetworkObserver;
import dev.rootbeat.sim.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories that have gone wrong elsewhere, each told once. */
class HistoriesTest {

    @Test
    void duplicated_and_reordered_heartbeats_are_no_clones() {
        Scene scene = Scene.provisioned(11);
        for (int i = 0; i < 5; i++) {
            scene.world.network().inject(scene.uid, new NetworkFault.Duplicate(Leg.HEARTBEAT));
            scene.beat();
        }
        // A heartbeat that is overtaken by the one of the next boot.
        scene.world.network().inject(scene.uid, new NetworkFault.Hold(Leg.HEARTBEAT, Duration.ofSeconds(90)));
        scene.world.run(Scene.AFTER_GUARD);
        scene.world
                .time()
                .executor("host")
                .execute(() -> scene.device.module().security().force(_ -> {}));
        scene.world.run(Duration.ofSeconds(1));
        scene.world.powerCut(scene.device);

        scene.ends();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void results_are_lost_and_then_a_transfer_or_a_delete_is_accepted(boolean delete) {
        Scene scene = Scene.provisioned(12);
        RootCa other = scene.world.operator().createRootCa("Other", Duration.ofDays(3650));
        scene.accept(new Instruction.Renew());
        for (int i = 0; i < 10; i++) {
            scene.world.network().inject(scene.uid, new NetworkFault.Lose(Leg.RESULTS));
        }
        scene.beat();
        assertThat(scene.bills()).isEmpty();
        scene.accept(delete ? new Instruction.Delete() : new Instruction.Transfer(other.id(), null));

        scene.world.run(Duration.ofDays(2));

        // The renewal did take effect, and costs; so does the transfer.
        assertThat(scene.bills()).isEqualTo(delete ? List.of(Kind.RENEW) : List.of(Kind.RENEW, Kind.TRANSFER));
        assertThat(scene.slot().certificate() == null).isEqualTo(delete);
        scene.ends();
    }

    @Test
    void an_update_is_asked_for_and_then_renewed_in_bulk_while_the_device_sleeps() {
        Scene scene = Scene.provisioned(13);
        Bytes key = scene.slot().activeKey();
        scene.device.powerOff();
        scene.accept(new Instruction.Update());
        scene.accept(new Instruction.Renew());
        scene.world.run(Duration.ofDays(2));
        scene.device.powerOn();

        scene.world.run(Duration.ofDays(1));

        assertThat(scene.slot().activeKey()).isNotEqualTo(key);
        assertThat(scene.bills()).containsExactly(Kind.UPDATE);
        scene.ends();
    }

    @Test
    void a_certificate_is_revoked_while_it_is_on_its_way() {
        Scene scene = Scene.provisioned(14);
        scene.accept(new Instruction.Renew());
        scene.world.network().inject(scene.uid, new NetworkFault.Hold(Leg.REPLY, Duration.ofSeconds(20)));
        scene.world.run(Scene.AFTER_GUARD);
        scene.world
                .time()
                .executor("host")
                .execute(() -> scene.device.module().security().force(_ -> {}));
        scene.world.run(Duration.ofSeconds(5));
        scene.accept(new Instruction.Revoke(Revocation.Reason.KEY_COMPROMISE));

        scene.world.run(Duration.ofDays(2));

        assertThat(scene.certificates())
                .hasSize(2)
                .allSatisfy(certificate -> assertThat(certificate.revocation()).isNotNull());
        assertThat(scene.revokedBy(scene.world.rootCa().id())).hasSize(2);
        assertThat(scene.operations())
                .filteredOn(operation -> operation.kind() == Kind.RENEW)
                .allSatisfy(operation -> assertThat(operation.state()).isEqualTo(Operation.State.CANCELLED));
        scene.ends();
    }

    @Test
    void the_reply_to_the_seal_is_lost() {
        var scene = new Scene(WorldSettings.of(15, 1));
        scene.world.network().inject(scene.uid, new NetworkFault.Hold(Leg.REPLY, Duration.ZERO));
        scene.world.network().inject(scene.uid, new NetworkFault.Lose(Leg.REPLY));

        scene.provision();

        assertThat(scene.certificates()).hasSize(1);
        assertThat(scene.told(Notification.Kind.DEVICE_SEALED)).hasSize(1);
        scene.ends();
    }

    @Test
    void in_the_last_days_of_a_root_ca_nothing_is_renewed_in_vain() {
        var scene = new Scene(WorldSettings.of(16, 1));
        RootCa shortLived = scene.world.operator().createRootCa("Short", Duration.ofDays(40));
        scene.world
                .server()
                .save(new DeviceProfile(World.PROFILE, World.DOMAIN, "p", shortLived.id(), false, Plan.COMMERCIAL));
        scene.provision();

        // Renewed with 10 days left, on day 20: to day 40, which is only 10 days more and less than half of 30.
        scene.world.run(Duration.ofDays(60));

        assertThat(scene.bills()).isEmpty();
        assertThat(scene.certificates())
                .allSatisfy(certificate -> assertThat(certificate.notAfter()).isBeforeOrEqualTo(shortLived.notAfter()));
        assertThat(scene.told(Notification.Kind.ROOT_CA_EXPIRING))
                .singleElement()
                .satisfies(notification -> assertThat(notification.subject()).isEqualTo(shortLived.id()));
    }

    @Test
    void the_server_clock_steps_back() {
        Scene scene = Scene.provisioned(17);
        scene.world.run(Duration.ofDays(2));
        scene.world.server().clock().step(Duration.ofHours(-5));
        scene.accept(new Instruction.Renew());

        scene.beat();

        assertThat(scene.bills()).containsExactly(Kind.RENEW);
        scene.ends();
    }

    @Test
    void an_old_heartbeat_is_replayed_after_a_server_restart() {
        Scene scene = Scene.provisioned(18);
        var recorded = new ArrayList<Request>();
        NetworkObserver promises = scene.world.promises();
        scene.world.network().observer((Packet packet, NetworkObserver.Fate fate) -> {
            promises.see(packet, fate);
            if (packet.leg() == Leg.HEARTBEAT && fate == NetworkObserver.Fate.SENT) {
                recorded.add(packet.request());
            }
        });
        for (int i = 0; i < 12; i++) {
            scene.beat();
        }
        SlotReport before = scene.slot();
        scene.world.killServer();
        scene.world.startServer();
        scene.world.run(Duration.ofMinutes(10));

        // Who replays it knows the device's key: that is a clone.
        Response answer = replay(scene, recorded.getFirst());

        assertThat(answer.code()).isEqualTo(Response.Code.FORBIDDEN);
        assertThat(scene.slot()).isEqualTo(before);
        assertThat(scene.world
                        .server()
                        .store()
                        .read(view -> view.device(scene.uid))
                        .orElseThrow()
                        .frozen())
                .isNotNull();
        assertThat(scene.world.instruct(new Instruction.Renew(), List.of(scene.uid)))
                .allSatisfy(refused ->
                        assertThat(refused.error()).isEqualTo(dev.rootbeat.server.device.OperationError.FROZEN));

        scene.world.operator().resolve(scene.uid);
        scene.accept(new Instruction.Renew());
        scene.world.run(Duration.ofDays(2));
        assertThat(scene.certificates())
                .filteredOn(certificate -> certificate.state() == IssuedCertificate.State.EFFECTIVE)
                .hasSize(1);
        assertThat(scene.bills()).containsExactly(Kind.RENEW);
    }

    @Test
    void the_same_heartbeat_again_gets_the_same_reply_and_has_no_effect() {
        Scene scene = Scene.provisioned(19);
        var recorded = new ArrayList<Request>();
        NetworkObserver promises = scene.world.promises();
        scene.world.network().observer((packet, fate) -> {
            promises.see(packet, fate);
            if (packet.leg() == Leg.HEARTBEAT && fate == NetworkObserver.Fate.SENT) {
                recorded.add(packet.request());
            }
        });
        scene.accept(new Instruction.Renew());
        scene.beat();

        Response first = replay(scene, recorded.getLast());
        Response second = replay(scene, recorded.getLast());

        assertThat(first.code()).isEqualTo(Response.Code.CHANGED);
        assertThat(second).isEqualTo(first);
        assertThat(scene.certificates()).hasSize(2);
        scene.ends();
    }

    @Test
    void a_blacklisted_device_gets_nothing_until_it_is_unblocked() {
        var scene = new Scene(WorldSettings.of(20, 1));
        scene.world
                .server()
                .save(new DeviceProfile(
                        World.PROFILE, World.DOMAIN, "p", scene.world.rootCa().id(), true, Plan.COMMERCIAL));
        scene.device.powerOn();
        scene.world.seal(scene.device, new Seal(World.PROFILE, "1"));
        scene.world.run(Duration.ofDays(3));
        assertThat(scene.slot().certificate()).isNull();
        assertThat(scene.isSealed()).isFalse();

        scene.world.operator().unblock(scene.uid);
        scene.world.run(Duration.ofDays(2));

        assertThat(scene.slot().certificate()).isNotNull();
        assertThat(scene.isSealed()).isTrue();
        scene.ends();
    }

    private static Response replay(Scene scene, Request request) {
        var answer = new AtomicReference<SecureChannel.Outcome>();
        SecureChannel thief =
                scene.world.network().channel(scene.uid, scene.world.time().executor("thief"));
        thief.send(request, answer::set);
        scene.world.run(Duration.ofSeconds(10));
        return switch (answer.get()) {
            case SecureChannel.Outcome.Answered(Response response) -> response;
            case SecureChannel.Outcome.NoAnswer(String why) -> throw new AssertionError(why);
            case null -> throw new AssertionError("no outcome");
        };
    }
}
