package dev.rootbeat.module;

import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.CommandTable;
import dev.rootbeat.module.at.SecurityService;
import dev.rootbeat.module.command.CredentialCommands;
import dev.rootbeat.module.command.DataProtectionCommands;
import dev.rootbeat.module.command.IdentityCommands;
import dev.rootbeat.module.command.SecurityCommands;
import dev.rootbeat.module.command.SecurityGate;
import dev.rootbeat.module.command.SecurityPreferences;
import dev.rootbeat.module.command.SessionCommands;
import dev.rootbeat.module.command.TlsProfileCommands;
import dev.rootbeat.module.credential.CredentialLimits;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.heartbeat.HeartbeatAgent;
import dev.rootbeat.module.heartbeat.HeartbeatExchange;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.module.tls.TlsProfiles;
import dev.rootbeat.rot.DataProtection;
import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.RotIdentity;
import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
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

    private static final CommandTable COMMANDS = CommandTable.of(
            SessionCommands.class,
            IdentityCommands.class,
            SecurityCommands.class,
            DataProtectionCommands.class,
            CredentialCommands.class,
            TlsProfileCommands.class);

    private final ScheduledExecutorService executor;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ChannelFactory channels;
    private final Medium medium;
    private final Medium bulk;
    private final CredentialLimits credentialLimits;
    private final P256 p256;
    private final Behaviour behaviour;
    private final HeartbeatSettings settings;
    private final boolean clockSurvives;
    private final Nameplate nameplate;
    private final RotIdentity identity;
    private final AtError tooEarly;
    private final Duration busyAfterBoot;
    private final List<AtPort> ports = new ArrayList<>();
    private Map<Class<?>, Object> services = Map.of();
    private boolean on;
    private @Nullable Security security;

    Module(ModuleBuilder builder, Nameplate nameplate, RotIdentity identity) {
        this.executor = builder.executor;
        this.clock = builder.clock;
        this.random = builder.random;
        this.channels = builder.channels;
        this.medium = builder.medium;
        this.bulk = builder.bulk;
        this.credentialLimits = builder.credentialLimits;
        this.p256 = builder.p256 == null ? FastP256.ofThisMachine() : builder.p256;
        this.behaviour = builder.behaviour;
        this.settings = builder.settings;
        this.clockSurvives = builder.clockSurvives;
        this.tooEarly = builder.tooEarly;
        this.busyAfterBoot = builder.busyAfterBoot;
        this.nameplate = nameplate;
        this.identity = identity;
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
        return on;
    }

    /**
     * Switches the power on: the Root of Trust recovers what is stored, and the agent gets in touch with the server.
     *
     * @throws IllegalStateException if the storage has no room even to count the boot
     */
    public void powerOn() {
        if (on) {
            return;
        }
        if (product().secureElement()) {
            security = boot();
            if (SecurityPreferences.read(security.flash).isOn()) {
                security.agent.start(clockSurvives);
            }
        }
        services = services();
        on = true;
        ports.forEach(this::converse);
    }

    /** Cuts the power. What a request on its way would answer is lost. */
    public void powerOff() {
        ports.forEach(AtPort::silence);
        if (security != null) {
            security.agent.close();
            security = null;
        }
        on = false;
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
        var port = new AtPort(host, ports::remove);
        ports.add(port);
        if (on) {
            converse(port);
        }
        return port;
    }

    /**
     * The heartbeat agent of this boot.
     *
     * @throws IllegalStateException if the power is off or the product has no Root of Trust
     */
    public SecurityService security() {
        return running().agent;
    }

    /**
     * The Root of Trust of this boot.
     *
     * @throws IllegalStateException if the power is off or the product has none
     */
    public RootOfTrust rootOfTrust() {
        return running().rot;
    }

    private Security boot() {
        Flash flash = JournalFlash.mount(medium);
        RootOfTrust rot;
        try {
            rot = RootOfTrust.boot(identity, flash, p256);
        } catch (Flash.StorageFull e) {
            throw new IllegalStateException("the storage of " + uid() + " has no room for a boot", e);
        }
        SecureChannel channel = channels.open(uid(), rot::channelKey, executor);
        HeartbeatExchange exchange =
                new HeartbeatExchange(product().typeNumber(), product().firmware(), rot, channel, behaviour, random);
        return new Security(rot, new HeartbeatAgent(exchange, flash, settings, executor, clock, random), flash);
    }

    /** What answers AT commands from now until the power goes off, the same for all hosts. */
    private Map<Class<?>, Object> services() {
        var all = new HashMap<Class<?>, Object>();
        Flash large = JournalFlash.mount(bulk);
        var files = new FileStore(large);
        var credentials = new CredentialStore(large, credentialLimits);
        List.of(
                        new SessionCommands(),
                        new IdentityCommands(product().identity(imei())),
                        new CredentialCommands(credentials, files),
                        new TlsProfileCommands(new TlsProfiles()))
                .forEach(service -> all.put(service.getClass(), service));
        if (security != null) {
            securityServices(security).forEach(service -> all.put(service.getClass(), service));
        }
        return all;
    }

    private List<Object> securityServices(Security of) {
        boolean on = SecurityPreferences.read(of.flash).isOn();
        var gate = new SecurityGate(on, of.agent, clock, clock.instant().plus(busyAfterBoot));
        var protection = new DataProtection(identity, of.flash);
        return List.of(
                new SecurityCommands(of.rot, of.agent, gate, tooEarly),
                new DataProtectionCommands(protection, gate, of.flash));
    }

    private void converse(AtPort port) {
        port.converse(host -> new AtSession(COMMANDS, services, executor, host));
    }

    private Security running() {
        if (security == null) {
            throw new IllegalStateException(
                    on ? product() + " has no Root of Trust" : "the power of " + uid() + " is off");
        }
        return security;
    }

    private record Security(RootOfTrust rot, HeartbeatAgent agent, Flash flash) {}
}
