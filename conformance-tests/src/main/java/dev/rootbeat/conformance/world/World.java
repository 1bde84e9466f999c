package dev.rootbeat.conformance.world;

import dev.rootbeat.module.Product;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.crypto.SeededP256;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.Dice;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Modules and a certificate manager on one virtual clock and one seed, with operators of two domains, an IoT platform,
 * and receivers of webhooks. The code is that of the real world; only time, network, randomness and power are
 * simulated. After every event the {@link Promises} are checked.
 */
public final class World {

    /** The domain that devices are sealed for. */
    public static final String DOMAIN = "home";

    /** Another domain of the same server. */
    public static final String OTHER_DOMAIN = "away";

    /** The profile that devices are sealed with. */
    public static final String PROFILE = "profile";

    /** Another profile of the same domain, which checks its whitelist. */
    public static final String GUARDED_PROFILE = "guarded";

    /** The key that webhooks of this world are to be created with: every signature is checked. */
    public static final String WEBHOOK_SECRET = "a secret of the world";

    private static final Duration ROOT_CA_LIFE = Duration.ofDays(3650);

    private static final Product[] PRODUCTS = {
        Product.SARA_R500S_01B, Product.SARA_R510S_01B, Product.SARA_R510M8S_01B, Product.ALEX_R510M8S_01B
    };

    private final WorldSettings settings;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final SimNetwork network;
    private final EventLog log = new EventLog();
    private final SimulatedPlatform platform = new SimulatedPlatform();
    private final List<SimulatedDevice> devices = new ArrayList<>();
    private final List<Dice> dice = new ArrayList<>();
    private final Map<RotPublicUid, SimulatedDevice> byUid = new HashMap<>();
    private final PowerFailures power;
    private final Promises promises;
    private final Receivers receivers;
    private final SimulatedServer server;
    private final Operator operator = new Operator(this, DOMAIN);
    private final Operator otherOperator = new Operator(this, OTHER_DOMAIN);
    private final P256 p256;
    private final @Nullable RootCa rootCa;
    private @Nullable Runnable whenLogged;
    private long awaitedLines;

    /** Makes a world in which the server runs and every device is without power. */
    public World(WorldSettings settings) {
        this(settings, SeededP256::new);
    }

    /** The same with keys from elsewhere than the seed. */
    World(WorldSettings settings, P256 keys) {
        this(settings, _ -> keys);
    }

    private World(WorldSettings settings, Function<SplittableRandom, P256> keys) {
        this.settings = settings;
        this.time = new VirtualTime(settings.times().start());
        this.random = new SplittableRandom(settings.seed());
        this.power = new PowerFailures(time, devices, (device, what) -> note(device.uid(), what, ""));
        this.network = new SimNetwork(time.executor("air"), random.split());
        this.p256 = keys.apply(random.split());
        this.promises = new Promises(this, p256);
        this.receivers = new Receivers(time.executor("receivers"), promises.receivers());
        this.server = new SimulatedServer(
                settings, time, network, platform, receivers, p256, random.split(), promises::writing);
        network.observer(promises);
        time.afterEveryEvent(this::afterEvent);
        server.add(DOMAIN);
        server.add(OTHER_DOMAIN);
        startServer();
        // Who begins with nothing brings everything.
        this.rootCa = settings.devices() == 0 ? null : foundation();
        for (int i = 0; i < settings.devices(); i++) {
            var _ = add(PRODUCTS[i % PRODUCTS.length]);
        }
    }

    private RootCa foundation() {
        RootCa root = operator.createRootCa("Root", ROOT_CA_LIFE);
        server.save(new DeviceProfile(PROFILE, DOMAIN, PROFILE, root.id(), false, Plan.COMMERCIAL));
        server.save(new DeviceProfile(GUARDED_PROFILE, DOMAIN, GUARDED_PROFILE, root.id(), true, Plan.COMMERCIAL));
        return root;
    }

    private void afterEvent() {
        promises.afterEvent();
        Runnable what = whenLogged;
        if (what != null && log.lines() >= awaitedLines) {
            whenLogged = null;
            what.run();
        }
    }

    /** Has something done once, after the event in which the event log comes to a number of lines. */
    void whenLogged(long lines, Runnable what) {
        awaitedLines = lines;
        whenLogged = what;
    }

    /**
     * Draws from another seed from now on what the network does to messages, and how long devices wait. The names of
     * things, which are random too, are drawn on.
     */
    void reseed(long seed) {
        var seeds = new SplittableRandom(seed);
        network.reseed(seeds.nextLong());
        dice.forEach(one -> one.become(seeds.split()));
    }

    /** Adds a device, without power. */
    public SimulatedDevice add(Product product) {
        var behaviour = new WatchedBehaviour(settings.oddities().device(), this);
        var itsDice = new Dice(random.split());
        dice.add(itsDice);
        var device = new SimulatedDevice(
                time,
                itsDice,
                (uid, _, serial) -> network.channel(uid, serial),
                product,
                builder -> builder.p256(p256)
                        .behaviour(behaviour)
                        .parts(behaviour.parts())
                        .heartbeats(settings.times().heartbeats()));
        devices.add(device);
        byUid.put(device.uid(), device);
        return device;
    }

    /** Starts the server on the data that it left, if it is down. */
    public void startServer() {
        if (!server.isUp()) {
            server.start();
            note("server", "starts");
        }
    }

    /** Kills the server; its data stays. */
    public void killServer() {
        server.kill();
        note("server", "dies");
    }

    /** Makes a backup of the server's data; run it to have a server start on it, in the place of the one that runs. */
    public Runnable backUpServer() {
        MemoryStore backup = server.backup();
        Runnable known = promises.backup();
        note("server", "is backed up");
        return () -> {
            killServer();
            server.restore(backup);
            known.run();
            note("server", "is restored");
            startServer();
        };
    }

    /** Switches every device on that takes part, and has each sealed by its host as soon as it is bootstrapped. */
    public void provisionAll() {
        provisionAll(_ -> PROFILE);
    }

    /** The same, each with a profile that follows from its place. */
    void provisionAll(IntFunction<String> profile) {
        for (int i = 0; i < devices.size(); i++) {
            if (settings.takesPart(i)) {
                devices.get(i).powerOn();
                seal(devices.get(i), new Seal(profile.apply(i), String.format(Locale.ROOT, "%016d", i)));
            }
        }
    }

    /** A host that seals as soon as its module is bootstrapped, and sees to it until it is done. */
    public void seal(SimulatedDevice device, Seal seal) {
        var host = time.executor("host");
        host.execute(new Runnable() {
            @Override
            public void run() {
                boolean sealed = false;
                if (device.isOn() && device.module().isOn()) {
                    sealed = device.module().security().status().claimed();
                    if (!sealed) {
                        power.during(() -> device.module().security().seal(seal));
                    }
                }
                if (!sealed) {
                    var _ = host.schedule(this, 5, TimeUnit.SECONDS);
                }
            }
        });
    }

    /** Gives an instruction of the home domain's operator. */
    public List<OperationService.Answer> instruct(Instruction instruction, List<RotPublicUid> uids) {
        return operator.instruct(instruction, uids);
    }

    /** Runs the world for a time. */
    public void run(Duration span) {
        runUntil(() -> false, span);
    }

    /** Runs the world until something holds; returns whether it does within the time. */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        return power.runUntil(condition, atMost);
    }

    /** Cuts a device's power; it comes back after some seconds. */
    public void powerCut(SimulatedDevice device) {
        power.cut(device);
    }

    /** Sets a device's clock, forward or back. */
    public void setClock(SimulatedDevice device, Duration by) {
        device.clock().step(by);
        promises.model(device.uid()).clockSet();
    }

    /** Writes a line about something that is no device into the event log. */
    public void note(String subject, String what) {
        log.add(time.instant(), subject, what, "");
    }

    /** Writes a line about a device into the event log. */
    void note(RotPublicUid uid, String what, String detail) {
        SimulatedDevice device = byUid.get(uid);
        log.add(time.instant(), device == null ? uid.toString() : device.name(), what, detail);
    }

    /** The event log. */
    public EventLog log() {
        return log;
    }

    /** The promises, and what they have counted. */
    public Promises promises() {
        return promises;
    }

    /** Virtual time. */
    public VirtualTime time() {
        return time;
    }

    /** The network, for faults and weather. */
    public SimNetwork network() {
        return network;
    }

    /** The certificate manager. */
    public SimulatedServer server() {
        return server;
    }

    /** The operator of the domain that devices are sealed for. */
    public Operator operator() {
        return operator;
    }

    /** The operator of the other domain. */
    public Operator otherOperator() {
        return otherOperator;
    }

    /** The IoT platform that certificates are registered with. */
    public SimulatedPlatform platform() {
        return platform;
    }

    /** The receivers of webhooks. */
    public Receivers receivers() {
        return receivers;
    }

    /** The Root CA of the profile. */
    public RootCa rootCa() {
        return Objects.requireNonNull(rootCa, "a world that begins without devices has no Root CA");
    }

    /** The devices. */
    public List<SimulatedDevice> devices() {
        return Collections.unmodifiableList(devices);
    }

    /** The devices that are ever switched on. */
    List<SimulatedDevice> cast() {
        return IntStream.range(0, devices.size())
                .filter(settings::takesPart)
                .mapToObj(devices::get)
                .toList();
    }

    /** The place of the device whose identity this is, in 16 digits; -1 if it is none's. */
    int place(String name) {
        return IntStream.range(0, devices.size())
                .filter(place -> devices.get(place).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    /** The device of this identity. */
    SimulatedDevice device(RotPublicUid uid) {
        return Objects.requireNonNull(byUid.get(uid), uid::toString);
    }

    /** What the world was made of. */
    public WorldSettings settings() {
        return settings;
    }

    /** Randomness for what happens to this world. */
    public SplittableRandom random() {
        return random;
    }
}
