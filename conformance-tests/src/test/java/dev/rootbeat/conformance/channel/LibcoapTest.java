package dev.rootbeat.conformance.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.channel.CoapsEndpoint;
import dev.rootbeat.server.channel.PskCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A CoAP client that is not ours, from Debian's package libcoap3-bin, speaks for a device. */
class LibcoapTest {

    private static final RotPublicUid UID = RotPublicUid.parse("0123456789abcdef");

    /** How long silence must last to count as such. */
    private static final int SILENCE_SECONDS = 2;

    private final ScheduledExecutorService protocol = Executors.newScheduledThreadPool(1);
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Request> received = new LinkedBlockingQueue<>();
    private final CoapsEndpoint server = new CoapsEndpoint(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            uid -> Optional.of(KeyHierarchy.channelKey(KeyHierarchy.rootSecret(KeyHierarchy.TEST_MASTER, uid))),
            (peer, request, answer) -> {
                received.add(request);
                answer.accept(Response.error(Code.BAD_REQUEST, "heartbeat: this is no CBOR"));
            },
            protocol,
            work);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        protocol.shutdownNow();
        work.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap-client-openssl", "coap-client-gnutls"})
    void garbage_with_the_printed_key_gets_a_clean_bad_request(String client) throws Exception {
        assertThat(run(client, 30, options(), "hb")).contains("4.00 heartbeat: this is no CBOR");
        assertThat(received.take().payload().toArray()).isEqualTo("garbage".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap-client-openssl", "coap-client-gnutls"})
    void a_path_that_is_none_gets_not_found(String client) throws Exception {
        assertThat(run(client, 30, options(), "hb/other")).contains("4.04");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap-client-openssl", "coap-client-gnutls"})
    void a_wrong_key_gets_nothing(String client) throws Exception {
        assertThat(run(client, SILENCE_SECONDS, "-u " + UID + " -k wrong", "hb"))
                .doesNotContain("4.0");
        assertThat(received).isEmpty();
    }

    /** What {@code rootbeat psk} prints for libcoap. */
    private static String options() {
        var out = new StringWriter();
        assertThat(new CommandLine(new PskCommand())
                        .setOut(new PrintWriter(out))
                        .execute(UID.toString()))
                .isZero();
        return out.toString()
                .lines()
                .filter(line -> line.startsWith("libcoap "))
                .findFirst()
                .orElseThrow()
                .substring("libcoap ".length());
    }

    private String run(String client, int seconds, String options, String path)
            throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("bash", "-c", "command -v " + client).start().waitFor() == 0,
                client + " is missing: apt-get install libcoap3-bin");
        String line = "%s -B %d -m post -e garbage %s coaps://127.0.0.1:%d/%s"
                .formatted(client, seconds, options, server.address().getPort(), path);
        Process process = new ProcessBuilder(List.of("bash", "-c", line))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
