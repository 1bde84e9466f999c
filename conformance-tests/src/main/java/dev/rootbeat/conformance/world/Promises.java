package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.model.Books;
import dev.rootbeat.conformance.model.DeviceModel;
import dev.rootbeat.conformance.model.Keys;
import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.store.View;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkObserver;
import dev.rootbeat.sim.Packet;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks after every event what is promised: by the protocol (section 5), about money, webhooks, revocation lists and
 * domains. It watches the network, the devices and the server's data, keeps the reference model of every device, and
 * compares. What an event cannot have changed is not looked at.
 */
public final class Promises implements NetworkObserver {

    private final World world;
    private final Consumer<String> broken;
    private final Map<RotPublicUid, DeviceModel> models = new HashMap<>();
    private final Set<RotPublicUid> cloned = new HashSet<>();
    private final Deque<RotPublicUid> touched = new ArrayDeque<>();
    private final CredentialPromises credentials;
    private final MannerPromises manners;
    private final AdmissionPromises admission;
    private StorePart store;
    private boolean dirty;

    /** The promise that was broken: what is tested may have caught it. */
    private @Nullable PromiseBroken failure;

    private long checks;

    /** What is known of the server's data; goes back to an earlier instant with it. */
    private record StorePart(
            LedgerPromises ledger,
            WebhookPromises webhooks,
            RevocationPromises revocations,
            OwnershipPromises ownership) {

        List<StorePromises> all() {
            return List.of(ledger, webhooks, revocations, ownership);
        }

        StorePart copy() {
            return new StorePart(ledger.copy(), webhooks.copy(), revocations.copy(), ownership.copy());
        }
    }

    Promises(World world, P256 p256) {
        this.world = world;
        this.broken = what -> {
            failure = new PromiseBroken(what, world);
            throw failure;
        };
        this.credentials = new CredentialPromises(p256, broken);
        this.manners = new MannerPromises(world, broken);
        this.admission = new AdmissionPromises(broken);
        this.store = new StorePart(
                new LedgerPromises((device, fingerprint) -> model(device).used().contains(fingerprint), broken),
                new WebhookPromises(
                        () -> world.server().store(),
                        () -> world.server().clock().instant(),
                        broken),
                new RevocationPromises(p256, () -> world.server().clock().instant(), broken),
                new OwnershipPromises(broken));
    }

    /** How many looks at a device and at the server's data there were. */
    public long checks() {
        return checks;
    }

    /** How many certificates were billed. */
    public int billed() {
        return store.ledger.events();
    }

    /** How many messages have arrived at the receivers of webhooks. */
    public long webhookMessages() {
        return store.webhooks.arrived();
    }

    /** The reference model of a device. */
    public DeviceModel model(RotPublicUid device) {
        return models.computeIfAbsent(device, _ -> new DeviceModel());
    }

    /** The domain that a device belongs to, as far as was seen; null before it is sealed. */
    @Nullable
    String owner(RotPublicUid device) {
        return store.ownership.owner(device);
    }

    /** A device's host has sealed it for the domain of a profile. */
    void seals(RotPublicUid device, Seal seal) {
        world.server()
                .store()
                .read(view -> view.profile(seal.profileUid()))
                .ifPresent(profile -> store.ownership.allow(device, profile.domain()));
    }

    AdmissionPromises admission() {
        return admission;
    }

    /** Gets the messages to webhooks. */
    Receivers.Listener receivers() {
        return (message, takes) -> store.webhooks.got(message, takes);
    }

    void consentUsed(String code, List<RotPublicUid> devices) {
        store.ownership.consentUsed(code, devices);
    }

    void rootCaCreated(String id) {
        store.revocations.created(id);
    }

    void webhookDeleted(String id) {
        store.webhooks.deleted(id);
    }

    /** The device has run a command, or was switched on. */
    void touch(RotPublicUid device) {
        touched.add(device);
    }

    /** A device sends a heartbeat of its own accord or its host's. */
    void beats(RotPublicUid device, Heartbeat heartbeat) {
        manners.sends(device, heartbeat);
        model(device)
                .sends(
                        heartbeat.counter(),
                        world.time().instant(),
                        world.settings().times().heartbeats().guard())
                .ifPresent(problem -> broken.accept(device + ": " + problem));
    }

    /** A device has understood a reply. */
    void heard(RotPublicUid device, Reply reply) {
        manners.heard(device, reply);
        model(device).answered(world.time().instant());
    }

    @Override
    public void see(Packet packet, Fate fate) {
        Response response = packet.response();
        touch(packet.device());
        if (fate == Fate.SENT) {
            if (packet.leg() == Leg.HEARTBEAT) {
                model(packet.device()).sent(packet.request());
            }
            credentials.sent(
                    packet.device(), response == null ? packet.request().payload() : response.payload());
        }
        if (fate == Fate.SENT && response != null && response.code() == Response.Code.CHANGED) {
            answered(packet, response);
        }
        manners.see(packet, fate);
        world.note(
                packet.device(),
                response == null ? packet.leg().name() : packet.leg() + " " + response.code(),
                fate.name());
    }

    /** Somebody else speaks under a device's name. */
    void pretended(RotPublicUid device) {
        cloned.add(device);
    }

    /** A device's host was told what came of a heartbeat that it forced. */
    void forced(RotPublicUid device, ForcedOutcome outcome) {
        if (outcome == ForcedOutcome.TOO_EARLY) {
            manners.forcedTooEarly(device);
        }
    }

    /** The server has answered: what it accepted is the truth from now on. */
    private void answered(Packet packet, Response response) {
        DeviceModel model = model(packet.device());
        Instant serverTime = world.server().clock().instant();
        Optional<Counter> counter = packet.leg() == Leg.REPLY ? counter(model, packet.request()) : Optional.empty();
        counter.flatMap(accepted -> model.accepted(
                        accepted, serverTime, world.settings().times().policy().guard()))
                .ifPresent(problem -> broken.accept(packet.device() + ": " + problem));
        if (packet.leg() == Leg.ACKNOWLEDGEMENT) {
            model.resultsAccepted(serverTime);
        }
        if (Codec.decodeReply(response.payload()) instanceof Decoded.Message<Reply>(Reply reply)) {
            if (packet.leg() == Leg.ACKNOWLEDGEMENT && !reply.commands().isEmpty()) {
                broken.accept(packet.device() + ": the answer to results carries commands (promise 1)");
            }
            counter.ifPresent(of -> manners.answers(packet.device(), of, reply));
            reply.commands().forEach(command -> platformKnows(packet.device(), command));
            manners.orders(packet.device(), response, reply);
            model.sealed(reply.status().claimed());
        }
    }

    /** Which heartbeat a request is. */
    static Optional<Counter> counter(DeviceModel model, Request request) {
        return model.counterOf(request)
                .or(() -> Codec.decodeHeartbeat(request.payload())
                                instanceof Decoded.Message<Heartbeat>(Heartbeat heartbeat)
                        ? Optional.of(heartbeat.counter())
                        : Optional.empty());
    }

    /** A device is never left with a credential that its platform does not know (requirements, section 7). */
    private void platformKnows(RotPublicUid device, Command command) {
        if (command instanceof Command.SetCertificate set) {
            Bytes fingerprint = set.chain().getFirst().sha256();
            // What is not on record was put into the reply by a fault.
            if (!world.platform().knows(fingerprint) && isOnRecord(fingerprint)) {
                broken.accept(device + ": the reply carries a certificate that its platform does not know");
            }
        }
    }

    /** A domain has got an answer to an instruction. */
    void instructed(String domain, Instruction instruction, OperationService.Answer answer) {
        store.ownership.instructed(domain, answer);
        world.server().store().read(view -> {
            admission.instructed(
                    view,
                    world.server().clock().instant(),
                    domain,
                    instruction,
                    answer.device(),
                    answer.error() == null);
            return true;
        });
        if (answer.error() != null) {
            return;
        }
        switch (instruction) {
            case Instruction.Delete _ -> model(answer.device()).askedToDelete();
            case Instruction.Transfer(String rootCa, String _) ->
                world.server()
                        .store()
                        .read(view -> view.rootCa(rootCa))
                        .ifPresent(found -> store.ownership.allow(answer.device(), found.domain()));
            case Instruction.Provision _, Instruction.Renew _, Instruction.Update _, Instruction.Revoke _ -> {}
        }
    }

    /** The server's data is about to be written. */
    void writing() {
        dirty = true;
    }

    /** Runs after every event of the world. */
    void afterEvent() {
        if (failure != null) {
            throw failure;
        }
        for (RotPublicUid uid = touched.poll(); uid != null; uid = touched.poll()) {
            look(world.device(uid));
        }
        if (dirty) {
            dirty = false;
            checks++;
            world.server().store().read(this::written);
        }
    }

    private boolean written(View view) {
        store.all().forEach(promises -> promises.written(view));
        return true;
    }

    private void look(SimulatedDevice device) {
        if (device.isOn() && device.module().isOn()) {
            checks++;
            credentials
                    .look(device.uid(), device.module().rootOfTrust(), model(device.uid()))
                    .ifPresent(serial -> world.note(device.uid(), "uses certificate", serial.toString(16)));
        }
    }

    /** Compares the books at a moment when every device has reported (promise 4), and has had the time to be told. */
    public void balance() {
        Map<RotPublicUid, Set<Bytes>> used = new LinkedHashMap<>();
        world.cast()
                .forEach(device -> used.put(device.uid(), model(device.uid()).used()));
        failOnFirst(world.server().store().read(view -> Books.problems(view, used, cloned)));
        failOnFirst(world.server().store().read(view -> Keys.problems(view, used)));
        world.server().store().read(view -> {
            admission.end(
                    view,
                    world.server().clock().instant(),
                    world.settings().times().policy().planLimit().developerDevices());
            return true;
        });
        world.server().store().read(view -> {
            store.all().forEach(promises -> promises.end(view));
            return true;
        });
    }

    /** Checks that every device has what is wanted, and that the server knows it (promise 6). */
    public void converged() {
        failOnFirst(disagreements());
        credentials.fingerprints().keySet().forEach(this::holds);
    }

    /** A device that has all it wants shows itself as provisioned (requirements, section 3.5). */
    private void holds(RotPublicUid uid) {
        admission.holds(uid);
        SimulatedDevice device = world.device(uid);
        if (device.isOn()
                && device.module().isOn()
                && !device.module().security().status().claimed()) {
            broken.accept(uid + ": is provisioned and does not show it");
        }
    }

    /** Whether that is so now; it is not while a device and the server are about to change something. */
    boolean haveConverged() {
        return disagreements().isEmpty();
    }

    private List<String> disagreements() {
        Map<RotPublicUid, Bytes> held = credentials.fingerprints();
        Map<RotPublicUid, Optional<Bytes>> present = new LinkedHashMap<>();
        world.cast().forEach(device -> present.put(device.uid(), Optional.ofNullable(held.get(device.uid()))));
        return world.server().store().read(view -> Books.disagreements(view, present));
    }

    /**
     * What is known of the server's data now; run it when the data is put back to what it is now. What a device used
     * meanwhile and uses no more, nobody will ever report.
     */
    Runnable backup() {
        afterEvent();
        StorePart then = store.copy();
        return () -> {
            store = then.copy();
            admission.serverForgets();
            manners.forget();
            Map<RotPublicUid, Bytes> inUse = credentials.fingerprints();
            models.forEach((uid, model) ->
                    model.serverForgets(fingerprint -> fingerprint.equals(inUse.get(uid)) || wasReported(fingerprint)));
        };
    }

    private boolean wasReported(Bytes fingerprint) {
        return world.server()
                .store()
                .read(view -> view.certificate(fingerprint))
                .filter(certificate -> switch (certificate.state()) {
                    case EFFECTIVE, REPLACED, REMOVED -> true;
                    case ISSUED, SUPERSEDED, REFUSED -> false;
                })
                .isPresent();
    }

    private boolean isOnRecord(Bytes fingerprint) {
        return world.server()
                .store()
                .read(view -> view.certificate(fingerprint))
                .isPresent();
    }

    private void failOnFirst(List<String> problems) {
        problems.stream().findFirst().ifPresent(broken);
    }

    /** Ends the run, by a {@link PromiseBroken} that says which promise does not hold. */
    Consumer<String> broken() {
        return broken;
    }
}
