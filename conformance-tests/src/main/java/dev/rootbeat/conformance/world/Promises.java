package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.model.DeviceModel;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkObserver;
import dev.rootbeat.sim.Packet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks the promises of the protocol, section 5, after every event: it watches the network and the devices, keeps the
 * reference model of every device, and compares. What an event cannot have changed is not looked at.
 */
public final class Promises implements NetworkObserver {

    private final World world;
    private final Map<RotPublicUid, DeviceModel> models = new TreeMap<>();
    private final Set<RotPublicUid> touched = new LinkedHashSet<>();
    private final Map<RotPublicUid, Bytes> credentials = new LinkedHashMap<>();
    private final Map<RotPublicUid, String> privateKeys = new TreeMap<>();
    private long checks;

    Promises(World world) {
        this.world = world;
    }

    /** Wraps a device's behaviour so that every command that has run has its device looked at. */
    Behaviour watching(Behaviour inner) {
        return new Behaviour() {
            @Override
            public Heartbeat heartbeat(RotPublicUid device, Heartbeat heartbeat) {
                return inner.heartbeat(device, heartbeat);
            }

            @Override
            public Results results(RotPublicUid device, Results results) {
                return inner.results(device, results);
            }

            @Override
            public Reply reply(RotPublicUid device, Reply reply) {
                return inner.reply(device, reply);
            }

            @Override
            public Command command(RotPublicUid device, Command command) {
                return inner.command(device, command);
            }

            @Override
            public Result result(RotPublicUid device, Command command, Result result) {
                touched.add(device);
                world.note(
                        device.toString(),
                        command.getClass().getSimpleName() + " -> "
                                + result.getClass().getSimpleName());
                return inner.result(device, command, result);
            }
        };
    }

    /** How many looks at a device there were. */
    public long checks() {
        return checks;
    }

    /** The reference model of a device. */
    public DeviceModel model(RotPublicUid device) {
        return models.computeIfAbsent(device, _ -> new DeviceModel());
    }

    @Override
    public void see(Packet packet, Fate fate) {
        Response response = packet.response();
        touched.add(packet.device());
        Bytes payload = response == null ? packet.request().payload() : response.payload();
        if (fate == Fate.SENT) {
            noPrivateKeyIn(payload, packet.device());
        }
        if (fate == Fate.SENT && response != null) {
            answered(packet, response);
        }
        String code = response == null ? "" : " " + response.code();
        world.note(packet.device().toString(), packet.leg() + code + " " + fate);
    }

    /** The server has answered: what it accepted is the truth from now on. */
    private void answered(Packet packet, Response response) {
        if (response.code() != Response.Code.CHANGED) {
            return;
        }
        if (packet.leg() == Leg.REPLY
                && Codec.decodeHeartbeat(packet.request().payload())
                        instanceof Decoded.Message<Heartbeat>(Heartbeat heartbeat)) {
            Counter counter = heartbeat.counter();
            model(packet.device())
                    .accepted(
                            counter,
                            world.serverClock().instant(),
                            world.settings().policy().guard())
                    .ifPresent(broken -> fail(packet.device() + ": " + broken));
        }
        if (Codec.decodeReply(response.payload()) instanceof Decoded.Message<Reply>(Reply reply)) {
            if (packet.leg() == Leg.ACKNOWLEDGEMENT && !reply.commands().isEmpty()) {
                fail(packet.device() + ": the answer to results carries commands (promise 1)");
            }
            model(packet.device()).sealed(reply.status().claimed());
        }
    }

    private void noPrivateKeyIn(Bytes payload, RotPublicUid device) {
        String key = privateKeys.get(device);
        if (key != null && payload.hex().contains(key)) {
            fail(device + ": a message holds the private key (promise 3)");
        }
    }

    /** Runs after every event of the world. */
    void afterEvent() {
        for (RotPublicUid uid : touched) {
            world.devices().stream().filter(device -> device.uid().equals(uid)).forEach(this::holdsOneCredential);
        }
        touched.clear();
    }

    private void holdsOneCredential(SimulatedDevice device) {
        if (!device.isOn() || !device.module().isOn()) {
            return;
        }
        checks++;
        SlotReport report = device.module().rootOfTrust().report().get(SlotReport.MANAGED);
        CertificateRef certificate = report.certificate();
        DeviceModel model = model(device.uid());
        if (certificate == null) {
            if (model.isProvisioned() && !model.mayBeEmpty()) {
                fail(device.uid() + ": holds no credential (promise 2)");
            }
            credentials.remove(device.uid());
            return;
        }
        if (certificate.fingerprint().equals(credentials.get(device.uid()))) {
            return;
        }
        Credential credential = device.module()
                .rootOfTrust()
                .credential(SlotReport.MANAGED)
                .orElseThrow(() -> broken(device.uid() + ": reports a certificate and has no credential (promise 2)"));
        CredentialCheck.problem(credential).ifPresent(problem -> fail(device.uid() + ": " + problem + " (promise 2)"));
        credentials.put(device.uid(), certificate.fingerprint());
        privateKeys.put(device.uid(), CredentialCheck.scalar(credential).hex());
        model.switchedTo(certificate.fingerprint());
        world.note(
                device.uid().toString(),
                "uses certificate " + certificate.serialNumber().toString(16));
    }

    /**
     * Compares the books at a moment when every device has reported: bills and notifications are those of the
     * certificates that took effect, and no clone was suspected.
     */
    public void balance() {
        List<BillingEvent> billed = world.store().read(view -> view.billingEvents());
        var seen = new HashSet<String>();
        for (BillingEvent event : billed) {
            if (!seen.add(event.issuer() + event.serialNumber())) {
                fail("certificate " + event.serialNumber().toString(16) + " is billed twice (promise 4)");
            }
        }
        for (SimulatedDevice device : world.devices()) {
            balance(device.uid(), seen);
        }
        world.store().read(view -> view.notifications()).stream()
                .filter(notification -> notification.kind() == Notification.Kind.CLONE_SUSPECTED)
                .findFirst()
                .ifPresent(notification ->
                        fail(notification.device() + ": a clone is suspected: " + notification.subject()));
    }

    private void balance(RotPublicUid uid, Set<String> billed) {
        Device device = world.store().read(view -> view.device(uid)).orElseThrow(() -> broken(uid + ": is lost"));
        if (device.frozen() != null) {
            fail(uid + ": is frozen");
        }
        List<IssuedCertificate> certificates = world.store().read(view -> view.certificates(uid));
        Set<Bytes> used = model(uid).used();
        for (IssuedCertificate certificate : certificates) {
            boolean tookEffect = used.contains(certificate.fingerprint());
            boolean isBilled = billed.contains(certificate.issuer() + certificate.serialNumber());
            if (isBilled && !tookEffect) {
                fail(uid + ": " + certificate.serialNumber().toString(16)
                        + " is billed and never took effect (promise 4)");
            }
            if (tookEffect && certificate.billedAs() != null && !isBilled) {
                fail(uid + ": " + certificate.serialNumber().toString(16)
                        + " took effect and is not billed (promise 4)");
            }
        }
    }

    /** Checks that every device has what is wanted, and that the server knows it (promise 6). */
    public void converged() {
        for (SimulatedDevice device : world.devices()) {
            RotPublicUid uid = device.uid();
            if (!world.store().read(view -> view.openOperations(uid)).isEmpty()) {
                fail(uid + ": still owes an operation (promise 6)");
            }
            Bytes present = credentials.get(uid);
            List<IssuedCertificate> effective = world.store().read(view -> view.certificates(uid)).stream()
                    .filter(certificate -> certificate.state() == IssuedCertificate.State.EFFECTIVE)
                    .toList();
            boolean agreed = present == null
                    ? effective.isEmpty()
                    : effective.size() == 1
                            && effective.getFirst().fingerprint().equals(present);
            if (!agreed) {
                fail(uid + ": device and server do not agree on the certificate in use (promise 6)");
            }
        }
    }

    private void fail(String what) {
        throw broken(what);
    }

    private PromiseBroken broken(String what) {
        return new PromiseBroken(what, world.log(), world.settings().seed());
    }
}
