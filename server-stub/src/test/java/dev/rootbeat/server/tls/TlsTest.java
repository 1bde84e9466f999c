package dev.rootbeat.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.Clocks;
import dev.rootbeat.server.DeviceConfig;
import dev.rootbeat.server.Ports;
import dev.rootbeat.server.ServerConfig;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.api.RestLimits;
import dev.rootbeat.server.device.HeartbeatPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST interface by TLS. */
class TlsTest {

    @TempDir
    private Path folder;

    @Test
    void the_ca_that_is_written_is_what_clients_trust_after_a_restart_too() throws Exception {
        Path ca = folder.resolve("trust").resolve("ca.pem");
        String store = "jdbc:sqlite:" + folder.resolve("server.db");
        try (CertificateManagerServer server = start(store, new TlsConfig.Own(ca), null);
                HttpClient trusting = trusting(ca)) {
            assertThat(server.httpUrl()).startsWith("https://127.0.0.1:");
            assertThat(get(trusting, server.httpUrl())).isEqualTo("ok");
            assertThat(get(trusting, server.httpUrl().replace("127.0.0.1", "localhost")))
                    .isEqualTo("ok");
        }
        String written = Files.readString(ca);
        try (CertificateManagerServer server = start(store, new TlsConfig.Own(ca), null);
                HttpClient trusting = trusting(ca)) {
            assertThat(written).isEqualTo(Files.readString(ca));
            assertThat(get(trusting, server.httpUrl())).isEqualTo("ok");
        }
    }

    @Test
    void who_does_not_trust_it_and_who_speaks_plain_http_get_nothing_and_others_are_served() throws Exception {
        Path ca = folder.resolve("ca.pem");
        try (CertificateManagerServer server = start(Stores.MEMORY, new TlsConfig.Own(ca), null);
                HttpClient trusting = trusting(ca);
                HttpClient stranger = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> get(stranger, server.httpUrl())).isInstanceOf(SSLHandshakeException.class);
            int port = URI.create(server.httpUrl()).getPort();
            try (var plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
                plain.setSoTimeout(Math.toIntExact(TimeUnit.SECONDS.toMillis(30)));
                plain.getOutputStream()
                        .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] answer = plain.getInputStream().readAllBytes();
                assertThat(answer).as("an alert of TLS and no more").hasSize(7).startsWith(21, 3);
            }
            assertThat(get(trusting, server.httpUrl())).isEqualTo("ok");
        }
    }

    @Test
    void openssl_verifies_a_certificate_that_was_given() throws Exception {
        try (var store = Stores.open(Stores.MEMORY)) {
            OwnCa ca = OwnCa.of(store, new SecureRandom());
            Path trusted = folder.resolve("ca.pem");
            PemFiles.write(ca.certificate(), trusted);
            var given = new TlsConfig.Given(ca.issue(List.of("manager.example")));
            try (CertificateManagerServer server = start(Stores.MEMORY, given, null)) {
                assertThat(visit(server, trusted, "manager.example"))
                        .contains("Verify return code: 0 (ok)", "Verified peername: manager.example");
            }
        }
    }

    @Test
    void the_servers_own_certificate_names_the_host_of_its_public_url() throws Exception {
        Path ca = folder.resolve("ca.pem");
        URI url = URI.create("https://manager.example/rootbeat");
        try (CertificateManagerServer server = start(Stores.MEMORY, new TlsConfig.Own(ca), url)) {
            assertThat(visit(server, ca, "manager.example")).contains("Verified peername: manager.example");
            assertThat(visit(server, ca, "other.example")).contains("hostname mismatch");
        }
    }

    @Test
    void a_ca_that_cannot_be_written_is_an_error_that_names_the_file() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> start(Stores.MEMORY, new TlsConfig.Own(folder), null))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder + ": cannot be written: ");
        assertThatThrownBy(() -> start(Stores.MEMORY, new TlsConfig.Own(file.resolve("ca.pem")), null))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.resolve("ca.pem") + ": cannot be written: ");
    }

    private static CertificateManagerServer start(String store, TlsConfig tls, @Nullable URI publicUrl)
            throws IOException {
        return CertificateManagerServer.start(ServerConfig.usual(
                store,
                Ports.FREE,
                new RestConfig("key", "secret", RestLimits.DEFAULT, tls, publicUrl),
                new DeviceConfig(HeartbeatPolicy.DEFAULT, 1, KeyHierarchy.TEST_MASTER),
                new Clocks(InstantSource.system(), InstantSource.system())));
    }

    private static String get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url + "/health")).build(), BodyHandlers.ofString())
                .body();
    }

    /** A client that trusts what is in a file, and nobody else. */
    private static HttpClient trusting(Path ca) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var pem = Files.newInputStream(ca)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    /** What {@code openssl} finds when it comes for a host. */
    private static String visit(CertificateManagerServer server, Path ca, String host)
            throws IOException, InterruptedException {
        return Openssl.run(List.of(
                "s_client",
                "-connect",
                "127.0.0.1:" + URI.create(server.httpUrl()).getPort(),
                "-CAfile",
                ca.toString(),
                "-verify_return_error",
                "-verify_hostname",
                host));
    }
}
