package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.CertificateManagerServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a device gets from a whole server, as the operator, the device and openssl see it. */
class CertificatesTest {

    private final CertificateManagerServer server = RealServer.start();
    private final Operator operator = new Operator(server.httpUrl());
    private final RealFleet fleet = new RealFleet(
            1, new SplittableRandom(1), List.of(server.coapsAddress()), ChannelSettings.STANDARD, Behaviour.NONE);
    private final RotPublicUid device = fleet.uids().getFirst();

    CertificatesTest() throws IOException {}

    @AfterEach
    void stop() {
        fleet.close();
        operator.close();
        server.close();
    }

    @Test
    void every_certificate_satisfies_openssl_until_it_is_revoked(@TempDir Path folder) throws Exception {
        var openssl = new Openssl(folder);
        String first = operator.createRootCa("First", Duration.ofDays(90));
        String second = operator.createRootCa("Second", Duration.ofDays(90));
        fleet.seal(operator.createProfile(first));
        await().atMost(Duration.ofSeconds(60)).until(() -> fleet.isSealed(device));
        String provisioned = shown(openssl, first);

        String renewed = after("renew", "", openssl, first);
        String transferred = after("rootca/transfer", second, openssl, second);
        String updated = after("update", "", openssl, second);
        assertThat(List.of(provisioned, renewed, transferred, updated)).doesNotHaveDuplicates();

        instruct("revoke", "");
        String list = operator.crl(second);
        assertThat(openssl.verify(operator.rootCa(second), list, updated)).contains("certificate revoked");
        assertThat(openssl.verify(operator.rootCa(second), list, transferred))
                .as("only what is on the present key is revoked")
                .contains("OK");
        assertThat(Pem.crl(Operator.get(openssl.distributionPoint(updated)))).isEqualTo(list);
        assertThat(Pem.certificate(credential().chain().getFirst()))
                .as("revoked is not removed")
                .isEqualTo(updated);

        assertThat(after("update", "", openssl, second)).isNotEqualTo(updated);
    }

    private String after(String operation, String named, Openssl openssl, String issuer) throws Exception {
        instruct(operation, named);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> operator.certificates(device)
                        .get("Operations")
                        .valueStream()
                        .allMatch(shown -> shown.get("State").asString().equals("EFFECTIVE")));
        return shown(openssl, issuer);
    }

    private void instruct(String operation, String named) throws IOException {
        assertThat(operator.instruct(operation, List.of(device), named))
                .allMatch(answer -> answer.get("Accepted").asBoolean());
    }

    /** The certificate that is in effect, PEM, after operator, device, list and openssl agree on it. */
    private String shown(Openssl openssl, String issuer) throws Exception {
        JsonNode certificate = operator.certificates(device)
                .get("Certificates")
                .valueStream()
                .filter(one -> one.get("State").asString().equals("EFFECTIVE"))
                .reduce((_, last) -> last)
                .orElseThrow();
        String pem = certificate.get("Certificate").asString();
        Credential credential = credential();
        assertThat(Pem.certificate(credential.chain().getFirst())).isEqualTo(pem);
        assertThat(credential.trustAnchors()).map(Pem::certificate).containsExactly(operator.rootCa(issuer));
        assertThat(certificate.get("RootCAID").asString()).isEqualTo(issuer);
        String list = operator.crl(issuer);
        assertThat(Pem.crl(Operator.get(openssl.distributionPoint(pem)))).isEqualTo(list);
        assertThat(openssl.verify(operator.rootCa(issuer), list, pem)).contains("device.pem: OK");
        return pem;
    }

    private Credential credential() {
        return fleet.credential(device).orElseThrow();
    }
}
