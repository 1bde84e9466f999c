package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.server.CertificateManagerServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time cost the server little, and the others nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsTest {

    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final RestLimits LIMITS = new RestLimits(1_000_000, 100, SILENCE, Duration.ofSeconds(10));
    private static final String HEAD = "POST /v1/authenticate HTTP/1.1\r\nHost: localhost\r\n";

    /** What a machine that is busy may take to close a connection after its time is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<Instant> now = new AtomicReference<>(TwoDomains.START);
    private final CertificateManagerServer server;
    private final RestClient client;

    SlowClientsTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, now::get, LIMITS);
        client = new RestClient(server.httpUrl());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void a_body_that_drips_ends_with_408_and_others_are_served_meanwhile() throws Exception {
        try (Socket dripping = connect()) {
            OutputStream out = dripping.getOutputStream();
            out.write(octets(HEAD + "Content-Length: 100000\r\n\r\n"));
            await().atMost(PATIENCE).pollInterval(SILENCE.dividedBy(10)).until(() -> {
                assertThat(client.send("GET", "/health").statusCode()).isEqualTo(200);
                boolean answered = dripping.getInputStream().available() > 0;
                if (!answered) {
                    out.write(' ');
                    now.updateAndGet(at -> at.plus(LIMITS.bodyTime()));
                }
                return answered;
            });
            assertThat(untilClosed(dripping))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"Error\":\"REQUEST_TIMEOUT\"", "\"Field\":\"body\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POST /v1/auth"})
    void a_connection_that_falls_silent_before_a_request_is_closed(String octets) throws Exception {
        try (Socket silent = connect()) {
            silent.getOutputStream().write(octets(octets));
            assertThat(untilClosed(silent)).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
        }
    }

    @Test
    void a_connection_that_falls_silent_after_an_answer_is_closed() throws Exception {
        try (Socket silent = connect()) {
            silent.getOutputStream().write(octets("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertThat(untilClosed(silent)).startsWith("HTTP/1.1 200 ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.httpUrl()).getPort());
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        return socket;
    }

    /** What comes until the server closes the connection; the test fails with a time-out if it does not. */
    private static String untilClosed(Socket socket) throws IOException {
        var text = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                text.append((char) octet);
            }
        } catch (SocketException e) {
            // It was closed while octets that it sent lay unread.
            assertThat(e).hasMessageContaining("reset");
        }
        return text.toString();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
