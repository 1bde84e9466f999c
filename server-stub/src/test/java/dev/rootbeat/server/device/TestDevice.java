package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.CertificateRequests;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.IssuedCertificate;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A device in the hands of a test: it says what the test wants, and does what it is ordered, unchecked. */
final class TestDevice {

    final RotPublicUid uid;
    Counter counter = new Counter(1, 0);
    String product = "SARA-R510M8S-01B-00";

    @Nullable
    Seal seal;

    /** What it answers to every command instead of doing it; null if it does what it is told. */
    @Nullable
    Refusal refusal;

    SlotReport slot = SlotReport.empty(SlotReport.MANAGED);
    private final Site site;
    private final List<Result> results = new ArrayList<>();
    private List<Bytes> chain = List.of();
    private @Nullable KeyPair pendingKey;

    TestDevice(Site site, long number) {
        this.site = site;
        this.uid = new RotPublicUid(number);
    }

    /** A device with its first certificate, whose guard interval has passed. */
    static TestDevice provisioned(Site site, long number) {
        var device = new TestDevice(site, number);
        device.beat();
        device.seal = new Seal(Site.PROFILE, "serial-" + number);
        device.beat();
        device.beat();
        assertThat(device.slot.certificate()).isNotNull();
        site.clock.step(site.policy.guard());
        return device;
    }

    /** A whole heartbeat, which is accepted: what the reply orders is done, and the results are sent. */
    Reply beat() {
        Reply reply = hear();
        return reply.commands().isEmpty() ? reply : read(sendResults());
    }

    /** A whole heartbeat after the guard interval. */
    Reply laterBeat() {
        site.clock.step(site.policy.guard());
        return beat();
    }

    /** A heartbeat, which is accepted: what the reply orders is done, and the results are lost. */
    Reply hear() {
        return run(send());
    }

    /** Does what a reply orders. */
    Reply run(Response response) {
        Reply reply = read(response);
        results.removeIf(result -> reply.acknowledged().contains(result.id()));
        reply.commands().forEach(command -> results.add(run(command)));
        return reply;
    }

    /** A heartbeat whose reply is lost. */
    Response send() {
        counter = new Counter(counter.boot(), counter.beat() + 1);
        return send(counter);
    }

    /** A heartbeat of this counter whose reply is lost. */
    Response send(Counter numbered) {
        return post(Request.HEARTBEAT, heartbeat(numbered));
    }

    /** A heartbeat of this counter, for a test that sends it itself. */
    Bytes heartbeat(Counter numbered) {
        byte[] nonce = new byte[Heartbeat.NONCE_OCTETS];
        site.random.nextBytes(nonce);
        return Codec.encode(new Heartbeat(
                Heartbeat.VERSION,
                numbered,
                Bytes.of(nonce),
                product,
                "03.15,A00.01",
                seal,
                Reason.SCHEDULED,
                List.of(slot),
                List.copyOf(results)));
    }

    /** Sends the results of the last heartbeat's commands; the answer is lost. */
    Response sendResultsAgain() {
        return post(Request.RESULTS, Codec.encode(new Results(counter, List.copyOf(results))));
    }

    /** Sends the results of the last heartbeat's commands; those that are acknowledged are forgotten. */
    Response sendResults() {
        Response response = sendResultsAgain();
        if (response.code() == Response.Code.CHANGED) {
            results.removeIf(result -> read(response).acknowledged().contains(result.id()));
        }
        return response;
    }

    /** It loses what is in its slot, as no sound device does. */
    void losesEverything() {
        slot = SlotReport.empty(SlotReport.MANAGED);
    }

    /** The certificate in use as it is on record. */
    IssuedCertificate certificate() {
        Bytes fingerprint = Objects.requireNonNull(slot.certificate()).fingerprint();
        return site.store.read(view -> view.certificate(fingerprint)).orElseThrow();
    }

    static Reply read(Response response) {
        assertThat(response.code()).as(text(response)).isEqualTo(Response.Code.CHANGED);
        return switch (Codec.decodeReply(response.payload())) {
            case Decoded.Message<Reply>(Reply reply) -> reply;
            case Decoded.Malformed<Reply> malformed -> throw new AssertionError(malformed.diagnostic());
        };
    }

    /** The diagnostic sentence of an error. */
    static String text(Response response) {
        return new String(response.payload().toArray(), StandardCharsets.UTF_8);
    }

    private Response post(String path, Bytes message) {
        var answer = new CompletableFuture<Response>();
        site.heartbeats().handle(uid, new Request(path, message), answer::complete);
        return answer.join();
    }

    private Result run(Command command) {
        if (refusal != null) {
            return new Result.Refused(command.id(), refusal);
        }
        return switch (command) {
            case Command.GenerateKeyPair(long id, int _, var _) -> {
                KeyPair generated = site.p256.generateKeyPair();
                pendingKey = generated;
                slot = new SlotReport(slot.slot(), slot.activeKey(), slot.certificate(), thumbprint(generated));
                yield new Result.KeyPairGenerated(id, CertificateRequests.create(site.p256, generated, uid));
            }
            case Command.SetCertificate(long id, int _, List<Bytes> sent, List<Bytes> _) -> {
                set(sent);
                yield new Result.Done(id);
            }
            case Command.DeleteCredential(long id, int _) -> {
                losesEverything();
                yield new Result.Done(id);
            }
            case Command.ReadCertificate(long id, int _) -> new Result.CertificateRead(id, chain);
            case Command.Unknown(long id, int _) -> new Result.Unsupported(id);
        };
    }

    private void set(List<Bytes> sent) {
        chain = sent;
        Bytes fingerprint = sent.getFirst().sha256();
        IssuedCertificate issued =
                site.store.read(view -> view.certificate(fingerprint)).orElseThrow();
        boolean forPending = pendingKey != null
                && Bytes.of(pendingKey.getPublic().getEncoded()).equals(issued.publicKey());
        slot = new SlotReport(
                slot.slot(),
                issued.publicKey().sha256(),
                new CertificateRef(fingerprint, issued.serialNumber()),
                forPending ? null : slot.pendingKey());
    }

    private static Bytes thumbprint(KeyPair pair) {
        return Bytes.of(pair.getPublic().getEncoded()).sha256();
    }
}
