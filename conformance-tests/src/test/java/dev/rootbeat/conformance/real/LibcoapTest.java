package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.channel.PskCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A CoAP client that is not ours, from Debian's package libcoap3-bin, speaks for a device with a whole server. */
class LibcoapTest {

    private static final String OPENSSL = "coap-client-openssl";
    private static final String GNUTLS = "coap-client-gnutls";
    private static final RotPublicUid UID = RotPublicUid.parse("0123456789abcdef");

    /** Longer than any answer takes; the clients end with the answer. */
    private static final int PATIENCE_SECONDS = 30;

    /** How long silence must last to count as such. */
    private static final int SILENCE_SECONDS = 2;

    private final CertificateManagerServer server = RealServer.start();

    @TempDir
    Path folder;

    LibcoapTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void garbage_with_the_printed_key_gets_a_clean_bad_request(String client) throws Exception {
        assertThat(run(client, PATIENCE_SECONDS, printedOptions(), "-e garbage", "hb"))
                .contains("4.00 heartbeat: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void a_path_that_is_none_gets_not_found(String client) throws Exception {
        assertThat(run(client, PATIENCE_SECONDS, printedOptions(), "-e garbage", "hb/other"))
                .contains("4.04");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void a_heartbeat_with_the_printed_key_bootstraps_the_device(String client) throws Exception {
        var heartbeat = new Heartbeat(
                Heartbeat.VERSION,
                new Counter(1, 1),
                Bytes.of(new byte[Heartbeat.NONCE_OCTETS]),
                "SARA-R510M8S-01B-00",
                "03.15",
                null,
                Reason.BOOTSTRAP,
                List.of(SlotReport.empty(SlotReport.MANAGED)),
                List.of());
        Path sent =
                Files.write(folder.resolve("heartbeat"), Codec.encode(heartbeat).toArray());
        Path received = folder.resolve("reply");

        String said =
                run(client, PATIENCE_SECONDS, printedOptions(), "-t 60 -f %s -o %s".formatted(sent, received), "hb");

        assertThat(received).as(said).exists();
        assertThat(Codec.decodeReply(Bytes.of(Files.readAllBytes(received))))
                .isInstanceOfSatisfying(
                        Decoded.Message.class,
                        decoded ->
                                assertThat(((Reply) decoded.value()).status()).isEqualTo(DeviceStatus.BOOTSTRAPPED));
    }

    /** A server that had let these through would answer them as it answers the printed key: 4.00. */
    @ParameterizedTest
    @CsvSource({
        OPENSSL + ", 0123456789abcdef, wrong",
        GNUTLS + ", 0123456789abcdef, wrong",
        OPENSSL + ", 0123456789ABCDEF, the printed one",
        GNUTLS + ", nobody, the printed one",
    })
    void a_wrong_key_or_an_unknown_identity_gets_silence(String client, String identity, String key) throws Exception {
        String options = key.equals("wrong")
                ? "-u " + identity + " -k wrong"
                : printedOptions().replace("-u " + UID, "-u " + identity);

        assertThat(run(client, SILENCE_SECONDS, options, "-e garbage", "hb")).doesNotContain("4.0");
    }

    /** What {@code rootbeat psk} prints for libcoap. */
    private static String printedOptions() {
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

    private String run(String client, int seconds, String credentials, String content, String path)
            throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("bash", "-c", "command -v " + client).start().waitFor() == 0,
                client + " is missing: apt-get install libcoap3-bin");
        String line = "%s -B %d -m post %s %s coaps://127.0.0.1:%d/%s"
                .formatted(
                        client,
                        seconds,
                        content,
                        credentials,
                        server.coapsAddress().getPort(),
                        path);
        Process process = new ProcessBuilder(List.of("bash", "-c", line))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
