package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.IssuedCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Messages to bytes and back: what both ends do with each. */
@State(Scope.Benchmark)
public class CodecBenchmark {

    private final IssuedCertificate certificate = new CertificateBenchmark().issue();
    private final Heartbeat heartbeat =
            new Peer(new RotPublicUid(1), certificate.publicKey().sha256(), certificate).heartbeat();
    private final Reply reply = new Reply(
            Instant.parse("2026-01-01T00:00:00Z"),
            Duration.ofMinutes(5),
            DeviceStatus.SEALED,
            List.of(),
            List.of(new Command.SetCertificate(
                    Long.MAX_VALUE,
                    SlotReport.MANAGED,
                    List.of(certificate.certificate()),
                    List.of(certificate.certificate()))));

    /** An idle heartbeat. */
    @Benchmark
    public Decoded<Heartbeat> heartbeat() {
        Bytes octets = Codec.encode(heartbeat);
        return Codec.decodeHeartbeat(octets);
    }

    /** A reply that brings a certificate. */
    @Benchmark
    public Decoded<Reply> reply() {
        Bytes octets = Codec.encode(reply);
        return Codec.decodeReply(octets);
    }
}
