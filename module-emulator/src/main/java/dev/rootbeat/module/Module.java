package dev.rootbeat.module;

import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.SecurityService;
import dev.rootbeat.module.command.Power;
import dev.rootbeat.module.fault.Faults;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.RotIdentity;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An emulated module: a Root of Trust on its storage, the heartbeat agent, and the AT interface.
 *
 * <p>It belongs to one executor, on which every method is called that does not say otherwise. What the module knows
 * beyond a power-off is in its storage; so powering off is nothing but forgetting, and a module that is built on the
 * storage of another one is that device, rebooted.
 */
public final class Module implements AutoCloseable {

    private final ModuleBuilder parts;
    private final Nameplate nameplate;
    private final RotIdentity identity;
    private final Power power = new OwnPower();
    private final Faults faults;
    private final List<AtPort> ports = new ArrayList<>();
    private @Nullable Boot boot;
    private int hosts;
    private boolean ready;
    private boolean wakes;
    private @Nullable ScheduledFuture<?> timer;

    Module(ModuleBuilder parts, Nameplate nameplate, RotIdentity identity) {
        this.parts = parts;
        this.nameplate = nameplate;
        this.identity = identity;
        this.faults = new Faults(parts.faults);
    }

    /**
     * Begins to build a module from what surrounds it.
     *
     * @param executor runs one task of the module at a time
     * @param clock tells the time; it need not be right
     * @param random draws jitter, nonces, and the identity if none is given
     * @param channels opens its way to the server
     */
    public static ModuleBuilder builder(
            ScheduledExecutorService executor, InstantSource clock, RandomGenerator random, ChannelFactory channels) {
        return new ModuleBuilder(executor, clock, random, channels);
    }

    /** Its type. Callable on any thread. */
    public Product product() {
        return nameplate.product();
    }

    /** The identity of its Root of Trust. Callable on any thread. */
    public RotPublicUid uid() {
        return nameplate.uid();
    }

    /** Its IMEI: 15 digits. Callable on any thread. */
    public String imei() {
        return nameplate.imei();
    }

    /** Whether the power is on. */
    public boolean isOn() {
        return boot != null;
    }

    /**
     * Switches the power on: the Root of Trust recovers what is stored, and when the module has booted it talks to its
     * hosts, searches for a network, and gets in touch with the server.
     *
     * @throws IllegalStateException if the storage has no room even to count the boot
     */
    public void powerOn() {
        if (isOn()) {
            return;
        }
        cancelTimer();
        wakes = false;
        faults.boot();
        boot = new Boot(parts, nameplate, identity, faults, this::show, this::nextObserver, power);
        after(parts.power.boot(), this::booted);
    }

    /** Cuts the power. What a request on its way would answer is lost. */
    public void powerOff() {
        cancelTimer();
        ready = false;
        wakes = false;
        ports.forEach(AtPort::silence);
        if (boot != null) {
            boot.close();
            boot = null;
        }
    }

    /** Switches the power off and on again. */
    public void reboot() {
        powerOff();
        powerOn();
    }

    /** The same as {@link #powerOff}. */
    @Override
    public void close() {
        powerOff();
    }

    /**
     * Plugs in a host that speaks AT. The port outlives reboots; while the power is off it is silent.
     *
     * @param host takes the octets that the module sends
     */
    public AtPort connect(Consumer<byte[]> host) {
        return connect(AtObserver.NONE, host);
    }

    /**
     * Plugs in a host, as {@link #connect(Consumer)} does, and has an observer see what both say.
     *
     * @param host takes the octets that the module sends
     */
    public AtPort connect(AtObserver observer, Consumer<byte[]> host) {
        var port = new AtPort(nextObserver().and(observer), host, this::line, faults, ports::remove, this::knocked);
        ports.add(port);
        if (ready) {
            port.converse(running()::converse);
        }
        return port;
    }

    private Consumer<byte[]> line(Consumer<byte[]> arrival) {
        return parts.bitRate == 0 ? arrival : new SerialLine(parts.bitRate, parts.executor, arrival)::send;
    }

    /**
     * The heartbeat agent of this boot.
     *
     * @throws IllegalStateException if the power is off or the product has no Root of Trust
     */
    public SecurityService security() {
        return trusted().agent();
    }

    /**
     * The Root of Trust of this boot.
     *
     * @throws IllegalStateException if the power is off or the product has none
     */
    public RootOfTrust rootOfTrust() {
        return trusted().rot();
    }

    /**
     * The way onto the cellular network of this boot.
     *
     * @throws IllegalStateException if the power is off
     */
    public Radio radio() {
        return running().radio;
    }

    /** What goes wrong between it and its hosts. */
    public Faults faults() {
        return faults;
    }

    private AtObserver nextObserver() {
        return parts.observers.of(uid(), ++hosts);
    }

    private void booted() {
        Boot present = running();
        ready = true;
        ports.forEach(port -> port.converse(present::converse));
        present.greeting().ifPresent(text -> show(_ -> Optional.of(text)));
        present.start();
    }

    private void show(Function<AtSession, Optional<String>> line) {
        List.copyOf(ports).forEach(port -> port.show(line));
    }

    /** A host sends something to a silent module. */
    private void knocked() {
        if (wakes) {
            powerOn();
        }
    }

    private void switchOff() {
        PowerSettings settings = parts.power;
        powerOff();
        after(settings.off(), () -> {
            wakes = true;
            if (!settings.sleep().isZero()) {
                after(settings.sleep().minus(settings.off()), this::powerOn);
            }
        });
    }

    private void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            timer = parts.executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private Boot running() {
        if (boot == null) {
            throw new IllegalStateException("the power of " + uid() + " is off");
        }
        return boot;
    }

    private Boot.Security trusted() {
        Boot.Security security = running().security;
        if (security == null) {
            throw new IllegalStateException(product() + " has no Root of Trust");
        }
        return security;
    }

    /** The power, as the module's own commands have it. */
    private final class OwnPower implements Power {

        @Override
        public void reboot() {
            Module.this.reboot();
        }

        @Override
        public void off() {
            switchOff();
        }
    }
}
