package dev.rootbeat.server.ca;

import static dev.rootbeat.server.ca.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Revocation.Reason;
import dev.rootbeat.server.model.RootCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judgement of the {@code openssl} command, by its strict reading of RFC 5280. */
class OpensslTest {

    private final CertificateAuthority authority = Given.authority();
    private final RootCa ca = Given.rootCa(authority);
    private final IssuedCertificate certificate = Given.certificate(authority, ca, NOW);

    @TempDir
    Path folder;

    @BeforeAll
    static void openssl_is_installed() {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "openssl")));
        assumeTrue(installed, "skipped: no openssl command on the PATH");
    }

    @Test
    void a_good_certificate_passes_the_strict_check_with_the_list() throws Exception {
        assertThat(verify(certificate, List.of(), NOW)).contains("device.pem: OK");
    }

    @Test
    void a_revoked_certificate_fails_and_its_successor_passes() throws Exception {
        var successor = Given.certificate(authority, ca, NOW);
        var revoked = List.of(Given.revoked(certificate, Reason.SUPERSEDED));

        assertThat(verify(certificate, revoked, NOW))
                .contains("error 23 at 0 depth lookup: certificate revoked")
                .contains("verification failed");
        assertThat(verify(successor, revoked, NOW)).contains("device.pem: OK");
    }

    @Test
    void certificates_and_lists_beyond_2050_pass_too() throws Exception {
        var late = Instant.parse("2061-07-08T09:10:11Z");
        var lateCa = Given.rootCa(authority, "ca-2", RootCaSettings.MAX_VALIDITY, late);
        var lateCertificate = Given.certificate(authority, lateCa, late);

        assertThat(verify(lateCa, lateCertificate, List.of(), late)).contains("device.pem: OK");
    }

    private String verify(IssuedCertificate device, List<IssuedCertificate> revoked, Instant at) throws Exception {
        return verify(ca, device, revoked, at);
    }

    private String verify(RootCa root, IssuedCertificate device, List<IssuedCertificate> revoked, Instant at)
            throws Exception {
        var crl = authority.crl(root, 0, revoked, at);
        return run(
                "verify",
                "-x509_strict",
                "-crl_check",
                "-no-CApath",
                "-no-CAstore",
                "-attime",
                Long.toString(at.getEpochSecond()),
                "-CAfile",
                file("ca.pem", Pem.certificate(root.certificate())),
                "-CRLfile",
                file("ca.crl.pem", Pem.crl(crl.der())),
                file("device.pem", Pem.certificate(device.certificate())));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            return reader.readAllAsString();
        } finally {
            process.waitFor();
        }
    }
}
