package dev.rootbeat.module;

import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.command.Setting;
import dev.rootbeat.module.credential.CredentialLimits;
import dev.rootbeat.module.fault.Fault;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.module.network.CellularNetwork;
import dev.rootbeat.module.network.SimCard;
import dev.rootbeat.module.network.SocketAccess;
import dev.rootbeat.module.secure.ChipToChip;
import dev.rootbeat.rot.RotIdentity;
import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.FileMedium;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds one {@link Module}. What is not given is a new SARA-R510M8S-01B-00 on storage in memory. */
public final class ModuleBuilder {

    final ScheduledExecutorService executor;
    final InstantSource clock;
    final RandomGenerator random;
    final ChannelFactory channels;
    Medium medium = new MemoryMedium();
    Medium bulk = new MemoryMedium(Medium.BULK_BANK_SIZE);
    CredentialLimits credentialLimits = CredentialLimits.DEFAULT;

    @Nullable
    SimCard sim;

    private @Nullable P256 p256;

    @Nullable
    SocketAccess sockets;

    Behaviour behaviour = Behaviour.NONE;
    DeviceParts parts = DeviceParts.USUAL;
    List<Fault> faults = List.of();
    AtObservers observers = (_, _) -> AtObserver.NONE;
    ScheduledExecutorService heartbeatTimers;
    HeartbeatSettings settings = HeartbeatSettings.DEFAULT;
    boolean clockSurvives;
    AtError tooEarly = AtError.OPERATION_NOT_ALLOWED;
    ChipToChip chipToChip = ChipToChip.DEFAULT;
    Duration busyAfterBoot = Duration.ZERO;
    CellularNetwork network = CellularNetwork.INSTANT;
    PowerSettings power = PowerSettings.SWIFT;
    int bitRate;
    Map<Setting, String> configuration = Map.of();
    private Bytes master = KeyHierarchy.TEST_MASTER;
    private @Nullable Product product;
    private @Nullable RotPublicUid uid;
    private @Nullable String imei;

    ModuleBuilder(
            ScheduledExecutorService executor, InstantSource clock, RandomGenerator random, ChannelFactory channels) {
        this.executor = executor;
        this.heartbeatTimers = executor;
        this.clock = clock;
        this.random = random;
        this.channels = channels;
    }

    /** Its type. Storage that was used before knows it already. */
    public ModuleBuilder product(Product value) {
        product = value;
        return this;
    }

    /** The identity of its Root of Trust; else drawn. Storage that was used before knows it already. */
    public ModuleBuilder uid(RotPublicUid value) {
        uid = value;
        return this;
    }

    /**
     * Its IMEI; else drawn. Storage that was used before knows it already.
     *
     * @throws IllegalArgumentException if the text is not 15 digits with a right check digit
     */
    public ModuleBuilder imei(String digits) {
        imei = Imei.check(digits);
        return this;
    }

    /** The manufacturer's secret, from which the module's own is derived; else {@link KeyHierarchy#TEST_MASTER}. */
    public ModuleBuilder master(Bytes secret) {
        master = secret;
        return this;
    }

    /** What it stores its own state on. */
    public ModuleBuilder medium(Medium value) {
        medium = value;
        return this;
    }

    /** What it stores its host's credentials and files on; with banks of {@link Medium#BULK_BANK_SIZE}. */
    public ModuleBuilder bulk(Medium value) {
        bulk = value;
        return this;
    }

    /** A file for its state and for its host's credentials and files. */
    public ModuleBuilder file(FileMedium value) {
        return medium(value).bulk(value.bulk());
    }

    /** How much {@code AT+USECMNG} takes; else {@link CredentialLimits#DEFAULT}. */
    public ModuleBuilder credentialLimits(CredentialLimits value) {
        credentialLimits = value;
        return this;
    }

    /** What it generates keys and signs with; else the fastest of this machine. */
    public ModuleBuilder p256(P256 value) {
        p256 = value;
        return this;
    }

    /** What sees and may change what it sends, receives and does; with the parts that it asks for. */
    public ModuleBuilder behaviour(Behaviour value) {
        behaviour = value;
        return parts(DeviceParts.of(value));
    }

    /** What it is made of, where that is not the usual. */
    public ModuleBuilder parts(DeviceParts value) {
        parts = value;
        return this;
    }

    /** What goes wrong between it and its hosts; more can come while it runs ({@link Module#faults}). */
    public ModuleBuilder faults(List<Fault> values) {
        faults = List.copyOf(values);
        return this;
    }

    /** When it sends heartbeats. */
    public ModuleBuilder heartbeats(HeartbeatSettings value) {
        settings = value;
        return this;
    }

    /**
     * What its waits between heartbeats run on, a view of its executor on which time runs as fast as on its clock; else
     * the executor. What a host waits for takes the executor's time.
     */
    public ModuleBuilder heartbeatTimers(ScheduledExecutorService value) {
        heartbeatTimers = value;
        return this;
    }

    /** What its sockets reach; else it has none. */
    public ModuleBuilder sockets(SocketAccess value) {
        sockets = value;
        return this;
    }

    /** Whether its clock keeps the time while the power is off; a real module's does not. */
    public ModuleBuilder clockSurvives(boolean value) {
        clockSurvives = value;
        return this;
    }

    /** What {@code AT+USECCONN} answers within the guard interval; else {@link AtError#OPERATION_NOT_ALLOWED}. */
    public ModuleBuilder tooEarly(AtError value) {
        tooEarly = value;
        return this;
    }

    /** How it takes part in chip-to-chip protection; else {@link ChipToChip#DEFAULT}. */
    public ModuleBuilder chipToChip(ChipToChip value) {
        chipToChip = value;
        return this;
    }

    /** How long after a boot security commands answer {@link AtError#SEC_BUSY}; else not at all. */
    public ModuleBuilder busyAfterBoot(Duration value) {
        busyAfterBoot = value;
        return this;
    }

    /** Who sees what its hosts and it say to each other; else nobody. */
    public ModuleBuilder observers(AtObservers value) {
        observers = value;
        return this;
    }

    /** The SIM card in it; else one of the test network with numbers that follow from the IMEI. */
    public ModuleBuilder sim(SimCard value) {
        sim = value;
        return this;
    }

    /** The cellular network around it; else one that registers it at once. */
    public ModuleBuilder network(CellularNetwork value) {
        network = value;
        return this;
    }

    /** How it behaves when it is switched on and off; else it boots at once. */
    public ModuleBuilder power(PowerSettings value) {
        power = value;
        return this;
    }

    /**
     * How fast its serial lines are, in bits per second; as fast as the link behind them if zero.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public ModuleBuilder bitRate(int bitsPerSecond) {
        if (bitsPerSecond < 0) {
            throw new IllegalArgumentException("a line of " + bitsPerSecond + " bits per second");
        }
        bitRate = bitsPerSecond;
        return this;
    }

    /**
     * What it is configured to before a host changes it, where that is not the usual; {@link Setting#READY_FOR_TESTS},
     * for example.
     */
    public ModuleBuilder configuration(Map<Setting, String> values) {
        configuration = Map.copyOf(values);
        return this;
    }

    /**
     * Builds the module and lets its executor switch the power on.
     *
     * @throws IllegalArgumentException if the storage is that of another device than the one asked for
     * @throws IllegalStateException if new storage has no room for the identity
     */
    public Module start() {
        Module module = build();
        executor.execute(module::powerOn);
        return module;
    }

    /**
     * Builds the module, without power yet. New storage is given its identity for good.
     *
     * @throws IllegalArgumentException if the storage is that of another device than the one asked for
     * @throws IllegalStateException if new storage has no room for the identity
     */
    public Module build() {
        Flash flash = JournalFlash.mount(medium);
        Optional<Nameplate> stored = Nameplate.read(flash);
        Nameplate nameplate = stored.isPresent() ? agreed(stored.get()) : manufacture();
        if (stored.isEmpty()) {
            engrave(nameplate, flash);
        }
        Bytes rootSecret = KeyHierarchy.rootSecret(master, nameplate.uid());
        return new Module(this, nameplate, new RotIdentity(nameplate.uid(), rootSecret));
    }

    /** What it generates keys and signs with. */
    P256 p256() {
        if (p256 == null) {
            p256 = FastP256.ofThisMachine();
        }
        return p256;
    }

    private static void engrave(Nameplate nameplate, Flash flash) {
        try {
            nameplate.write(flash);
        } catch (Flash.StorageFull e) {
            throw new IllegalStateException("the storage has no room for a module", e);
        }
    }

    private Nameplate manufacture() {
        return new Nameplate(
                product == null ? Product.SARA_R510M8S_01B : product,
                uid == null ? new RotPublicUid(random.nextLong()) : uid,
                imei == null ? Imei.draw(random) : imei);
    }

    private Nameplate agreed(Nameplate stored) {
        agree("product", stored.product(), product);
        agree("RoTPublicUID", stored.uid(), uid);
        agree("IMEI", stored.imei(), imei);
        return stored;
    }

    private static void agree(String what, Object stored, @Nullable Object asked) {
        if (asked != null && !asked.equals(stored)) {
            throw new IllegalArgumentException(
                    "the stored state is of the device with " + what + " " + stored + ", not " + asked);
        }
    }
}
