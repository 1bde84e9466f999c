package dev.rootbeat.module.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootbeat.module.credential.TestAuthority;
import dev.rootbeat.module.tls.RotSecrets;
import dev.rootbeat.module.tls.SocketHost;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT by AT, at brokers of the {@code mosquitto} package (AT reference, section 4.3). */
class MosquittoTest {

    private static final KeyPair KEYS = TestAuthority.keys("EC", 256);
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=root", TestAuthority.keys("EC", 256));
    private static final TestAuthority STRANGER = new TestAuthority("CN=stranger", TestAuthority.keys("EC", 256));
    private static final String ANYBODY = "allow_anonymous true";

    @TempDir
    private Path folder;

    private final SocketHost host = new SocketHost(RotSecrets.NONE, TestAuthority.NOW);

    @BeforeAll
    static void mosquitto_is_installed() {
        assumeTrue(MosquittoBroker.isInstalled(), "skipped: no mosquitto on this machine");
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void set(String... settings) {
        for (String setting : settings) {
            assertThat(host.send("AT" + setting)).as(setting).contains("\r\nOK\r\n");
        }
    }

    /** Logs in, and returns what that comes to. */
    private String login(MosquittoBroker broker) {
        set("+UMQTT=3,\"127.0.0.1\"," + broker.port(), "+UMQTTC=1");
        return host.hear("+UUMQTTC: 1,").replaceAll("(?s).*UUMQTTC: 1,([0-9]).*", "$1");
    }

    private void store(int type, String name, String pem) {
        assertThat(host.send("AT+USECMNG=0," + type + ",\"" + name + "\"," + pem.length(), '>', pem))
                .endsWith("\r\nOK\r\n");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String[] secure() throws IOException {
        return new String[] {
            "allow_anonymous true",
            "require_certificate true",
            "cafile " + file("ca.pem", AUTHORITY.pem()),
            "certfile " + file("cert.pem", Pem.certificate(AUTHORITY.issue("CN=broker", KEYS, "127.0.0.1"))),
            "keyfile " + file("key.pem", key())
        };
    }

    private static String key() {
        return Pem.privateKey(Bytes.of(KEYS.getPrivate().getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void octets_come_back_from_the_broker_at_each_quality_of_service(int qos) throws IOException {
        try (MosquittoBroker broker = new MosquittoBroker(folder, ANYBODY)) {
            assertThat(login(broker)).isEqualTo("1");
            set("+UMQTTC=4," + qos + ",\"to/#\"");
            host.hear("+UUMQTTC: 4,1," + qos + ",\"to/#\"");
            String octets = "\0\r\n\"\u00ff>@ AT+CGMI\r";
            assertThat(host.send("AT+UMQTTC=9," + qos + ",0,\"to/me\"," + octets.length(), '>', octets))
                    .contains("OK");
            host.hear("+UUMQTTC: 9,1");
            host.hear("+UUMQTTC: 6,1");
            assertThat(host.send("AT+UMQTTC=6,1"))
                    .contains("+UMQTTC: 6," + qos + "," + (octets.length() + 5) + ",5,\"to/me\"," + octets.length()
                            + ",\"" + octets + "\"\r\n\r\nOK");
            set("+UMQTTC=5,\"to/#\"");
            host.hear("+UUMQTTC: 5,1");
            set("+UMQTTC=0");
            host.hear("+UUMQTTC: 0,1");
            broker.awaitLog("disconnected.");
        }
    }

    @Test
    void a_file_is_published_and_the_broker_retains_it() throws IOException {
        try (MosquittoBroker broker = new MosquittoBroker(folder, ANYBODY)) {
            assertThat(login(broker)).isEqualTo("1");
            String text = "x".repeat(5000);
            assertThat(host.send("AT+UDWNFILE=\"large\",5000", '>', text)).contains("OK");
            set("+UMQTTC=3,1,1,\"t\",\"large\"");
            host.hear("+UUMQTTC: 3,1");
            set("+UMQTTC=4,0,\"t\"");
            host.hear("+UUMQTTC: 6,1");
            assertThat(host.send("AT+UMQTTC=6")).contains("\"t\",5000,\"" + text + "\"");
        }
    }

    @Test
    void a_will_is_published_when_the_module_is_lost_and_not_when_it_logs_out() throws IOException {
        try (MosquittoBroker broker = new MosquittoBroker(folder, ANYBODY);
                SocketHost other = new SocketHost(RotSecrets.NONE, TestAuthority.NOW)) {
            set("+UMQTT=8,\"will\"", "+UMQTT=9,\"gone\"");
            assertThat(login(broker)).isEqualTo("1");
            other.send("AT+UMQTT=0,\"other\"");
            other.send("AT+UMQTT=2,\"localhost\"," + broker.port());
            other.send("AT+UMQTTC=1");
            other.hear("+UUMQTTC: 1,1");
            other.send("AT+UMQTTC=4,0,\"will\"");
            other.hear("+UUMQTTC: 4,1,0");
            set("+UMQTTC=0");
            host.hear("+UUMQTTC: 0,1");
            assertThat(login(broker)).isEqualTo("1");
            host.loseNetwork();
            host.hear("+UUMQTTC: 0,101");
            other.hear("+UUMQTTC: 6,");
            assertThat(other.send("AT+UMQTTC=6")).containsOnlyOnce("+UMQTTC: 6,0,8,4,\"will\",4,\"gone\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"right,1", "wrong,0"})
    void a_password_has_to_be_right(String password, String outcome) throws Exception {
        Path passwords = MosquittoBroker.passwords(folder, "user", "right");
        try (MosquittoBroker broker =
                new MosquittoBroker(folder, "allow_anonymous false", "password_file " + passwords)) {
            set("+UMQTT=4,\"user\",\"" + password + "\"");
            assertThat(login(broker)).isEqualTo(outcome);
            assertThat(host.send("AT+UMQTTER")).contains(outcome.equals("1") ? "+UMQTTER: 0,0" : "+UMQTTER: 13,0");
        }
    }

    @Test
    void a_broker_that_dies_is_told() throws IOException {
        try (MosquittoBroker broker = new MosquittoBroker(folder, ANYBODY)) {
            assertThat(login(broker)).isEqualTo("1");
        }
        host.hear("+UUMQTTC: 0,101");
        assertThat(host.send("AT+UMQTTC=2,0,0,0,\"t\",\"m\"")).endsWith("ERROR\r\n");
    }

    @Test
    void pings_keep_the_connection_alive_and_without_them_it_ends() throws IOException {
        try (MosquittoBroker broker = new MosquittoBroker(folder, ANYBODY)) {
            set("+UMQTT=10,1");
            assertThat(login(broker)).isEqualTo("1");
            set("+UMQTTC=8,1");
            broker.awaitLog("Sending PINGRESP");
            set("+UMQTTC=8,0");
            host.hear("+UUMQTTC: 0,100");
        }
    }

    @Test
    void a_session_that_is_kept_delivers_what_came_meanwhile() throws IOException {
        try (MosquittoBroker broker = new MosquittoBroker(folder, ANYBODY)) {
            set("+UMQTT=12,0");
            assertThat(login(broker)).isEqualTo("1");
            set("+UMQTTC=4,2,\"t\"");
            host.hear("+UUMQTTC: 4,1,2");
            set("+UMQTTC=0");
            host.hear("+UUMQTTC: 0,1");
            set("+UMQTT=0,\"other\"");
            assertThat(login(broker)).isEqualTo("1");
            set("+UMQTTC=2,2,0,0,\"t\",\"meanwhile\"");
            host.hear("+UUMQTTC: 2,1");
            set("+UMQTTC=0");
            host.hear("+UUMQTTC: 0,1");
            set("+UMQTT=0,\"\"");
            assertThat(login(broker)).isEqualTo("1");
            host.hear("+UUMQTTC: 6,1");
            assertThat(host.send("AT+UMQTTC=6")).contains("+UMQTTC: 6,2,10,1,\"t\",9,\"meanwhile\"");
        }
    }

    @Test
    void an_imported_credential_logs_in_by_mutual_tls() throws IOException {
        store(0, "ca", AUTHORITY.pem());
        store(1, "cert", Pem.certificate(AUTHORITY.issue("CN=device", KEYS, null)));
        store(2, "key", key());
        set("+USECPRF=2,0,3", "+USECPRF=2,3,\"ca\"", "+USECPRF=2,5,\"cert\"", "+USECPRF=2,6,\"key\"", "+UMQTT=11,1,2");
        try (MosquittoBroker broker = new MosquittoBroker(folder, secure())) {
            assertThat(login(broker)).isEqualTo("1");
            set("+UMQTTC=4,1,\"t\"");
            host.hear("+UUMQTTC: 4,1,1");
            set("+UMQTTC=2,1,0,0,\"t\",\"secret\"");
            host.hear("+UUMQTTC: 6,1");
            assertThat(host.send("AT+UMQTTC=6,1")).contains("\"secret\"");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_side_that_is_not_trusted_ends_the_login(boolean broker) throws IOException {
        store(0, "ca", broker ? STRANGER.pem() : AUTHORITY.pem());
        store(1, "cert", Pem.certificate((broker ? AUTHORITY : STRANGER).issue("CN=device", KEYS, null)));
        store(2, "key", key());
        set("+USECPRF=2,0,3", "+USECPRF=2,3,\"ca\"", "+USECPRF=2,5,\"cert\"", "+USECPRF=2,6,\"key\"", "+UMQTT=11,1,2");
        try (MosquittoBroker started = new MosquittoBroker(folder, secure())) {
            assertThat(login(started)).isEqualTo("0");
            assertThat(host.send("AT+UMQTTER")).contains("+UMQTTER: 13,8");
        }
    }
}
