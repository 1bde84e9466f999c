package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.model.RootCa;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyCertificatesTest {

    private static final RotPublicUid DEVICE = RotPublicUid.parse("0a04f008003c9623");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final P256 p256 = FastP256.ofJdk();
    private final CertificateAuthority authority =
            new CertificateAuthority(p256, new SecureRandom(), "http://127.0.0.1:1");
    private final RootCa rootCa =
            authority.create("ours", "home", "Ours", Duration.ofDays(1_000), Duration.ofDays(90), null, NOW);
    private final KeyPair pair = p256.generateKeyPair();
    private final Command.SetCertificate ordered = new Command.SetCertificate(
            7,
            1,
            List.of(authority
                    .issue(rootCa, DEVICE, Bytes.of(pair.getPublic().getEncoded()), NOW, List.of(), null)
                    .certificate()),
            List.of(rootCa.certificate()));

    @Test
    void without_a_fault_a_device_gets_what_was_signed() {
        assertThat(spoilt("crl stale")).isEqualTo(ordered);
    }

    @Test
    void a_certificate_of_a_wrong_issuer_is_signed_by_none_of_the_anchors_that_come_with_it() throws Exception {
        Command.SetCertificate spoilt = spoilt("certificate wrong-issuer");
        X509Certificate certificate = certificate(spoilt.chain().getFirst());

        assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
        certificate.checkValidity(Date.from(NOW));
        assertThatThrownBy(() -> certificate.verify(
                        certificate(spoilt.trustAnchors().getFirst()).getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void a_certificate_for_a_wrong_key_is_right_in_everything_else() throws Exception {
        Command.SetCertificate spoilt = spoilt("certificate wrong-key");
        X509Certificate certificate = certificate(spoilt.chain().getFirst());

        assertThat(certificate.getPublicKey()).isNotEqualTo(pair.getPublic());
        certificate.checkValidity(Date.from(NOW));
        certificate.verify(certificate(spoilt.trustAnchors().getFirst()).getPublicKey());
    }

    @Test
    void an_expired_certificate_is_right_in_everything_else() throws Exception {
        Command.SetCertificate spoilt = spoilt("certificate expired");
        X509Certificate certificate = certificate(spoilt.chain().getFirst());

        assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
        assertThatThrownBy(() -> certificate.checkValidity(Date.from(NOW)))
                .isInstanceOf(CertificateExpiredException.class);
        certificate.verify(certificate(spoilt.trustAnchors().getFirst()).getPublicKey());
        certificate(spoilt.trustAnchors().getFirst()).checkValidity(Date.from(NOW));
    }

    private Command.SetCertificate spoilt(String fault) {
        var behaviour = new FaultyCertificates(
                Behaviour.NONE, new Faults(List.of(Fault.parse(fault)), 0), authority, p256, InstantSource.fixed(NOW));
        Reply reply = behaviour.reply(
                DEVICE, new Reply(NOW, Duration.ofHours(24), DeviceStatus.SEALED, List.of(), List.of(ordered)));
        var command = (Command.SetCertificate) reply.commands().getFirst();
        assertThat(command.id()).isEqualTo(ordered.id());
        assertThat(command.slot()).isEqualTo(ordered.slot());
        return command;
    }

    private static X509Certificate certificate(Bytes der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
    }
}
