package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.model.Books;
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
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkObserver;
import dev.rootbeat.sim.Packet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            reply.commands().forEach(command -> platformKnows(packet.device(), command));
            model(packet.device()).sealed(reply.status().claimed());
        }
    }

    /** A device is never left with a credential that its platform does not know (requirements, section 7). */
    private void platformKnows(RotPublicUid device, Command command) {
        if (command instanceof Command.SetCertificate set) {
            Bytes fingerprint = set.chain().getFirst().sha256();
            // What is not on record was put into the reply by a fault.
            if (!world.platform().knows(fingerprint)
                    && world.store().read(view -> view.certificate(fingerprint)).isPresent()) {
                fail(device + ": the reply carries a certificate that its platform does not know");
            }
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

    /** Compares the books at a moment when every device has reported (promise 4). */
    public void balance() {
        Map<RotPublicUid, Set<Bytes>> used = new LinkedHashMap<>();
        world.devices()
                .forEach(device -> used.put(device.uid(), model(device.uid()).used()));
        failOnFirst(world.store().read(view -> Books.problems(view, used)));
    }

    /** Checks that every device has what is wanted, and that the server knows it (promise 6). */
    public void converged() {
        Map<RotPublicUid, Optional<Bytes>> present = new LinkedHashMap<>();
        world.devices()
                .forEach(device -> present.put(device.uid(), Optional.ofNullable(credentials.get(device.uid()))));
        failOnFirst(world.store().read(view -> Books.disagreements(view, present)));
    }

    private void failOnFirst(List<String> problems) {
        problems.stream().findFirst().ifPresent(this::fail);
    }

    private void fail(String what) {
        throw broken(what);
    }

    private PromiseBroken broken(String what) {
        return new PromiseBroken(what, world.log(), world.settings().seed());
    }
}
