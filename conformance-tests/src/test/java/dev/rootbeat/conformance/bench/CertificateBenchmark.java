package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.RootCa;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The issue of a device certificate: serial number, structure, signature. */
@State(Scope.Benchmark)
public class CertificateBenchmark {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final FastP256 p256 = FastP256.ofThisMachine();
    private final CertificateAuthority authority =
            new CertificateAuthority(p256, new SecureRandom(), "http://127.0.0.1:8080");
    private final RootCa rootCa =
            authority.create("root", "home", "Root", Duration.ofDays(3650), Duration.ofDays(90), null, NOW);
    private final Bytes key = Bytes.of(p256.generateKeyPair().getPublic().getEncoded());
    private final RotPublicUid uid = new RotPublicUid(1);

    /** A certificate. */
    @Benchmark
    public IssuedCertificate issue() {
        return authority.issue(rootCa, uid, key, NOW, List.of(), null);
    }
}
