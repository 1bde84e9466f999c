package dev.rootbeat.module.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.rootbeat.module.credential.TestAuthority;
import dev.rootbeat.module.tls.RotSecrets;
import dev.rootbeat.module.tls.SocketHost;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP by AT, at servers of the JDK (AT reference, section 4.3). */
class HttpServerTest {

    private static final KeyPair KEYS = TestAuthority.keys("EC", 256);
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=root", TestAuthority.keys("EC", 256));
    private static final TestAuthority STRANGER = new TestAuthority("CN=stranger", TestAuthority.keys("EC", 256));
    private static final char[] NO_PASSWORD = {};

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final SocketHost host = new SocketHost(RotSecrets.NONE, TestAuthority.NOW);

    @AfterEach
    void close() {
        host.close();
    }

    /** Answers what it was asked, and refuses what is below {@code /none}. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + type + " " + body);
        byte[] answer = ("you said " + body).getBytes(ISO_8859_1);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(
                exchange.getRequestURI().getPath().startsWith("/none") ? 404 : 200, isHead ? -1 : answer.length);
        if (!isHead) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private Running start(HttpServer server) {
        server.createContext("/", this::answer);
        server.start();
        return new Running(server);
    }

    private Running plain() throws IOException {
        return start(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** A server that wants a certificate of the authority. */
    private Running secure() throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = context();
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                wanted.setProtocols(new String[] {"TLSv1.2"});
                parameters.setSSLParameters(wanted);
            }
        });
        return start(server);
    }

    private static SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        Certificate own = certificate(AUTHORITY.issue("CN=server", KEYS, "127.0.0.1"));
        store.setKeyEntry("server", KEYS.getPrivate(), NO_PASSWORD, new Certificate[] {own});
        store.setCertificateEntry("ca", certificate(AUTHORITY.certificate()));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(Bytes der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
    }

    /** A server until it is stopped. */
    private record Running(HttpServer server) implements AutoCloseable {

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private void set(String... settings) {
        for (String setting : settings) {
            assertThat(host.send("AT" + setting)).as(setting).contains("\r\nOK\r\n");
        }
    }

    private void server(Running server) {
        set("+UHTTP=0", "+UHTTP=0,0,\"127.0.0.1\"", "+UHTTP=0,5," + server.port());
    }

    /** Asks, and returns what that comes to. */
    private String ask(String command) {
        set("+UHTTPC=0," + command);
        return host.hear("+UUHTTPCR: 0,").replaceAll("(?s).*UUHTTPCR: ([0-9,]*).*", "$1");
    }

    private void store(int type, String name, String pem) {
        assertThat(host.send("AT+USECMNG=0," + type + ",\"" + name + "\"," + pem.length(), '>', pem))
                .endsWith("\r\nOK\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "0,\"/a\",\"f\"                          | HEAD /a null                   | 200 OK",
                "1,\"/a?b=c\",\"f\"                      | GET /a?b=c null                | 200 OK",
                "1,\"/none\",\"f\"                       | GET /none null                 | 404 Not Found",
                "2,\"/a\",\"f\"                          | DELETE /a null                 | 200 OK",
                "3,\"/a\",\"f\",\"file\",1               | PUT /a text/plain hello        | 200 OK",
                "4,\"/a\",\"f\",\"file\",6,\"text/odd\"  | POST /a text/odd hello         | 200 OK",
                "5,\"/a\",\"f\",\"some data\",4          | POST /a application/json some data | 200 OK",
            })
    void each_command_is_understood_and_its_answer_is_a_file(String command, String heard, String status)
            throws IOException {
        host.send("AT+UDWNFILE=\"file\",5", '>', "hello");
        try (Running server = plain()) {
            server(server);
            assertThat(ask(command.strip())).isEqualTo("0," + command.charAt(0) + ",1");
            assertThat(asked).singleElement().asString().startsWith(heard);
            String file = host.send("AT+URDFILE=\"f\"");
            assertThat(file).contains("\"HTTP/1.1 " + status + "\r\n");
            if (command.charAt(0) != '0') {
                assertThat(file).containsPattern("\r\n\r\nyou said .*\"\r\n");
            }
        }
    }

    @Test
    void an_answer_as_large_as_the_storage_arrives_whole_and_a_larger_one_does_not() throws IOException {
        String data = "x".repeat(150_000);
        assertThat(host.send("AT+UDWNFILE=\"file\",150000", '>', data)).contains("OK");
        try (Running server = plain()) {
            server(server);
            assertThat(ask("4,\"/a\",\"f\",\"file\",2")).isEqualTo("0,4,1");
            assertThat(host.send("AT+URDFILE=\"f\"")).contains("\r\n\r\nyou said " + data + "\"");
            assertThat(ask("4,\"/a\",\"g\",\"file\",2")).isEqualTo("0,4,0");
            assertThat(host.send("AT+UHTTPER=0")).contains("+UHTTPER: 0,3,10");
        }
    }

    @ParameterizedTest
    @CsvSource({"right,200", "wrong,401"})
    void a_user_is_known_by_the_password(String password, int status) throws IOException {
        HttpServer protectedServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        protectedServer.createContext("/", this::answer).setAuthenticator(new BasicAuthenticator("realm") {
            @Override
            public boolean checkCredentials(String user, String given) {
                return user.equals("user") && given.equals("right");
            }
        });
        protectedServer.start();
        try (Running server = new Running(protectedServer)) {
            server(server);
            set("+UHTTP=0,2,\"user\"", "+UHTTP=0,3,\"" + password + "\"", "+UHTTP=0,4,1");
            assertThat(ask("1,\"/\",\"f\"")).isEqualTo("0,1,1");
            assertThat(host.send("AT+URDFILE=\"f\"")).contains("HTTP/1.1 " + status);
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true,1", "false,true,0", "true,false,0"})
    void with_tls_both_sides_have_to_be_trusted(boolean knowsServer, boolean isKnown, int outcome) throws Exception {
        store(0, "ca", knowsServer ? AUTHORITY.pem() : STRANGER.pem());
        store(1, "cert", Pem.certificate((isKnown ? AUTHORITY : STRANGER).issue("CN=device", KEYS, null)));
        store(2, "key", Pem.privateKey(Bytes.of(KEYS.getPrivate().getEncoded())));
        set("+USECPRF=1,0,3", "+USECPRF=1,3,\"ca\"", "+USECPRF=1,5,\"cert\"", "+USECPRF=1,6,\"key\"");
        try (Running server = secure()) {
            server(server);
            set("+UHTTP=0,6,1,1");
            assertThat(ask("1,\"/\",\"f\"")).isEqualTo("0,1," + outcome);
            if (outcome == 1) {
                assertThat(host.send("AT+URDFILE=\"f\"")).contains("HTTP/1.1 200 OK");
            } else {
                assertThat(host.send("AT+UHTTPER=0")).contains("+UHTTPER: 0,3,73");
            }
        }
    }

    @Test
    void nobody_listens_at_a_closed_port() throws IOException {
        try (Running server = plain()) {
            server(server);
        }
        assertThat(ask("1,\"/\",\"f\"")).isEqualTo("0,1,0");
        assertThat(host.send("AT+UHTTPER=0")).contains("+UHTTPER: 0,3,11");
    }
}
