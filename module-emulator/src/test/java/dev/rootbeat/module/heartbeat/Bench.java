package dev.rootbeat.module.heartbeat;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** A module and a scripted server in virtual time, on a network that works unless a test says otherwise. */
final class Bench {

    static final RotPublicUid UID = RotPublicUid.parse("0a04f008003c9623");
    static final Seal SEAL = new Seal("AgbCtixjwqLjwV3VWpfPyz", "serial-1");

    final VirtualTime time = new VirtualTime(Instant.parse("2026-11-24T00:00:00Z"));
    final SteppedClock clock = new SteppedClock(time);
    final ScriptedServer server = new ScriptedServer(time);
    final SplittableRandom random;
    final SimNetwork network;
    final ScheduledExecutorService executor = time.executor("module");
    final MemoryMedium medium = new MemoryMedium();
    final List<ForcedOutcome> outcomes = new ArrayList<>();
    private final UnaryOperator<ModuleBuilder> options;
    Module module;

    Bench() {
        this(1, builder -> builder);
    }

    Bench(long seed, UnaryOperator<ModuleBuilder> options) {
        this.random = new SplittableRandom(seed);
        this.options = options;
        this.network = new SimNetwork(time.executor("network"), random.split());
        network.server(server);
        module = build();
    }

    /** A module that is bootstrapped, sealed and provisioned, a day after its last heartbeat but one minute. */
    static Bench provisioned(UnaryOperator<ModuleBuilder> options) {
        Bench bench = new Bench(1, options);
        bench.module.powerOn();
        bench.run(Duration.ofSeconds(1));
        bench.server.status = DeviceStatus.SEALED;
        bench.module.security().seal(SEAL);
        bench.run(Duration.ofHours(1));
        bench.server.beats.clear();
        return bench;
    }

    static Bench provisioned() {
        return provisioned(builder -> builder);
    }

    Module build() {
        return options.apply(Module.builder(executor, clock, random.split(), (uid, key, on) -> network.channel(uid, on))
                        .uid(UID)
                        .medium(medium)
                        .p256(new DeterministicP256(random.split())))
                .build();
    }

    void run(Duration span) {
        time.runFor(span);
    }

    /** Cuts the power, waits, and starts a module with nothing but the storage. */
    void powerCycle(Duration off) {
        module.powerOff();
        run(off);
        module = build();
        module.powerOn();
    }

    void force() {
        module.security().force(outcomes::add);
    }
}
