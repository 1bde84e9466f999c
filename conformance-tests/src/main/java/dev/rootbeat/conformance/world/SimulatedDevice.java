package dev.rootbeat.conformance.world;

import dev.rootbeat.module.ChannelFactory;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.Product;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A module in virtual time, with the switch of its power. Its storage outlives every power cut. */
public final class SimulatedDevice {

    private final VirtualTime time;
    private final RandomGenerator random;
    private final ChannelFactory channels;
    private final UnaryOperator<ModuleBuilder> fitting;
    private final MemoryMedium medium = new MemoryMedium();
    private final MemoryMedium bulk = new MemoryMedium(Medium.BULK_BANK_SIZE);
    private final SteppedClock clock;
    private final RotPublicUid uid;
    private final String name;
    private final Product product;
    private @Nullable Module module;
    private @Nullable ScheduledExecutorService executor;

    /**
     * Makes a new device, without power.
     *
     * @param random draws its identity, and what it draws itself
     * @param fitting what it is made of besides, asked for at every power-on
     */
    public SimulatedDevice(
            VirtualTime time,
            RandomGenerator random,
            ChannelFactory channels,
            Product product,
            UnaryOperator<ModuleBuilder> fitting) {
        this.time = time;
        this.clock = new SteppedClock(time);
        this.random = random;
        this.channels = channels;
        this.product = product;
        this.fitting = fitting;
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
            module = fitting.apply(Module.builder(life, clock, random, channels))
                    .medium(medium)
                    .bulk(bulk)
                    .product(product)
                    .uid(uid)
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
