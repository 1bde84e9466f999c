package dev.rootbeat.module.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.rootbeat.module.mux.MuxHost;
import dev.rootbeat.module.secure.ChipToChip;
import dev.rootbeat.module.secure.Pairing;
import dev.rootbeat.module.secure.SecureHost;
import dev.rootbeat.module.trace.TraceLine.Kind;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

    @TempDir
    private Path folder;

    @Test
    void an_exchange_shows_who_said_what_when_without_echo() {
        var traced = new TracedModule();
        traced.lines.clear();
        traced.send("AT+CMEE=2\r");
        traced.time.runFor(Duration.ofMillis(1500));
        traced.send("AT+NONE\r");
        String uid = traced.module.uid().toString();
        assertThat(traced.text())
                .containsExactly(
                        "2026-11-24T10:00:01.000Z " + uid + " 1 > AT+CMEE=2",
                        "2026-11-24T10:00:01.000Z " + uid + " 1 < OK",
                        "2026-11-24T10:00:02.500Z " + uid + " 1 > AT+NONE",
                        "2026-11-24T10:00:02.500Z " + uid + " 1 < +CME ERROR: unknown");
    }

    @Test
    void prompts_payloads_and_several_hosts_are_told_apart() {
        var traced = new TracedModule();
        traced.lines.clear();
        traced.send("AT+USECMNG=0,0,\"ca\",3\r");
        traced.send("a\r\u00ff");
        traced.module.connect(_ -> {}).input("AT\r".getBytes(StandardCharsets.US_ASCII));
        assertThat(traced.lines)
                .extracting(TraceLine::host, TraceLine::kind, TraceLine::text)
                .containsExactly(
                        tuple(1, Kind.ASKED, "AT+USECMNG=0,0,\"ca\",3"),
                        tuple(1, Kind.ANSWERED, ">"),
                        tuple(1, Kind.SENT, "a\r\u00ff"),
                        tuple(1, Kind.ANSWERED, "ERROR"),
                        tuple(2, Kind.ASKED, "AT"),
                        tuple(2, Kind.ANSWERED, "OK"));
        assertThat(traced.text().get(2)).endsWith(" 1 >> a\\r\\xff");
    }

    @Test
    void a_channel_of_a_multiplexer_is_a_host_of_its_own() {
        var traced = new TracedModule();
        traced.lines.clear();
        traced.send("AT+CMUX=0,0,,128\r");
        traced.send(MuxHost.frame(0, MuxHost.SABM, ""));
        traced.send(MuxHost.frame(2, MuxHost.SABM, ""));
        traced.send(MuxHost.frame(2, MuxHost.UIH, "AT+CMEE=1\r"));
        traced.send(MuxHost.frame(2, MuxHost.UIH, "AT+NONE\r"));
        traced.send(MuxHost.frame(0, MuxHost.UIH, "\u00c3\1"));
        traced.send("AT+NONE\r");
        assertThat(traced.lines)
                .extracting(TraceLine::host, TraceLine::kind, TraceLine::text)
                .containsExactly(
                        tuple(1, Kind.ASKED, "AT+CMUX=0,0,,128"),
                        tuple(1, Kind.ANSWERED, "OK"),
                        tuple(2, Kind.ASKED, "AT+CMEE=1"),
                        tuple(2, Kind.ANSWERED, "OK"),
                        tuple(2, Kind.ASKED, "AT+NONE"),
                        tuple(2, Kind.ANSWERED, "+CME ERROR: 100"),
                        tuple(1, Kind.ASKED, "AT+NONE"),
                        tuple(1, Kind.ANSWERED, "ERROR"));
    }

    @Test
    void a_chip_to_chip_session_is_readable_and_its_secrets_are_hidden() {
        var traced =
                new TracedModule(false, builder -> builder.chipToChip(new ChipToChip(Pairing.Scheme.V1, true, true)));
        var heard = new StringBuilder();
        var port = traced.module.connect(octets -> heard.append(new String(octets, StandardCharsets.ISO_8859_1)));
        port.input(("ATE0+USECC2C=0,\"" + SecureHost.SECRET + "\"\r").getBytes(StandardCharsets.US_ASCII));
        port.input(("AT+USECC2C=1,\"" + SecureHost.SECRET + "\"\r").getBytes(StandardCharsets.US_ASCII));
        String key = heard.toString().split("\"", -1)[3];
        assertThat(String.join("\n", traced.text())).contains("+USECC2C: 0").doesNotContain(key, SecureHost.SECRET);
        traced.lines.clear();
        port.input(new SecureHost(key, "").frame("AT+CMEE=1\r").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(traced.lines)
                .extracting(TraceLine::kind, TraceLine::text)
                .containsExactly(tuple(Kind.ASKED, "AT+CMEE=1"), tuple(Kind.ANSWERED, "OK"));
    }

    @Test
    void what_a_host_was_not_asked_to_see_is_announced() {
        var traced = new TracedModule();
        traced.send("AT+CEREG=1\r");
        traced.lines.clear();
        traced.send("AT+CFUN=4\r");
        traced.time.runFor(Duration.ofSeconds(1));
        assertThat(traced.lines).extracting(TraceLine::kind).contains(Kind.ANNOUNCED);
    }

    @Test
    void keys_and_passwords_are_hidden_unless_asked_for() {
        String key = "-----BEGIN PRIVATE KEY-----";
        for (boolean secrets : List.of(false, true)) {
            var traced = new TracedModule(secrets, builder -> builder);
            traced.send("AT+USECPRF=0,8,\"hush\"\r");
            traced.send("AT+USECMNG=0,2,\"key\"," + key.length() + ",\"word\"\r" + key);
            traced.send("A/" + key);
            assertThat(String.join("\n", traced.text()).matches("(?s).*(hush|word|PRIVATE).*"))
                    .isEqualTo(secrets);
        }
    }

    @Test
    void heartbeats_and_what_comes_of_them_are_noted() {
        var traced = new TracedModule();
        assertThat(traced.lines)
                .allSatisfy(line -> assertThat(line.host()).isZero())
                .extracting(TraceLine::text)
                .containsExactly("heartbeat 1.1 BOOTSTRAP", "reply 1,0,1, next in 86400 s");
        traced.answer = Response.retryAfter(Response.Code.TOO_MANY_REQUESTS, Duration.ofMinutes(5), "wait");
        traced.time.runFor(Duration.ofHours(27));
        assertThat(traced.lines)
                .extracting(TraceLine::text)
                .contains("heartbeat 1.2 SCHEDULED", "refused: 4.29, again in 300 s");
    }

    @Property
    void a_line_of_a_trace_reads_back(@ForAll @CharRange(from = '\0', to = '\u00ff') String text) {
        var line = new TraceLine(Instant.ofEpochMilli(1), new RotPublicUid(7), 3, Kind.ANNOUNCED, text);
        assertThat(TraceLine.parse(line.toString())).isEqualTo(line);
        assertThat(line.toString()).matches("[ -~]*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello                                              | a time, a module, a host, a sign and a text",
                "noon 0a04f008003c9623 1 > AT                       | \"noon\" is no time such as",
                "2026-11-24T10:00:00.000Z 0a04 1 > AT               | a RoTPublicUID is 16 hexadecimal digits",
                "2026-11-24T10:00:00.000Z 0a04f008003c9623 1 ? AT   | \"?\" is none of >, >>, <, << and -",
                "2026-11-24T10:00:00.000Z 0a04f008003c9623 1 > \\q  | \"\\q\" is no escape",
                "2026-11-24T10:00:00.000Z 0a04f008003c9623 1 > \\x0 | \"\\x0\" is no escape",
            })
    void a_file_that_is_no_trace_is_refused_naming_line_and_reason(String line, String reason) throws IOException {
        Path file = Files.writeString(
                folder.resolve("trace"), "2026-11-24T10:00:00.000Z 0a04f008003c9623 1 > AT\n" + line + "\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceFile.read(file))
                .withMessageStartingWith(file + ", line 2: ")
                .withMessageContaining(reason);
    }

    @Test
    void a_file_holds_every_line_as_soon_as_it_is_written() throws IOException {
        Path path = folder.resolve("trace");
        var line = new TraceLine(Instant.EPOCH, new RotPublicUid(7), 1, Kind.ASKED, "AT");
        try (TraceFile file = TraceFile.create(path)) {
            file.accept(line);
            assertThat(TraceFile.read(path)).containsExactly(line);
        }
    }
}
