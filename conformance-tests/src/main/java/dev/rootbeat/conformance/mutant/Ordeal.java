package dev.rootbeat.conformance.mutant;

import dev.rootbeat.conformance.world.Operator;
import dev.rootbeat.conformance.world.Receivers;
import dev.rootbeat.conformance.world.SimulatedDevice;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.PlanLimit;
import dev.rootbeat.server.fault.Fault;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkFault;
import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ten days in the simulated world in which everything happens to five devices that the catalogue's defects are about. It
 * asserts nothing: the promises of the world do. The seed decides where the power fails, and the weather.
 */
final class Ordeal {

    private static final Duration GUARD = HeartbeatPolicy.DEFAULT.guard();
    private static final Duration AFTER_GUARD = GUARD.plusSeconds(30);
    private static final Duration ROOT_CA_LIFE = Duration.ofDays(3650);
    private static final Duration LIFE = Duration.ofDays(4);
    private static final Duration WINDOW = Duration.ofDays(1);

    /** The first invoice is raised in the middle of it. */
    private static final Instant START = Instant.parse("2026-01-27T12:00:00Z");

    private static final String RECEIVER = "http://127.0.0.1:9000/";
    private static final String GUARDED_PROFILE = "guarded";

    private final World world;
    private final SplittableRandom random;
    private final List<SimulatedDevice> devices;
    private final Operator operator;

    private Ordeal(WorldSettings settings) {
        world = new World(settings);
        random = new SplittableRandom(settings.seed());
        devices = world.devices();
        operator = world.operator();
    }

    /** Goes through it, with a mutant or, without one, the correct pair. */
    static World of(long seed, Optional<Mutant> mutant) {
        WorldSettings usual = WorldSettings.of(seed, 5);
        var policy = new HeartbeatPolicy(
                GUARD, Duration.ofHours(24), usual.times().policy().blacklisted(), new PlanLimit(1));
        var times = new WorldSettings.Times(START, policy, HeartbeatSettings.DEFAULT, LIFE, WINDOW);
        var oddities = new WorldSettings.Oddities(
                behaviour(mutant, Mutant.Party.DEVICE), behaviour(mutant, Mutant.Party.SERVER), List.of());
        var settings = new WorldSettings(seed, usual.devices(), null, times, oddities);
        var ordeal = new Ordeal(settings);
        ordeal.provisioning();
        if (!ordeal.isSealed()) {
            ordeal.settle(); // a host that goes on for days would try every few seconds
        }
        ordeal.floods();
        ordeal.operations();
        ordeal.faults();
        ordeal.refusals();
        ordeal.days();
        ordeal.pretender();
        return ordeal.world;
    }

    private static Behaviour behaviour(Optional<Mutant> mutant, Mutant.Party party) {
        return mutant.filter(one -> one.party() == party).map(Mutant::behaviour).orElse(Behaviour.NONE);
    }

    private void provisioning() {
        world.server()
                .save(new DeviceProfile(
                        GUARDED_PROFILE,
                        World.DOMAIN,
                        GUARDED_PROFILE,
                        world.rootCa().id(),
                        true,
                        Plan.COMMERCIAL));
        operator.createWebhook(RECEIVER, Arrays.asList(Notification.Kind.values()));
        for (int i = 0; i < devices.size(); i++) {
            devices.get(i).powerOn();
            world.seal(devices.get(i), new Seal(i == 4 ? GUARDED_PROFILE : World.PROFILE, "serial" + i));
        }
        world.run(Duration.ofMinutes(10));
        instruct(new Instruction.Renew(), 4);
        operator.unblock(uid(4));
        force(4);
        world.run(AFTER_GUARD);
    }

    private boolean isSealed() {
        SimulatedDevice first = devices.getFirst();
        return first.isOn()
                && first.module().isOn()
                && first.module().security().status().claimed();
    }

    /** Heartbeats that come too early, by a host and after a reboot that makes the module forget, and one that does not. */
    private void floods() {
        force(0);
        world.run(Duration.ofSeconds(260));
        force(0);
        reboot(0);
        force(0);
        world.run(Duration.ofMinutes(1));
        reboot(0);
        force(0);
        world.run(AFTER_GUARD);
    }

    private void operations() {
        RootCa second = operator.createRootCa("Second", ROOT_CA_LIFE);
        instruct(new Instruction.Renew(), 0, 1);
        beat(0, 1);
        instruct(new Instruction.Update(), 1, 2);
        instruct(new Instruction.Renew(), 2);
        beat(1, 2);
        beat(1, 2);
        instruct(new Instruction.Transfer(second.id(), null), 0);
        beat(0);
        RootCa theirs = world.otherOperator().createRootCa("Theirs", ROOT_CA_LIFE);
        String consent = world.otherOperator().consent(theirs);
        instruct(new Instruction.Transfer(theirs.id(), consent), 3);
        instruct(new Instruction.Transfer(theirs.id(), consent), 2);
        beat(2, 3);
    }

    private void faults() {
        // A reply is lost: the certificate waits, and is sent again.
        instruct(new Instruction.Renew(), 1);
        world.network().inject(uid(1), new NetworkFault.Lose(Leg.REPLY));
        beat(1);
        beat(1);
        // A certificate that waits is revoked with the one in use.
        instruct(new Instruction.Renew(), 1);
        world.network().inject(uid(1), new NetworkFault.Lose(Leg.REPLY));
        force(1);
        instruct(new Instruction.Revoke(Revocation.Reason.KEY_COMPROMISE), 1);
        instruct(new Instruction.Renew(), 1);
        beat(1);
        instruct(new Instruction.Update(), 1);
        world.receivers().fault(RECEIVER, Receivers.Fault.DOWN);
        beat(1);
        beat(1);
        world.receivers().heal(RECEIVER);
        beat(1);
        // The power fails in the middle of the storing of a certificate.
        for (int i = 0; i < 3; i++) {
            instruct(new Instruction.Renew(), 2);
            devices.get(2).medium().cutAfter(random.nextInt(100, 1500));
            beat(2);
        }
        // The server dies within the guard interval.
        beat(0);
        world.killServer();
        world.run(Duration.ofMinutes(1));
        world.startServer();
        reboot(0);
        force(0);
        // What comes is none of ours.
        for (String flaw : List.of("wrong-key", "wrong-issuer", "expired")) {
            int fault = world.server().faults().add(Fault.parse("certificate " + flaw));
            instruct(new Instruction.Renew(), 0);
            beat(0);
            world.server().faults().remove(fault);
            beat(0);
        }
    }

    private void refusals() {
        operator.setPlan(Plan.NONE, uid(2));
        instruct(new Instruction.Renew(), 2);
        beat(2);
        operator.setPlan(Plan.DEVELOPER, uid(2), uid(1));
        instruct(new Instruction.Delete(), 0);
        beat(0);
        RootCa old = operator.createRootCa("Old", Duration.ofDays(5));
        instruct(new Instruction.Transfer(old.id(), null), 2);
        beat(2);
        instruct(new Instruction.Renew(), 2);
        RootCa retired = operator.createRootCa("Retired", ROOT_CA_LIFE);
        instruct(new Instruction.Transfer(retired.id(), null), 1);
        beat(1);
        operator.call(
                "/v1/ztp/rootca/update",
                JsonMapper.shared()
                        .createObjectNode()
                        .put("RootCAID", retired.id())
                        .put("DeviceCertificateValiditySeconds", LIFE.toSeconds())
                        .put("State", "DISABLED"));
        instruct(new Instruction.Renew(), 1);
        beat(1);
        instruct(new Instruction.Transfer(world.rootCa().id(), null), 1);
        beat(1);
        for (int i = 0; i < RootCa.MAX_PER_DOMAIN; i++) {
            operator.call(
                    "/v1/ztp/rootca/create",
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("RootCAName", "Another")
                            .put("ValiditySeconds", ROOT_CA_LIFE.toSeconds())
                            .put("DeviceCertificateValiditySeconds", LIFE.toSeconds()));
        }
        beat(0, 1, 2);
    }

    private void days() {
        world.network().weather(new Weather(0.05, 0.05, Duration.ofMillis(50), Duration.ofSeconds(20)));
        world.run(Duration.ofDays(4));
        world.network().weather(Weather.CALM);
        instruct(new Instruction.Transfer(world.rootCa().id(), null), 2);
        instruct(new Instruction.Provision(world.rootCa().id()), 0);
        instruct(new Instruction.Renew(), 4);
        world.run(Duration.ofDays(4));
        instruct(new Instruction.Delete(), 0);
        world.run(Duration.ofDays(3));
        settle();
    }

    /** Everything is done, reported and told by now. */
    private void settle() {
        world.promises().converged();
        world.promises().balance();
    }

    /** Another device says something of long ago under the name of a device. */
    private void pretender() {
        var old = new Heartbeat(
                Heartbeat.VERSION,
                new Counter(0, 1),
                Bytes.of(new byte[Heartbeat.NONCE_OCTETS]),
                "SARA-R510S-01B-00",
                "03.30,A00.01",
                null,
                Reason.FORCED,
                List.of(),
                List.of());
        var channel = world.network().channel(uid(2), world.time().executor("clone"));
        world.time()
                .executor("clone")
                .execute(() -> channel.send(new Request(Request.HEARTBEAT, Codec.encode(old)), _ -> {}));
        world.run(Duration.ofMinutes(1));
        instruct(new Instruction.Renew(), 2);
        beat(2);
        operator.resolve(uid(2));
        beat(2);
    }

    private RotPublicUid uid(int device) {
        return devices.get(device).uid();
    }

    private void instruct(Instruction instruction, int... which) {
        operator.instruct(instruction, Arrays.stream(which).mapToObj(this::uid).toList());
    }

    /** Forces a heartbeat of each device and lets the guard interval pass. */
    private void beat(int... which) {
        Arrays.stream(which).forEach(this::force);
        world.run(AFTER_GUARD);
    }

    private void force(int device) {
        world.time().executor("host").execute(() -> {
            SimulatedDevice forced = devices.get(device);
            if (forced.isOn() && forced.module().isOn()) {
                forced.module().security().force(_ -> {});
            }
        });
        world.run(Duration.ofSeconds(10));
    }

    private void reboot(int device) {
        devices.get(device).powerOff();
        devices.get(device).powerOn();
        world.run(Duration.ofSeconds(1));
    }
}
