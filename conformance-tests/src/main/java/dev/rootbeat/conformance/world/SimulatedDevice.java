package dev.rootbeat.conformance.world;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.Product;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A module of the simulated world, with the switch of its power. Its storage outlives every power cut. */
public final class SimulatedDevice {

    private final VirtualTime time;
    private final SimNetwork network;
    private final RandomGenerator random;
    private final P256 p256;
    private final WatchedBehaviour behaviour;
    private final HeartbeatSettings settings;
    private final MemoryMedium medium = new MemoryMedium();
    private final MemoryMedium bulk = new MemoryMedium(Medium.BULK_BANK_SIZE);
    private final SteppedClock clock;
    private final RotPublicUid uid;
    private final String name;
    private final Product product;
    private @Nullable Module module;
    private @Nullable ScheduledExecutorService executor;

    SimulatedDevice(
            VirtualTime time,
            SimNetwork network,
            RandomGenerator random,
            P256 p256,
            WatchedBehaviour behaviour,
            HeartbeatSettings settings,
            Product product) {
        this.time = time;
        this.clock = new SteppedClock(time);
        this.network = network;
        this.random = random;
        this.p256 = p256;
        this.behaviour = behaviour;
        this.settings = settings;
        this.product = product;
        this.uid = new RotPublicUid(random.nextLong());
        this.name = uid.toString();
    }

    /** Its identity. */
    public RotPublicUid uid() {
        return uid;
    }

    /** Its identity as text, the same object every time. */
    String name() {
        return name;
    }

    /** Its type number. */
    String product() {
        return product.typeNumber();
    }

    /** Its storage, where power cuts can be prepared. */
    public MemoryMedium medium() {
        return medium;
    }

    /** Its clock, which can be set. */
    SteppedClock clock() {
        return clock;
    }

    /** Whether the power is on. */
    public boolean isOn() {
        return module != null;
    }

    /** The running module. */
    public Module module() {
        if (module == null) {
            throw new IllegalStateException(uid + " has no power");
        }
        return module;
    }

    /** Switches the power on, on a fresh executor: nothing of an earlier life can run any more. */
    public void powerOn() {
        if (module == null) {
            medium.powerOn();
            ScheduledExecutorService life = time.executor(uid.toString());
            executor = life;
            module = Module.builder(life, clock, random, (device, key, serial) -> network.channel(device, serial))
                    .medium(medium)
                    .bulk(bulk)
                    .product(product)
                    .uid(uid)
                    .p256(p256)
                    .behaviour(behaviour)
                    .parts(behaviour.parts())
                    .heartbeats(settings)
                    .start();
        }
    }

    /** Cuts the power at this instant. */
    public void powerOff() {
        if (executor != null) {
            executor.shutdownNow();
        }
        executor = null;
        module = null;
    }
}
