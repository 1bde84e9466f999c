package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.flash.PowerCut;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Runs time in which the power of devices may fail in the middle of a storage write. That ends what the device does; its
 * power comes back after some seconds.
 */
public final class PowerFailures {

    private static final Duration OUTAGE = Duration.ofSeconds(10);

    private final VirtualTime time;
    private final List<SimulatedDevice> devices;
    private final BiConsumer<SimulatedDevice, String> told;

    /**
     * Watches over devices.
     *
     * @param devices there may be more later
     * @param told is told in two words when a device loses power and gets it again
     */
    public PowerFailures(VirtualTime time, List<SimulatedDevice> devices, BiConsumer<SimulatedDevice, String> told) {
        this.time = time;
        this.devices = devices;
        this.told = told;
    }

    /** Runs time until something holds; returns whether it does within the span. */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        Instant end = time.instant().plus(atMost);
        var met = new boolean[1];
        while (!met[0] && time.instant().isBefore(end)) {
            during(() -> met[0] = time.runUntil(condition, Duration.between(time.instant(), end)));
        }
        return met[0];
    }

    /** Does what a power cut that was prepared in a device's storage may end. */
    void during(Runnable work) {
        try {
            work.run();
        } catch (PowerCut cut) {
            devices.stream()
                    .filter(device -> device.isOn() && device.medium().isCut())
                    .forEach(this::cut);
        }
    }

    /** Cuts a device's power for some seconds. */
    public void cut(SimulatedDevice device) {
        told.accept(device, "power cut");
        device.powerOff();
        var _ = time.executor("power")
                .schedule(
                        () -> {
                            told.accept(device, "power on");
                            device.powerOn();
                        },
                        OUTAGE.toSeconds(),
                        TimeUnit.SECONDS);
    }
}
