package dev.rootbeat.conformance.world;

import dev.rootbeat.module.Product;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.PowerCut;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.device.Certification;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.HeartbeatService;
import dev.rootbeat.server.device.Ids;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.server.fault.FaultyCertificates;
import dev.rootbeat.server.fault.FaultyRequests;
import dev.rootbeat.server.fault.FaultyStore;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Modules and a certificate manager on one virtual clock and one seed. The code is that of the real world; only time,
 * network, randomness and power are simulated. After every event the {@link Promises} are checked.
 */
public final class World {

    /** The domain that everything belongs to. */
    public static final String DOMAIN = "home";

    /** The profile that devices are sealed with. */
    public static final String PROFILE = "profile";

    private final WorldSettings settings;
    private final VirtualTime time;
    private final SteppedClock serverClock;
    private final SplittableRandom random;
    private final SimNetwork network;
    private final MemoryStore store = new MemoryStore();
    private final Faults faults;
    private final EventLog log = new EventLog();
    private final Certification certification;
    private final RootCaService rootCas;
    private final OperationService operations;
    private final DeviceService deviceService;
    private final Map<RotPublicUid, SimulatedDevice> devices = new LinkedHashMap<>();
    private final SimulatedPlatform platform = new SimulatedPlatform();
    private final Promises promises;
    private final RootCa rootCa;
    private @Nullable ScheduledExecutorService serverTimers;

    /** Makes a world in which the server runs and every device is without power. */
    public World(WorldSettings settings) {
        this.settings = settings;
        this.time = new VirtualTime(settings.start());
        this.serverClock = new SteppedClock(time);
        this.random = new SplittableRandom(settings.seed());
        this.network = new SimNetwork(time.executor("air"), random.split());
        P256 p256 = new DeterministicP256(random.split());
        var ids = new Ids(random.split());
        var authority = new CertificateAuthority(p256, random.split(), "http://ca.example");
        this.certification = new Certification(authority, p256, ids);
        this.faults = new Faults(settings.serverFaults(), settings.seed());
        this.rootCas = new RootCaService(store, serverClock, authority, ids::next, UnaryOperator.identity());
        this.operations = new OperationService(store, serverClock, certification);
        this.deviceService = new DeviceService(store, serverClock, ids);
        this.promises = new Promises(this);
        network.observer(promises);
        time.afterEveryEvent(promises::afterEvent);
        var _ = store.write(tx -> {
            var home = new Domain(DOMAIN, DOMAIN, "key", Bytes.EMPTY);
            tx.save(home);
            return home;
        });
        this.rootCa = createRootCa("Root", Duration.ofDays(3650));
        saveProfile(new DeviceProfile(PROFILE, DOMAIN, PROFILE, rootCa.id(), false, Plan.COMMERCIAL));
        Product[] products = {
            Product.SARA_R500S_01B, Product.SARA_R510S_01B, Product.SARA_R510M8S_01B, Product.ALEX_R510M8S_01B
        };
        for (int i = 0; i < settings.devices(); i++) {
            var device = new SimulatedDevice(
                    time,
                    network,
                    random.split(),
                    p256,
                    promises.watching(settings.deviceBehaviour()),
                    settings.heartbeats(),
                    products[i % products.length]);
            devices.put(device.uid(), device);
        }
        startServer();
    }

    /** Starts the server on the data that it left, if it is down. */
    public void startServer() {
        serverTimers = time.executor("server");
        Store disk = new FaultyStore(store, faults, serverTimers, () -> {
            throw new IllegalStateException("a process that dies is for the real world");
        });
        var behaviour = new FaultyCertificates(
                settings.serverBehaviour(), faults, certification.authority(), certification.p256(), serverClock);
        var platforms = Platforms.own(platform, serverTimers);
        var heartbeats =
                new HeartbeatService(disk, serverClock, settings.policy(), certification, platforms, behaviour);
        network.server(new FaultyRequests(heartbeats, faults, serverTimers));
        note("server", "starts");
    }

    /** Kills the server; its data stays. */
    public void killServer() {
        network.server(null);
        if (serverTimers != null) {
            serverTimers.shutdownNow();
        }
        note("server", "dies");
    }

    /** Creates a Root CA of the home domain. */
    public RootCa createRootCa(String name, Duration validity) {
        var outcome = rootCas.create(DOMAIN, name, validity, settings.certificateLife(), settings.renewalWindow())
                .join();
        return switch (outcome) {
            case RootCaService.Outcome.Done(RootCa created) -> created;
            case RootCaService.Outcome.TooMany _,
                    RootCaService.Outcome.Unknown _,
                    RootCaService.Outcome.InUse _,
                    RootCaService.Outcome.Impossible _ -> throw new IllegalStateException("no Root CA: " + outcome);
        };
    }

    /** Saves a device profile. */
    public void saveProfile(DeviceProfile profile) {
        var _ = store.write(tx -> {
            tx.save(profile);
            return profile;
        });
    }

    /** Switches every device on, and has each sealed by its host as soon as it is bootstrapped. */
    public void provisionAll() {
        int number = 0;
        for (SimulatedDevice device : devices.values()) {
            device.powerOn();
            seal(device, new Seal(PROFILE, String.format(Locale.ROOT, "%016d", number++)));
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
                        cuttable(() -> device.module().security().seal(seal));
                    }
                }
                if (!sealed) {
                    var _ = host.schedule(this, 5, TimeUnit.SECONDS);
                }
            }
        });
    }

    /** Gives an operator's instruction for some devices. */
    public List<OperationService.Answer> instruct(Instruction instruction, List<RotPublicUid> uids) {
        List<OperationService.Answer> answers =
                operations.instruct(DOMAIN, instruction, uids).join();
        for (OperationService.Answer answer : answers) {
            if (instruction instanceof Instruction.Delete && answer.error() == null) {
                promises.model(answer.device()).askedToDelete();
            }
            note(
                    answer.device().toString(),
                    "instruction " + instruction.kind() + (answer.error() == null ? "" : " " + answer.error()));
        }
        return answers;
    }

    /** Runs the world for a time. */
    public void run(Duration span) {
        Instant end = time.instant().plus(span);
        while (time.instant().isBefore(end)) {
            cuttable(() -> time.runUntil(end));
        }
    }

    /** Runs the world until something holds; returns whether it does within the time. */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        Instant end = time.instant().plus(atMost);
        var met = new boolean[1];
        while (!met[0] && time.instant().isBefore(end)) {
            cuttable(() -> met[0] = time.runUntil(condition, Duration.between(time.instant(), end)));
        }
        return met[0];
    }

    /** A power cut that was prepared in a device's storage ends what the device does, and its power. */
    private void cuttable(Runnable work) {
        try {
            work.run();
        } catch (PowerCut cut) {
            for (SimulatedDevice device : devices.values()) {
                if (device.isOn() && device.medium().isCut()) {
                    powerCut(device);
                }
            }
        }
    }

    /** Cuts a device's power; it comes back after some seconds. */
    public void powerCut(SimulatedDevice device) {
        note(device.uid().toString(), "power cut");
        device.powerOff();
        var _ = time.executor("power")
                .schedule(
                        () -> {
                            note(device.uid().toString(), "power on");
                            device.powerOn();
                        },
                        10,
                        TimeUnit.SECONDS);
    }

    /** Writes a line into the event log. */
    public void note(String subject, String what) {
        log.add(time.instant(), subject, what);
    }

    /** What the server does wrong on purpose. */
    public Faults faults() {
        return faults;
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

    /** The server's clock, which can be stepped. */
    public SteppedClock serverClock() {
        return serverClock;
    }

    /** The network, for faults and weather. */
    public SimNetwork network() {
        return network;
    }

    /** The server's data. */
    public MemoryStore store() {
        return store;
    }

    /** The IoT platform that certificates are registered with. */
    public SimulatedPlatform platform() {
        return platform;
    }

    /** What an operator does with devices as such. */
    public DeviceService deviceService() {
        return deviceService;
    }

    /** Root CAs. */
    public RootCaService rootCas() {
        return rootCas;
    }

    /** The Root CA of the profile. */
    public RootCa rootCa() {
        return rootCa;
    }

    /** The devices. */
    public List<SimulatedDevice> devices() {
        return List.copyOf(devices.values());
    }

    /** The device of this identity. */
    SimulatedDevice device(RotPublicUid uid) {
        return Objects.requireNonNull(devices.get(uid), uid::toString);
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
