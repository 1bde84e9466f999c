package dev.rootbeat.rot.protocol;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rootbeat.rot.protocol.Decoded.Malformed;
import dev.rootbeat.rot.protocol.Decoded.Message;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the decoder says about messages that are none, and what it lets pass. */
class CodecTest {

    private static final Bytes DIGEST = Bytes.EMPTY.sha256();
    private static final Counter COUNTER = new Counter(1, 2);
    private static final Heartbeat HEARTBEAT = new Heartbeat(
            1, COUNTER, Bytes.of(new byte[8]), "P", "F", null, Reason.FORCED, List.of(SlotReport.empty(0)), List.of());
    private static final Reply REPLY =
            new Reply(Instant.EPOCH, Duration.ofDays(1), DeviceStatus.SEALED, List.of(), List.of());

    @Test
    void a_heartbeat_has_these_octets() {
        assertThat(Codec.encode(HEARTBEAT).hex())
                .isEqualTo("a8" + "0101" + "02820102" + "03480000000000000000" + "046150" + "056146" + "0706"
                        + "0881a10100" + "0980");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | heartbeat: is cut off by the end of the message",
                "80                     | heartbeat: must be a map, is an array",
                "a0                     | heartbeat.version: is missing",
                "a10102                 | heartbeat.version: must be 1, is 2",
                "a101                   | heartbeat.version: is cut off by the end of the message",
                "a1011b                 | heartbeat.version: is cut off by the end of the message",
                "a10120                 | heartbeat.version: must be an unsigned integer, is a negative integer",
                "a101613131             | heartbeat.version: must be an unsigned integer, is a text string",
                "a101f93c00             | heartbeat.version: must be an unsigned integer, is a simple value or a floating-point number",
                "a101c101               | heartbeat.version: must be an unsigned integer, is a tag",
                "a101f6                 | heartbeat.version: must be an unsigned integer, is a simple value or a floating-point number",
                "a1011801               | heartbeat.version: must be encoded in the shortest form",
                "a1011bffffffffffffffff | heartbeat.version: must be from 0 to 9223372036854775807, is 18446744073709551615",
                "a1011c                 | heartbeat.version: is not well-formed CBOR",
                "bf0101ff               | heartbeat: must have a definite length",
                "b80101                 | heartbeat: must be encoded in the shortest form",
                "bbffffffffffffffff0101 | heartbeat: is cut off by the end of the message",
                "a1613101               | heartbeat: must have integer keys, has a key that is a text string",
                "a201010101             | heartbeat: must have ascending keys, has 1 after 1",
                "a301010301020000       | heartbeat.counter: is missing",
                "a3010120000201         | heartbeat.counter: is missing",
                "a2010100               | heartbeat: must have ascending keys, has 0 after 1",
                "a11bffffffffffffffff01 | heartbeat: has a key beyond 63 bits",
                "a100818181818181818181818181818181818181 | heartbeat.0: is nested deeper than 16 levels",
                "a1005bffffffffffffffff | heartbeat.0: is cut off by the end of the message",
                "a1009bffffffffffffffff | heartbeat.0: is cut off by the end of the message",
                "a201010283010203       | heartbeat.counter: must have 2 items, has 3",
                "a2010102820161         | heartbeat.counter.beat: must be an unsigned integer, is a text string",
            })
    void octets_that_are_no_heartbeat_are_described(String octets, String diagnostic) {
        assertThat(diagnosis(Codec.decodeHeartbeat(Bytes.ofHex(octets)))).isEqualTo(diagnostic);
    }

    @ParameterizedTest
    @MethodSource
    void a_heartbeat_with_a_wrong_field_is_described(Heartbeat heartbeat, String diagnostic) {
        assertThat(diagnosis(Codec.decodeHeartbeat(Codec.encode(heartbeat)))).isEqualTo(diagnostic);
    }

    static Stream<Arguments> a_heartbeat_with_a_wrong_field_is_described() {
        return Stream.of(
                arguments(
                        withSlots(new SlotReport(0, DIGEST, new CertificateRef(Bytes.of(new byte[31]), ONE), null)),
                        "heartbeat.slots[0].certificate.fingerprint: must have 32 octets, has 31"),
                arguments(
                        withSlots(
                                SlotReport.empty(0), new SlotReport(1, DIGEST, new CertificateRef(DIGEST, ZERO), null)),
                        "heartbeat.slots[1].certificate.serialNumber: must be a positive DER integer"),
                arguments(
                        withSlots(new SlotReport(0, DIGEST, new CertificateRef(DIGEST, BigInteger.TWO.pow(159)), null)),
                        "heartbeat.slots[0].certificate.serialNumber: must have 1 to 20 octets, has 21"),
                arguments(
                        withSlots(new SlotReport(0, DIGEST, null, null)),
                        "heartbeat.slots[0]: must have both an activeKey and a certificate, or neither"),
                arguments(
                        withSlots(SlotReport.empty(1), SlotReport.empty(1)),
                        "heartbeat.slots: must ascend by number, has 1 after 1"),
                arguments(withSlots(SlotReport.empty(16)), "heartbeat.slots[0].slot: must be from 0 to 15, is 16"),
                arguments(
                        withSlots(Collections.nCopies(17, SlotReport.empty(0)).toArray(SlotReport[]::new)),
                        "heartbeat.slots: must have 0 to 16 items, has 17"),
                arguments(with("P".repeat(33), null), "heartbeat.product: must have 1 to 32 characters, has 33"),
                arguments(with("", null), "heartbeat.product: must have 1 to 32 characters, has 0"),
                arguments(with("SARA\n", null), "heartbeat.product: must be printable ASCII"),
                arguments(with("SARÄ", null), "heartbeat.product: must be printable ASCII"),
                arguments(
                        with("P", new Seal("profile", "1".repeat(17))),
                        "heartbeat.seal.serial: must have 1 to 16 characters, has 17"));
    }

    @ParameterizedTest
    @MethodSource
    void results_with_a_wrong_field_are_described(List<Result> results, String diagnostic) {
        assertThat(diagnosis(Codec.decodeResults(Codec.encode(new Results(COUNTER, results)))))
                .isEqualTo(diagnostic);
    }

    static Stream<Arguments> results_with_a_wrong_field_are_described() {
        return Stream.of(
                arguments(
                        Collections.nCopies(17, new Result.Done(1)),
                        "results.results: must have 0 to 16 items, has 17"),
                arguments(
                        List.of(new Result.Done(-1)),
                        "results.results[0].id: must be an unsigned integer, is a negative integer"),
                arguments(
                        List.of(new Result.KeyPairGenerated(1, Bytes.of(new byte[4097]))),
                        "results.results[0].certificateRequest: must have 1 to 4096 octets, has 4097"),
                arguments(
                        List.of(new Result.CertificateRead(1, Collections.nCopies(5, DIGEST))),
                        "results.results[0].chain: must have 0 to 4 items, has 5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a2018201020281a201010209     | results.results[0].type: must be from 1 to 5, is 9",
                "a2018201020281a2010102020a   | results.results[0].certificateRequest: is missing",
                "a2018201020281a301010204 0509 | results.results[0].refusal: has no meaning: 9",
                "a201820102028000             | results: is followed by more octets: 1",
            })
    void octets_that_are_no_results_are_described(String octets, String diagnostic) {
        assertThat(diagnosis(Codec.decodeResults(Bytes.ofHex(octets.replace(" ", "")))))
                .isEqualTo(diagnostic);
    }

    @Test
    void every_beginning_of_a_message_is_malformed() {
        byte[] whole = Codec.encode(HEARTBEAT).toArray();
        for (int size = 0; size < whole.length; size++) {
            assertThat(Codec.decodeHeartbeat(Bytes.of(Arrays.copyOf(whole, size))))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void keys_that_a_later_version_may_add_are_ignored_whatever_they_hold() {
        String known = Codec.encode(HEARTBEAT).hex().substring(2);
        String later = "0a" + "fb400921fb54442d18" + "0b" + "c074323032362d31312d32345430303a30303a30305a" + "1864"
                + "a161610a" + "20" + "f6" + "21" + "82a0" + "40";

        assertThat(Codec.decodeHeartbeat(Bytes.ofHex("ad" + known + later))).isEqualTo(new Message<>(HEARTBEAT));
        assertThat(Codec.decodeHeartbeat(Bytes.ofHex("a9" + "00f4" + known))).isEqualTo(new Message<>(HEARTBEAT));
    }

    @Test
    void a_command_of_a_later_version_is_unknown_and_the_others_stand() {
        Command known = new Command.ReadCertificate(9, 0);
        Bytes encoded = Codec.encode(withCommands(new Command.Unknown(7, 99), known));
        assertThat(Codec.decodeReply(encoded))
                .isEqualTo(new Message<>(withCommands(new Command.Unknown(7, 99), known)));

        String withNewAlgorithm = Codec.encode(
                        withCommands(new Command.GenerateKeyPair(7, 0, KeyAlgorithm.P256), known))
                .hex()
                .replace("03000401", "03000402");
        assertThat(Codec.decodeReply(Bytes.ofHex(withNewAlgorithm)))
                .isEqualTo(new Message<>(withCommands(new Command.Unknown(7, 1), known)));
    }

    @Test
    void a_known_command_that_is_incomplete_is_described() {
        Reply reply = withCommands(new Command.SetCertificate(1, 0, List.of(), List.of(DIGEST)));
        assertThat(diagnosis(Codec.decodeReply(Codec.encode(reply))))
                .isEqualTo("reply.commands[0].chain: must have 1 to 4 items, has 0");
    }

    @Test
    void a_reply_tells_whole_seconds() {
        Reply reply =
                new Reply(Instant.ofEpochMilli(1_999), Duration.ofMillis(2_999), REPLY.status(), List.of(), List.of());
        assertThat(Codec.decodeReply(Codec.encode(reply)))
                .isEqualTo(new Message<>(new Reply(
                        Instant.ofEpochSecond(1), Duration.ofSeconds(2), REPLY.status(), List.of(), List.of())));
    }

    private static String diagnosis(Decoded<?> decoded) {
        return switch (decoded) {
            case Message<?>(Object value) -> "a message: " + value;
            case Malformed<?> malformed -> malformed.diagnostic();
        };
    }

    private static Heartbeat withSlots(SlotReport... slots) {
        return new Heartbeat(1, COUNTER, HEARTBEAT.nonce(), "P", "F", null, Reason.FORCED, List.of(slots), List.of());
    }

    private static Heartbeat with(String product, @Nullable Seal seal) {
        return new Heartbeat(1, COUNTER, HEARTBEAT.nonce(), product, "F", seal, Reason.FORCED, List.of(), List.of());
    }

    private static Reply withCommands(Command... commands) {
        return new Reply(REPLY.serverTime(), REPLY.nextHeartbeat(), REPLY.status(), List.of(), List.of(commands));
    }
}
