package dev.rootbeat.module.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootbeat.module.credential.TestAuthority;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.PreSharedKey;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secure sockets by AT, at servers of the {@code openssl} command (AT reference, sections 2.6, 4.1 and 4.3). */
class OpensslSocketsTest {

    private static final KeyPair EC = TestAuthority.keys("EC", 256);
    private static final KeyPair RSA = TestAuthority.keys("RSA", 2048);
    private static final KeyPair SHORT_RSA = TestAuthority.keys("RSA", 1024);
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=root", TestAuthority.keys("EC", 256));
    private static final TestAuthority STRANGER = new TestAuthority("CN=stranger", TestAuthority.keys("EC", 256));
    private static final Bytes PSK = Bytes.ofHex("00112233445566778899aabbccddeeff");
    private static final Bytes PSK_ID = Bytes.ofHex("6465766963652d31");

    @TempDir
    private Path folder;

    private Optional<Credential> provisioned = Optional.empty();
    private Optional<PreSharedKey> psk = Optional.empty();
    private final SocketHost host = new SocketHost(new RotSecrets(() -> provisioned, () -> psk), TestAuthority.NOW);

    @BeforeAll
    static void openssl_is_installed() {
        assumeTrue(OpensslServer.isInstalled(), "skipped: no openssl command on the PATH");
    }

    @AfterEach
    void close() {
        host.close();
    }

    private OpensslServer server(Bytes certificate, KeyPair keys, String... more) throws IOException {
        var options = new ArrayList<>(List.of(
                "-cert",
                file("cert.pem", Pem.certificate(certificate)),
                "-key",
                file("key.pem", Pem.privateKey(Bytes.of(keys.getPrivate().getEncoded()))),
                "-CAfile",
                file("ca.pem", AUTHORITY.pem())));
        options.addAll(List.of(more));
        return new OpensslServer(folder, options);
    }

    private OpensslServer server(KeyPair keys, String... more) throws IOException {
        return server(AUTHORITY.issue("CN=server", keys, "127.0.0.1"), keys, more);
    }

    private OpensslServer pskServer(String... more) throws IOException {
        var options = new ArrayList<>(List.of("-nocert", "-psk", PSK.hex(), "-psk_identity", "device-1"));
        options.addAll(List.of(more));
        return new OpensslServer(folder, options);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private void store(int type, String name, String pem) {
        assertThat(host.send("AT+USECMNG=0," + type + ",\"" + name + "\"," + pem.length(), '>', pem))
                .contains("\r\nOK\r\n");
    }

    private void device(TestAuthority issuer, KeyPair keys) {
        store(1, "cert", Pem.certificate(issuer.issue("CN=device", keys, null)));
        store(2, "key", Pem.privateKey(Bytes.of(keys.getPrivate().getEncoded())));
        profile("5,\"cert\"", "6,\"key\"");
    }

    private void profile(String... settings) {
        for (String setting : settings) {
            assertThat(host.send("AT+USECPRF=0," + setting)).endsWith("\r\nOK\r\n");
        }
    }

    private String connect(OpensslServer server, int protocol) {
        assertThat(host.send("AT+USOCR=" + protocol)).contains("+USOCR: 0");
        host.send("AT+USOSEC=0,1,0");
        return host.send("AT+USOCO=0,\"127.0.0.1\"," + server.port());
    }

    /** What connecting comes to: OK, or the number of the error. */
    private String outcome(OpensslServer server, int protocol) {
        String said = connect(server, protocol);
        return said.endsWith("OK\r\n") ? "OK" : host.send("AT+USOER").replaceAll("(?s).*\\+USOER: ([0-9]+).*", "$1");
    }

    /** Data goes both ways. */
    private void talk(OpensslServer server) throws IOException {
        assertThat(host.send("AT+USOWR=0,6", '@', "hello\n")).contains("+USOWR: 0,6");
        server.awaitLog("hello");
        server.say("world");
        host.hear("+UUSOR");
        assertThat(host.send("AT+USORD=0,1024")).contains("+USORD: 0,6,\"world\n\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void an_imported_credential_passes_mutual_tls(String algorithm) throws Exception {
        KeyPair keys = algorithm.equals("EC") ? EC : RSA;
        store(0, "ca", AUTHORITY.pem());
        device(AUTHORITY, keys);
        profile("0,3", "3,\"ca\"", "10,\"sni.test\"");
        try (OpensslServer server = server(keys, "-Verify", "1", "-verify_return_error", "-tlsextdebug")) {
            assertThat(outcome(server, 6)).isEqualTo("OK");
            talk(server);
            assertThat(server.log()).contains("sni.test").contains("depth=0 CN = device");
        }
        host.hear("+UUSOCL: 0");
    }

    @Test
    void the_provisioned_credential_passes_mutual_tls_without_anything_imported() throws Exception {
        provisioned = Optional.of(new Credential(
                EC.getPrivate(),
                List.of(AUTHORITY.issue("CN=provisioned", EC, null)),
                List.of(AUTHORITY.certificate())));
        profile("0,3", "14,1");
        try (OpensslServer server = server(EC, "-Verify", "1", "-verify_return_error")) {
            assertThat(outcome(server, 6)).isEqualTo("OK");
            talk(server);
            assertThat(server.log()).contains("depth=0 CN = provisioned");
        }
    }

    @Test
    void without_its_authorities_the_provisioned_credential_vouches_for_no_server() throws Exception {
        provisioned = Optional.of(new Credential(
                EC.getPrivate(),
                List.of(AUTHORITY.issue("CN=provisioned", EC, null)),
                List.of(AUTHORITY.certificate())));
        profile("14,2");
        try (OpensslServer server = server(EC)) {
            assertThat(outcome(server, 6)).isEqualTo("103");
        }
    }

    @Test
    void a_certificate_that_the_server_does_not_accept_is_a_reset() throws Exception {
        store(0, "ca", AUTHORITY.pem());
        device(STRANGER, EC);
        try (OpensslServer server = server(EC, "-Verify", "1", "-verify_return_error")) {
            assertThat(outcome(server, 6)).isEqualTo("104");
        }
    }

    @Test
    void a_server_that_wants_a_certificate_refuses_a_module_without() throws Exception {
        store(0, "ca", AUTHORITY.pem());
        try (OpensslServer server = server(EC, "-Verify", "1", "-verify_return_error")) {
            assertThat(outcome(server, 6)).isEqualTo("104");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,OK", "1,103"})
    void a_server_of_an_unknown_authority_is_refused_from_level_1_on(int level, String outcome) throws Exception {
        store(0, "stranger", STRANGER.pem());
        profile("0," + level);
        try (OpensslServer server = server(EC)) {
            assertThat(outcome(server, 6)).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,OK", "2,103"})
    void a_server_of_another_name_is_refused_from_level_2_on(int level, String outcome) throws Exception {
        store(0, "ca", AUTHORITY.pem());
        profile("0," + level, "4,\"other.example.org\"");
        try (OpensslServer server = server(EC)) {
            assertThat(outcome(server, 6)).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"2,OK", "3,103"})
    void an_expired_server_is_refused_at_level_3(int level, String outcome) throws Exception {
        store(0, "ca", AUTHORITY.pem());
        profile("0," + level);
        try (OpensslServer server = server(AUTHORITY.issueExpired("CN=server", EC, "127.0.0.1"), EC)) {
            assertThat(outcome(server, 6)).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"true,OK", "false,103"})
    void a_pinned_server_must_have_that_certificate_at_any_level(boolean same, String outcome) throws Exception {
        Bytes certificate = AUTHORITY.issue("CN=server", EC, "127.0.0.1");
        store(3, "pin", Pem.certificate(same ? certificate : STRANGER.certificate()));
        profile("0,0", "12,\"pin\",2");
        try (OpensslServer server = server(certificate, EC)) {
            assertThat(outcome(server, 6)).isEqualTo(outcome);
        }
    }

    @Test
    void a_pre_shared_key_is_all_that_is_needed() throws Exception {
        profile("8,\"" + PSK.hex() + "\",1", "9,\"device-1\"");
        try (OpensslServer server = pskServer("-tls1_2")) {
            assertThat(outcome(server, 6)).isEqualTo("OK");
            talk(server);
        }
    }

    @Test
    void the_root_of_trust_generates_a_pre_shared_key_at_the_handshake() throws Exception {
        psk = Optional.of(new PreSharedKey(PSK_ID, PSK));
        profile("11,1");
        try (OpensslServer server = pskServer("-tls1_2")) {
            assertThat(outcome(server, 6)).isEqualTo("OK");
            talk(server);
            assertThat(server.log()).doesNotContain("identity not what we expected");
        }
    }

    @Test
    void a_wrong_pre_shared_key_is_a_reset() throws Exception {
        profile("8,\"00\",1", "9,\"device-1\"");
        try (OpensslServer server = pskServer("-tls1_2")) {
            assertThat(outcome(server, 6)).isEqualTo("104");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,-tls1_2,OK",
        "0,-tls1,OK",
        "1,-tls1,OK",
        "2,-tls1_1,OK",
        "3,-tls1_2,OK",
        "3,-tls1_1,103",
        "1,-tls1_2,104"
    })
    void versions_are_those_of_the_profile(int version, String only, String outcome) throws Exception {
        profile("0,0", "1," + version);
        try (OpensslServer server = server(RSA, only, "-cipher", "ALL:@SECLEVEL=0")) {
            assertThat(outcome(server, 6)).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "2,99,\"C0\",\"2F\"    | ECDHE-RSA-AES128-GCM-SHA256",
                "2,100,\"00\",\"3d\",0 | AES256-SHA256",
                "2,1                   | AES128-SHA",
            })
    void suites_are_those_of_the_profile(String setting, String suite) throws Exception {
        profile("0,0", setting);
        try (OpensslServer server = server(RSA, "-cipher", "ALL:@SECLEVEL=0")) {
            assertThat(outcome(server, 6)).isEqualTo("OK");
            server.awaitLog("CIPHER is " + suite + "\n");
        }
        try (OpensslServer server = server(RSA, "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384")) {
            host.send("AT+USOCL=0");
            assertThat(outcome(server, 6)).isEqualTo("104");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "3,\"none\"",
                "5,\"none\"",
                "12,\"none\"",
                "14,1",
                "11,1",
                "2,99,\"00\",\"A8\"",
            })
    void a_profile_that_cannot_be_used_is_an_invalid_argument(String setting) throws Exception {
        profile(setting);
        try (OpensslServer server = server(EC)) {
            assertThat(outcome(server, 6)).isEqualTo("22");
        }
    }

    @Test
    void a_key_that_is_too_short_can_be_imported_but_not_used() throws Exception {
        device(AUTHORITY, SHORT_RSA);
        try (OpensslServer server = server(EC)) {
            assertThat(outcome(server, 6)).isEqualTo("22");
        }
    }

    @Test
    void dtls_talks_with_a_pre_shared_key() throws Exception {
        profile("8,\"" + PSK.hex() + "\",1", "9,\"device-1\"");
        try (OpensslServer server = pskServer("-dtls1_2")) {
            assertThat(outcome(server, 17)).isEqualTo("OK");
            talk(server);
        }
    }

    @Test
    void dtls_talks_with_certificates_of_both_sides() throws Exception {
        store(0, "ca", AUTHORITY.pem());
        device(AUTHORITY, EC);
        profile("0,3");
        try (OpensslServer server = server(EC, "-dtls1_2", "-Verify", "1", "-verify_return_error")) {
            assertThat(outcome(server, 17)).isEqualTo("OK");
            talk(server);
        }
    }

    @Test
    void dtls_refuses_a_server_of_an_unknown_authority() throws Exception {
        store(0, "stranger", STRANGER.pem());
        try (OpensslServer server = server(EC, "-dtls1_2")) {
            assertThat(outcome(server, 17)).isEqualTo("103");
        }
    }
}
