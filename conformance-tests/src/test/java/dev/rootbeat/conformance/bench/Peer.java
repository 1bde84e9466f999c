package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.IssuedCertificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a server sees of a device: it says what it holds, and takes the certificates that it is sent unread. */
final class Peer {

    /** What all devices report. */
    static final String PRODUCT = "SARA-R510M8S-01B-00";

    static final String FIRMWARE = "03.30,A00.01";

    private final RotPublicUid uid;
    private final Bytes thumbprint;
    private CertificateRef present;
    private long beat;

    Peer(RotPublicUid uid, Bytes thumbprint, IssuedCertificate certificate) {
        this.uid = uid;
        this.thumbprint = thumbprint;
        this.present = new CertificateRef(certificate.fingerprint(), certificate.serialNumber());
    }

    /** The next heartbeat, as a provisioned device sends it that has nothing to tell. */
    Heartbeat heartbeat() {
        return new Heartbeat(
                Heartbeat.VERSION,
                new Counter(1, ++beat),
                Bytes.of(new byte[Heartbeat.NONCE_OCTETS]),
                PRODUCT,
                FIRMWARE,
                new Seal("profile", "1"),
                Reason.SCHEDULED,
                List.of(new SlotReport(SlotReport.MANAGED, thumbprint, present, null)),
                List.of());
    }

    /** Hands in the next heartbeat; the reply comes when it is durable. */
    CompletableFuture<Reply> beat(RequestHandler server) {
        return send(server, Request.HEARTBEAT, Codec.encode(heartbeat()));
    }

    /** A heartbeat that brings a certificate, and the result that confirms it; its reply is the last. */
    CompletableFuture<Reply> renew(RequestHandler server) {
        return beat(server).thenCompose(reply -> confirm(server, reply));
    }

    private CompletableFuture<Reply> confirm(RequestHandler server, Reply reply) {
        if (!(reply.commands().getFirst() instanceof Command.SetCertificate order)) {
            throw new IllegalStateException("no certificate came: " + reply);
        }
        Bytes fingerprint = order.chain().getFirst().sha256();
        // The server knows its certificates by their fingerprints.
        present = new CertificateRef(fingerprint, present.serialNumber());
        var results = new Results(new Counter(1, beat), List.of(new Result.Done(order.id())));
        return send(server, Request.RESULTS, Codec.encode(results));
    }

    private CompletableFuture<Reply> send(RequestHandler server, String path, Bytes message) {
        var answer = new CompletableFuture<Response>();
        server.handle(uid, new Request(path, message), answer::complete);
        return answer.thenApply(Peer::read);
    }

    private static Reply read(Response response) {
        if (Codec.decodeReply(response.payload()) instanceof Decoded.Message<Reply>(Reply reply)) {
            return reply;
        }
        throw new IllegalStateException("no reply: " + response);
    }
}
