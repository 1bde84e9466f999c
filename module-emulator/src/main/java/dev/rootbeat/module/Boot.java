package dev.rootbeat.module;

import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.CommandRunner;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.command.Greeting;
import dev.rootbeat.module.command.Power;
import dev.rootbeat.module.command.SecurityPreferences;
import dev.rootbeat.module.command.Setting;
import dev.rootbeat.module.command.Settings;
import dev.rootbeat.module.fault.Faults;
import dev.rootbeat.module.heartbeat.HeartbeatAgent;
import dev.rootbeat.module.heartbeat.HeartbeatExchange;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.module.network.Technology;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.RotIdentity;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a module is from one power-on to the next power-off: all that is forgotten then. */
final class Boot implements AutoCloseable {

    /** The Root of Trust with what needs it. */
    record Security(RootOfTrust rot, HeartbeatAgent agent) {}

    final ModuleBuilder parts;
    final Nameplate nameplate;
    final RotIdentity identity;
    final Flash flash;
    final Settings settings;
    final Timers timers;
    final Radio radio;
    final @Nullable Security security;
    final Instant ready;
    private final Supplier<AtObserver> channelObservers;
    private final Faults faults;
    private final Power power;
    private final Supplier<Map<Class<?>, Object>> makeServices;
    private boolean booted;
    private @Nullable Map<Class<?>, Object> services;
    private final List<Runnable> atPowerOff = new ArrayList<>();

    /**
     * Recovers what is stored.
     *
     * @param faults what goes wrong
     * @param urcs where unsolicited lines go
     * @param channelObservers observe what hosts say on channels of a multiplexer
     * @param power what ends this boot
     * @throws IllegalStateException if the storage has no room even to count the boot
     */
    Boot(
            ModuleBuilder parts,
            Nameplate nameplate,
            RotIdentity identity,
            Faults faults,
            Urcs urcs,
            Supplier<AtObserver> channelObservers,
            Power power) {
        this.parts = parts;
        this.nameplate = nameplate;
        this.identity = identity;
        this.channelObservers = channelObservers;
        this.faults = faults;
        this.power = power;
        this.flash = parts.parts.flash(nameplate.uid(), mount(parts.medium));
        this.settings = new Settings(flash, parts.configuration);
        this.timers = new Timers(parts.executor);
        this.radio = new Radio(parts.network, Technology.ofChoice(settings.first(Setting.URAT)), timers);
        this.security = nameplate.product().secureElement() ? boot() : null;
        this.ready = parts.clock.instant().plus(parts.power.boot());
        this.makeServices = () -> new CommandServices(this, urcs, power).make();
        this.booted = true;
    }

    /** Finds what is stored on a medium. */
    Flash mount(Medium medium) {
        return faults.over(JournalFlash.mount(medium), () -> booted);
    }

    /** The module has booted: it begins to search for a network, and gets in touch with the server there. */
    void start() {
        radio.start();
    }

    /** Begins a conversation. What answers is made for the first one: most modules of a large fleet have no host. */
    AtSession converse(AtObserver observer, Consumer<byte[]> host) {
        if (services == null) {
            services = makeServices.get();
        }
        CommandRunner commands = faults.before(CommandServices.table().on(services), timers, power::reboot);
        var session = new AtSession(commands, parts.executor, observer, host);
        session.profile().load(settings.get(Setting.PROFILE));
        return session;
    }

    /** Begins a conversation on a channel of a multiplexer, which is a host of its own to those who observe. */
    AtSession converseOnChannel(Consumer<byte[]> host) {
        return converse(channelObservers.get(), host);
    }

    /** What it shows when it has booted, if it shows something. */
    Optional<String> greeting() {
        return new Greeting(settings).text();
    }

    /** Runs something when the boot ends. */
    void atPowerOff(Runnable what) {
        atPowerOff.add(what);
    }

    @Override
    public void close() {
        atPowerOff.forEach(Runnable::run);
        timers.close();
        if (security != null) {
            security.agent.close();
        }
    }

    private Security boot() {
        RootOfTrust rot;
        try {
            rot = RootOfTrust.boot(identity, flash, parts.parts.p256(nameplate.uid(), parts.p256()));
        } catch (Flash.StorageFull e) {
            throw new IllegalStateException("the storage of " + nameplate.uid() + " has no room for a boot", e);
        }
        SecureChannel channel = parts.parts.channel(
                nameplate.uid(), parts.channels.open(nameplate.uid(), rot::channelKey, parts.executor));
        Product product = nameplate.product();
        var exchange = new HeartbeatExchange(
                product.typeNumber(), product.firmware(), rot, channel, parts.behaviour, parts.random);
        var agent = new HeartbeatAgent(
                exchange,
                flash,
                parts.parts.heartbeats(parts.settings),
                parts.heartbeatTimers,
                parts.clock,
                parts.random);
        if (SecurityPreferences.read(flash).isOn()) {
            radio.observe(() -> follow(agent));
        }
        return new Security(rot, agent);
    }

    private void follow(HeartbeatAgent agent) {
        if (radio.isRegistered()) {
            agent.attach(parts.clockSurvives);
        } else {
            agent.detach();
        }
    }
}
