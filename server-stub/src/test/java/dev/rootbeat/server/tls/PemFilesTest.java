package dev.rootbeat.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and certificates as the {@code openssl} command writes them. */
class PemFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | EC",
                "ecparam -name secp384r1 -genkey | EC",
                "genrsa -traditional 2048 | RSA",
                "genpkey -algorithm RSA | RSA",
                "genpkey -algorithm ED25519 | EdDSA",
            })
    void a_key_is_read_with_its_certificate(String command, String algorithm) throws Exception {
        key("key.pem", command);
        certificate("cert.pem", "key.pem");

        ServerIdentity identity = read("cert.pem", "key.pem");

        assertThat(identity.key().getAlgorithm()).isEqualTo(algorithm);
        assertThat(identity.chain()).hasSize(1);
        assertThat(identity).asString().isEqualTo("ServerIdentity[CN=cert.pem]");
    }

    @Test
    void a_chain_and_its_key_may_be_one_file() throws Exception {
        key("key.pem", "ecparam -name prime256v1 -genkey");
        certificate("cert.pem", "key.pem");
        certificate("ca.pem", "key.pem");
        Files.writeString(file("all.pem"), text("cert.pem") + text("key.pem") + text("ca.pem"));

        assertThat(read("all.pem", "all.pem").chain())
                .extracting(one -> one.getSubjectX500Principal().getName())
                .containsExactly("CN=cert.pem", "CN=ca.pem");
    }

    @Test
    void what_cannot_be_used_is_refused_with_file_and_reason() throws Exception {
        key("key.pem", "ecparam -name prime256v1 -genkey -noout");
        certificate("cert.pem", "key.pem");
        key("other.pem", "ecparam -name prime256v1 -genkey -noout");
        key("rsa.pem", "genrsa 2048");
        key("locked.pem", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes128 -pass pass:secret");
        key("older.pem", "genrsa -traditional -aes128 -passout pass:secret 2048");
        Files.writeString(file("torn.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        Files.writeString(file("empty.pem"), "");
        Files.writeString(file("large.pem"), "x".repeat(200_000));
        Path missing = file("no.pem");

        String wrong = ": is not the key of the first certificate in " + file("cert.pem");
        isRefused("cert.pem", "other.pem", file("other.pem") + wrong);
        isRefused("cert.pem", "rsa.pem", file("rsa.pem") + wrong);
        isRefused("cert.pem", "locked.pem", file("locked.pem") + ": the key is encrypted; openssl pkey decrypts it");
        isRefused("cert.pem", "older.pem", file("older.pem") + ": the key is encrypted; openssl pkey decrypts it");
        isRefused("cert.pem", "cert.pem", file("cert.pem") + ": holds no private key in PEM");
        isRefused("key.pem", "key.pem", file("key.pem") + ": holds no certificate in PEM");
        isRefused("empty.pem", "key.pem", file("empty.pem") + ": holds no certificate in PEM");
        isRefused("torn.pem", "key.pem", file("torn.pem") + ": is not PEM that can be read");
        isRefused("no.pem", "key.pem", missing + ": cannot be read: there is no such file");
        isRefused("cert.pem", "no.pem", missing + ": cannot be read: there is no such file");
        isRefused("large.pem", "key.pem", file("large.pem") + ": cannot be read: it has more than 131072 octets");
    }

    private void isRefused(String certificate, String key, String message) {
        assertThatThrownBy(() -> read(certificate, key))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    private ServerIdentity read(String certificate, String key) throws IOException {
        return PemFiles.read(file(certificate), file(key));
    }

    private void key(String name, String command) throws Exception {
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(1, List.of("-out", file(name).toString()));
        Openssl.run(words);
    }

    private void certificate(String name, String key) throws Exception {
        Openssl.run(List.of(
                "req",
                "-new",
                "-x509",
                "-key",
                file(key).toString(),
                "-subj",
                "/CN=" + name,
                "-out",
                file(name).toString()));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String text(String name) throws IOException {
        return Files.readString(file(name));
    }
}
