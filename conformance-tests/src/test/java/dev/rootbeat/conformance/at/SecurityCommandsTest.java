package dev.rootbeat.conformance.at;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.conformance.world.SimulatedDevice;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.module.AtPort;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** AT reference, section 2.2. */
class SecurityCommandsTest {

    private static final Duration GUARD =
            WorldSettings.of(1, 1).times().policy().guard();

    private final World world = new World(WorldSettings.of(1, 1));
    private final SimulatedDevice device = world.devices().getFirst();
    private final StringBuilder heard = new StringBuilder();
    private AtPort port;

    SecurityCommandsTest() {
        device.powerOn();
        world.run(Duration.ZERO.plusMillis(1));
        port = device.module().connect(octets -> heard.append(new String(octets, StandardCharsets.ISO_8859_1)));
        send("ATE0");
        send("AT+CMEE=2");
    }

    @Test
    void a_host_sees_its_module_bootstrapped_seals_it_and_reads_a_credential_that_fits_together() throws Exception {
        assertThat(send("AT+USECROTUID")).isEqualTo("+USECROTUID: \"" + device.uid() + "\" OK");
        assertThat(send("AT+USECDEVINFO?")).isEqualTo("+USECDEVINFO: 0,0,0 OK");
        assertThat(send("AT+USECDEVCERT=1")).isEqualTo("+CME ERROR: SEC ROT not personalized");
        assertThat(send("AT+USECDEVINFO=\"profile\",\"1\"")).isEqualTo("+CME ERROR: SEC ROT not personalized");
        world.run(Duration.ofSeconds(10));
        assertThat(send("AT+USECDEVINFO?")).isEqualTo("+USECDEVINFO: 1,0,1 OK");
        assertThat(send("AT+USECDEVCERT=1")).isEqualTo("+CME ERROR: SEC data not available");

        assertThat(send("AT+USECDEVINFO=\"" + World.PROFILE + "\",\"001010123456780\""))
                .isEqualTo("OK");
        world.run(Duration.ofSeconds(30));

        assertThat(send("AT+USECDEVINFO?")).isEqualTo("+USECDEVINFO: 1,1,1 OK");
        assertThat(send("AT+USECDEVINFO=\"" + World.PROFILE + "\",\"001010123456780\""))
                .isEqualTo("OK");
        assertThat(send("AT+USECDEVINFO=\"" + World.PROFILE + "\",\"other\""))
                .isEqualTo("+CME ERROR: SEC remote object wrong state");
        X509Certificate own = certificate(1);
        own.verify(certificate(2).getPublicKey());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem(0))));
        byte[] signed = signature.sign();
        signature.initVerify(own);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void a_forced_heartbeat_is_answered_when_it_is_done_and_refused_within_the_guard_interval() {
        world.provisionAll();
        world.run(Duration.ofMinutes(1).plus(GUARD));
        assertThat(send("AT+USECCONN")).as("not at once").isEmpty();
        world.run(Duration.ofSeconds(10));
        assertThat(said()).isEqualTo("OK");
        assertThat(send("AT+USECCONN")).isEqualTo("+CME ERROR: operation not allowed");
    }

    @Test
    void without_a_server_a_forced_heartbeat_ends_with_an_error() {
        world.provisionAll();
        world.run(Duration.ofMinutes(1).plus(GUARD));
        world.killServer();
        send("AT+USECCONN");
        world.run(Duration.ofSeconds(150));
        assertThat(said()).isEqualTo("+CME ERROR: SEC loss of connectivity");
    }

    @Test
    void a_port_outlives_a_reboot_and_the_conversation_begins_anew() {
        device.module().reboot();
        assertThat(send("AT")).as("echo is on again").isEqualTo("AT OK");
        port.close();
        assertThat(send("AT")).isEmpty();
    }

    private String send(String line) {
        said();
        port.input((line + "\r").getBytes(StandardCharsets.ISO_8859_1));
        return said();
    }

    /** What the module has said since the last look, its lines joined by spaces. */
    private String said() {
        String text = heard.toString().strip().replaceAll("[\r\n]+", " ");
        heard.setLength(0);
        return text;
    }

    private X509Certificate certificate(int part) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem(part)));
    }

    private byte[] pem(int part) {
        String answer = send("AT+USECDEVCERT=" + part);
        assertThat(answer)
                .startsWith("+USECDEVCERT: " + part + ",\"-----BEGIN ")
                .endsWith("----- \" OK");
        return Base64.getMimeDecoder().decode(answer.replaceAll("^.*?-----BEGIN [A-Z ]+-----|-----END.*$", ""));
    }
}
