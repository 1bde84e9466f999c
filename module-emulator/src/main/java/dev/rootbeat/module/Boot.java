package dev.rootbeat.module;

import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.CommandTable;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.command.ClockCommands;
import dev.rootbeat.module.command.ConfigurationCommands;
import dev.rootbeat.module.command.ContextCommands;
import dev.rootbeat.module.command.Contexts;
import dev.rootbeat.module.command.CredentialCommands;
import dev.rootbeat.module.command.DataProfileCommands;
import dev.rootbeat.module.command.DataProtectionCommands;
import dev.rootbeat.module.command.DiscontinuousReception;
import dev.rootbeat.module.command.Greeting;
import dev.rootbeat.module.command.IdentityCommands;
import dev.rootbeat.module.command.OperatorCommands;
import dev.rootbeat.module.command.PacketCommands;
import dev.rootbeat.module.command.PinCommands;
import dev.rootbeat.module.command.Power;
import dev.rootbeat.module.command.PowerCommands;
import dev.rootbeat.module.command.PowerSavingMode;
import dev.rootbeat.module.command.ProfileCommands;
import dev.rootbeat.module.command.RegistrationCommands;
import dev.rootbeat.module.command.SecurityCommands;
import dev.rootbeat.module.command.SecurityGate;
import dev.rootbeat.module.command.SecurityPreferences;
import dev.rootbeat.module.command.SerialCommands;
import dev.rootbeat.module.command.SessionCommands;
import dev.rootbeat.module.command.Setting;
import dev.rootbeat.module.command.Settings;
import dev.rootbeat.module.command.SignalCommands;
import dev.rootbeat.module.command.SimCommands;
import dev.rootbeat.module.command.TlsProfileCommands;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.heartbeat.HeartbeatAgent;
import dev.rootbeat.module.heartbeat.HeartbeatExchange;
import dev.rootbeat.module.network.PacketData;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.module.network.SimCard;
import dev.rootbeat.module.network.Technology;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.module.tls.TlsProfiles;
import dev.rootbeat.rot.DataProtection;
import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.RotIdentity;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a module is from one power-on to the next power-off: all that is forgotten then. */
final class Boot implements AutoCloseable {

    /** Positioning, cellular time and firmware updates by cable are not emulated. */
    private static final String[] NOT_EMULATED = {
        "+UGPS",
        "+UGIND",
        "+UGRMC",
        "+UGUBX",
        "+UGSRV",
        "+UGAOS",
        "+ULOC",
        "+ULOCGNSS",
        "+ULOCCELL",
        "+UTIME",
        "+UTIMEIND",
        "+UTIMECFG",
        "+UFWINSTALL"
    };

    private static final CommandTable COMMANDS = CommandTable.of(
                    SessionCommands.class,
                    SerialCommands.class,
                    ProfileCommands.class,
                    Greeting.class,
                    IdentityCommands.class,
                    SimCommands.class,
                    ClockCommands.class,
                    PinCommands.class,
                    ConfigurationCommands.class,
                    PowerCommands.class,
                    PowerSavingMode.class,
                    DiscontinuousReception.class,
                    RegistrationCommands.class,
                    OperatorCommands.class,
                    SignalCommands.class,
                    ContextCommands.class,
                    PacketCommands.class,
                    DataProfileCommands.class,
                    SecurityCommands.class,
                    DataProtectionCommands.class,
                    CredentialCommands.class,
                    TlsProfileCommands.class)
            .without(NOT_EMULATED);

    /** The Root of Trust with what needs it. */
    record Security(RootOfTrust rot, HeartbeatAgent agent) {}

    private final ModuleBuilder parts;
    private final Settings settings;
    private final Greeting greeting;
    private final Timers timers;
    private final Radio radio;
    private final @Nullable Security security;
    private final Map<Class<?>, Object> services;

    /**
     * Recovers what is stored.
     *
     * @param urcs where unsolicited lines go
     * @param power what ends this boot
     * @throws IllegalStateException if the storage has no room even to count the boot
     */
    Boot(ModuleBuilder parts, Nameplate nameplate, RotIdentity identity, Urcs urcs, Power power) {
        this.parts = parts;
        Flash flash = JournalFlash.mount(parts.medium);
        this.settings = new Settings(flash, parts.configuration);
        this.greeting = new Greeting(settings);
        this.timers = new Timers(parts.executor);
        this.radio = new Radio(parts.network, Technology.ofChoice(settings.first(Setting.URAT)), timers);
        this.security = nameplate.product().secureElement() ? security(nameplate, identity, flash) : null;
        List<Object> all = services(nameplate, urcs, power);
        if (security != null) {
            all.addAll(securityServices(security, identity, flash));
        }
        this.services = all.stream().collect(Collectors.toMap(Object::getClass, Function.identity()));
    }

    /** The module has booted: it begins to search for a network, and gets in touch with the server there. */
    void start() {
        radio.start();
    }

    /** Begins a conversation. */
    AtSession converse(Consumer<byte[]> host) {
        var session = new AtSession(COMMANDS, services, parts.executor, host);
        session.profile().load(settings.get(Setting.PROFILE));
        return session;
    }

    /** What it shows when it has booted, if it shows something. */
    Optional<String> greeting() {
        return greeting.text();
    }

    /** The Root of Trust and the agent, if the product has them. */
    @Nullable
    Security security() {
        return security;
    }

    /** The way onto the network. */
    Radio radio() {
        return radio;
    }

    @Override
    public void close() {
        timers.close();
        if (security != null) {
            security.agent.close();
        }
    }

    private Security security(Nameplate nameplate, RotIdentity identity, Flash flash) {
        RootOfTrust rot;
        try {
            rot = RootOfTrust.boot(identity, flash, parts.p256());
        } catch (Flash.StorageFull e) {
            throw new IllegalStateException("the storage of " + nameplate.uid() + " has no room for a boot", e);
        }
        SecureChannel channel = parts.channels.open(nameplate.uid(), rot::channelKey, parts.executor);
        Product product = nameplate.product();
        var exchange = new HeartbeatExchange(
                product.typeNumber(), product.firmware(), rot, channel, parts.behaviour, parts.random);
        var agent =
                new HeartbeatAgent(exchange, flash, parts.settings, parts.heartbeatTimers, parts.clock, parts.random);
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

    /** What answers AT commands, the same for all hosts. */
    private List<Object> services(Nameplate nameplate, Urcs urcs, Power power) {
        List<Object> all = new ArrayList<>();
        all.add(new SessionCommands());
        all.add(new SerialCommands());
        all.add(new ProfileCommands(settings));
        all.add(greeting);
        all.add(new IdentityCommands(nameplate.product().identity(nameplate.imei()), COMMANDS.names()));
        all.add(new SimCommands(parts.sim == null ? SimCard.of(nameplate.imei()) : parts.sim, settings));
        all.add(new ClockCommands(parts.clock));
        all.add(new PinCommands(settings));
        all.add(new ConfigurationCommands(settings, radio));
        all.addAll(networkServices(urcs));
        all.addAll(storeServices());
        all.add(new PowerCommands(radio, power));
        return all;
    }

    private List<Object> securityServices(Security of, RotIdentity identity, Flash flash) {
        Instant ready = parts.clock.instant().plus(parts.power.boot()).plus(parts.busyAfterBoot);
        boolean on = SecurityPreferences.read(flash).isOn();
        var gate = new SecurityGate(on, of.agent, parts.clock, ready);
        var protection = new DataProtection(identity, flash);
        return List.of(
                new SecurityCommands(of.rot, of.agent, gate, parts.tooEarly),
                new DataProtectionCommands(protection, gate, flash));
    }

    private List<Object> networkServices(Urcs urcs) {
        var powerSaving = new PowerSavingMode(settings, radio);
        var contexts = new Contexts(settings);
        var data = new PacketData(radio, contexts::accessPoint);
        return List.of(
                powerSaving,
                new DiscontinuousReception(settings, radio, urcs),
                new RegistrationCommands(radio, powerSaving, urcs),
                new OperatorCommands(radio, timers),
                new SignalCommands(radio),
                new ContextCommands(contexts, radio, data),
                new PacketCommands(radio, data, urcs),
                new DataProfileCommands(settings, radio, data, urcs, timers));
    }

    private List<Object> storeServices() {
        Flash large = JournalFlash.mount(parts.bulk);
        var files = new FileStore(large);
        var credentials = new CredentialStore(large, parts.credentialLimits);
        return List.of(new CredentialCommands(credentials, files), new TlsProfileCommands(new TlsProfiles()));
    }
}
