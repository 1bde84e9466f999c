package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.platform.OwnPlatform;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A certificate manager, in memory if nothing else is said, on a clock that stands until it is stepped: no network, no threads. */
final class Site {

    static final String HOME = "home";
    static final String AWAY = "away";
    static final String PROFILE = "profile";
    static final Duration YEARS = Duration.ofDays(3650);
    static final Duration MONTH = Duration.ofDays(30);

    final SteppedClock clock = new SteppedClock(() -> Instant.parse("2026-11-24T00:00:00Z"));
    final SplittableRandom random = new SplittableRandom(20_261_124);
    final P256 p256 = new DeterministicP256(random.split());
    final RootCa rootCa;
    Store store;
    HeartbeatPolicy policy = HeartbeatPolicy.DEFAULT;
    private final Ids ids = new Ids(random.split());
    private final CertificateAuthority authority = new CertificateAuthority(p256, random.split(), "http://ca.example");
    private final Certification certification = new Certification(authority, p256, ids);

    /** A profile without whitelist check, whose Root CA signs for a month and renews nothing by itself. */
    Site() {
        this(new MemoryStore());
    }

    /** The same in this store, which is empty. */
    Site(Store store) {
        this.store = store;
        rootCa = createRootCa(HOME, YEARS, MONTH, null);
        save(profile(PROFILE, rootCa.id(), false));
    }

    static DeviceProfile profile(String uid, @Nullable String rootCa, boolean whitelistCheck) {
        return new DeviceProfile(uid, HOME, uid, rootCa, whitelistCheck, Plan.COMMERCIAL);
    }

    void save(DeviceProfile profile) {
        store.write(tx -> {
                    tx.save(profile);
                    return profile;
                })
                .join();
    }

    HeartbeatService heartbeats() {
        return new HeartbeatService(store, clock, policy, certification, platforms(store), Behaviour.NONE);
    }

    /** The server's own platform, which has all the time that it needs. */
    Platforms platforms(Store on) {
        return Platforms.own(new OwnPlatform(on, clock), new VirtualTime(clock.instant()).executor("timer"));
    }

    OperationService operations() {
        return new OperationService(store, clock, certification);
    }

    DeviceService devices() {
        return new DeviceService(store, clock, ids);
    }

    RootCaService rootCas() {
        return new RootCaService(store, clock, authority, ids::next, UnaryOperator.identity());
    }

    RootCa createRootCa(String domain, Duration validity, Duration deviceValidity, @Nullable Duration renewalWindow) {
        return done(rootCas()
                .create(domain, "Root", validity, deviceValidity, renewalWindow)
                .join());
    }

    RootCa disable(RootCa rootCa) {
        return done(rootCas()
                .update(
                        rootCa.domain(),
                        rootCa.id(),
                        rootCa.deviceValidity(),
                        null,
                        RootCa.State.DISABLED,
                        rootCa.platform())
                .join());
    }

    private static RootCa done(RootCaService.Outcome outcome) {
        assertThat(outcome).isInstanceOf(RootCaService.Outcome.Done.class);
        return ((RootCaService.Outcome.Done) outcome).rootCa();
    }

    String consentTo(RootCa rootCa) {
        return rootCas()
                .consent(rootCa.domain(), rootCa.id())
                .join()
                .orElseThrow()
                .code();
    }

    /** Gives one instruction for a list of devices of the home domain; null stands for accepted. */
    List<@Nullable OperationError> instruct(Instruction instruction, RotPublicUid... uids) {
        return operations().instruct(HOME, instruction, List.of(uids)).join().stream()
                .<@Nullable OperationError>map(OperationService.Answer::error)
                .toList();
    }

    void accept(Instruction instruction, RotPublicUid uid) {
        assertThat(instruct(instruction, uid)).containsOnlyNulls();
    }

    Device device(RotPublicUid uid) {
        return store.read(view -> view.device(uid)).orElseThrow();
    }

    /** The domain that a device belongs to. */
    String ownerOf(RotPublicUid uid) {
        return Objects.requireNonNull(device(uid).claim()).domain();
    }

    List<IssuedCertificate> certificates(RotPublicUid uid) {
        return store.read(view -> view.certificates(uid));
    }

    List<Operation> operations(RotPublicUid uid) {
        return store.read(view -> view.operations(uid));
    }

    List<Operation.Kind> bills() {
        return store.read(view -> view.billingEvents()).stream()
                .map(BillingEvent::kind)
                .toList();
    }

    List<Notification> told(Notification.Kind kind) {
        return store.read(view -> view.notifications()).stream()
                .filter(notification -> notification.kind() == kind)
                .toList();
    }
}
