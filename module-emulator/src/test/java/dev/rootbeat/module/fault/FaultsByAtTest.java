package dev.rootbeat.module.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rootbeat.module.PowerSettings;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.testing.AtAnswer;
import dev.rootbeat.module.testing.TestHost;
import dev.rootbeat.module.testing.TestModule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults, as a host meets them. */
class FaultsByAtTest {

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final TestModule module = TestModule.inVirtualTime();
    private final TestHost host = host(module);

    private static TestHost host(TestModule module) {
        TestHost host = module.plugIn();
        host.send("ATE0");
        host.send("AT+CMEE=2");
        return host;
    }

    @AfterEach
    void close() {
        module.close();
    }

    /** Sends lines and shows what each came to: its lines and its result, or silence. */
    private List<String> said(String lines) {
        return Arrays.stream(lines.split(" / ")).map(line -> said(host, line)).toList();
    }

    private static String said(TestHost host, String line) {
        try {
            AtAnswer answer = host.send(line, A_WHILE);
            return String.join(" ", answer.lines()) + (answer.lines().isEmpty() ? "" : " ") + answer.result();
        } catch (AssertionError silence) {
            return "silence";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AT+CGMI reply Rootbeat              | AT+CGMI / AT+CGMI         | Rootbeat OK, Rootbeat OK",
                "AT+CGMI reply a\\r\\nb              | AT+CGMI                   | a b OK",
                "AT+CGMI reply                       | AT+CGMI                   | OK",
                "once AT+CGMI reply Rootbeat         | AT+CGMI / AT+CGMI         | Rootbeat OK, u-blox OK",
                "AT+CGMI say +CME ERROR: 1685        | AT+CGMI                   | +CME ERROR: 1685",
                "AT+CGMI say a\\r\\nb                | AT+CGMI / AT              | silence, OK",
                "2 times AT+CGMI error SEC busy      | AT+CGMI / AT+CGMI / AT+CGMI | +CME ERROR: SEC busy, +CME ERROR:"
                        + " SEC busy, u-blox OK",
                "once AT+CGMI silence                | AT+CGMI / AT+CGMI         | silence, u-blox OK",
                "AT silence                          | AT / AT+CGMI              | silence, u-blox OK",
                "AT* silence                         | AT / AT+CGMI              | silence, silence",
                "AT+CGMI delay 3s                    | AT+CGMI                   | u-blox OK",
                "AT+CGMI delay 11s                   | AT+CGMI                   | silence",
                "AT+CFUN=4 error 3                   | AT+CFUN=1 / at+cfun=4     | OK, +CME ERROR: operation not allowed",
                "AT+CGDCONT=1,\"IP\",* error 3       | AT+CGDCONT=1, \"IP\", \"x\" / AT+CGDCONT=2,\"IP\",\"x\""
                        + " | +CME ERROR: operation not allowed, OK",
                "AT+CGMI error 3                     | AT+CGMM;+CGMI;+CGMR       | SARA-R510M8S +CME ERROR: operation not"
                        + " allowed",
                "ATE1 error 3                        | ATE1 / ATE0               | +CME ERROR: operation not allowed, OK",
                "ATS3=13 error 3                     | ATS3=13 / ATS4=10         | +CME ERROR: operation not allowed, OK",
                "ATS3? reply 7                       | ATS3?                     | 7 OK",
                "AT+CSQ=? error 4                    | AT+CSQ=?                  | +CME ERROR: operation not supported",
                "AT+NONE reply there it is           | AT+NONE / AT+NONE?        | there it is OK, +CME ERROR: unknown",
                "until AT+CGMM AT+CGMI error 3       | AT+CGMI / AT+CGMM / AT+CGMI | +CME ERROR: operation not allowed,"
                        + " SARA-R510M8S OK, u-blox OK",
            })
    void a_command_meets_its_fault_and_others_do_not(String fault, String lines, String said) {
        module.inject(fault);
        assertThat(said(lines)).containsExactly(said.split(", "));
    }

    @Test
    void a_delay_takes_its_time_and_leaves_the_rest_to_the_next_fault() {
        module.inject("once AT+CGMI delay 3s");
        module.inject("AT+CGMI reply slow");
        host.type("AT+CGMI\r");
        module.pass(Duration.ofMillis(2999));
        assertThat(host.heard()).doesNotContain("slow");
        module.pass(Duration.ofMillis(1));
        assertThat(host.heard()).endsWith("\r\nslow\r\n\r\nOK\r\n");
        assertThat(said("AT+CGMI")).containsExactly("slow OK");
    }

    @Test
    void a_prompt_may_be_delayed_like_an_answer() {
        module.inject("AT+USECMNG=0,* delay 3s");
        assertThat(said("AT+USECMNG=0,0,\"ca\",3")).containsExactly(">");
        assertThat(host.send(new byte[3]).result()).isEqualTo("+CME ERROR: " + AtError.IMPORT_BAD_FORMAT.text());
    }

    @Test
    void what_hangs_or_is_delayed_ends_when_the_host_aborts_it() {
        module.inject("once AT+CGMI hang");
        module.inject("once AT+CGMM delay 1h");
        for (String line : List.of("AT+CGMI", "AT+CGMM")) {
            assertThat(said(line)).containsExactly("silence");
            assertThat(said(" ")).containsExactly("ABORTED");
            assertThat(said(line)).doesNotContain("silence");
        }
    }

    @Test
    void a_delayed_command_is_not_run_by_a_module_that_was_switched_off_meanwhile() {
        module.inject("AT+CSGT=* delay 1m");
        host.type("AT+CSGT=1,\"hello\"\r");
        module.reboot();
        module.pass(Duration.ofMinutes(2));
        assertThat(host.urcs()).isEmpty();
        assertThat(said("AT+CSGT?").getFirst()).doesNotContain("hello");
    }

    @Test
    void a_module_that_reboots_in_the_middle_of_a_command_has_run_it_and_says_nothing_more() {
        try (TestModule slow = TestModule.inVirtualTime(null, builder -> builder.power(PowerSettings.USUAL))) {
            slow.pass(A_WHILE);
            TestHost other = host(slow);
            slow.inject("once AT+CSGT=* reboot");
            assertThat(said(other, "AT+CSGT=1,\"hello\"")).isEqualTo("silence");
            assertThat(other.urcs()).containsExactly("hello");
            assertThat(other.heard()).endsWith("\r\nhello\r\n");
            assertThat(said(other, "AT")).as("with echo, as after any boot").isEqualTo("OK");
            assertThat(other.heard()).endsWith("AT\r\r\nOK\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"AT+USECCONN", "AT+USECMNG=0,0,\"ca\",3", "AT+NONE", "AT+CGMI"})
    void it_may_reboot_whatever_kind_of_answer_there_would_be(String line) {
        host.send("AT+CEREG=1");
        module.inject("once " + line + " reboot");
        assertThat(said(line)).containsExactly("silence");
        assertThat(said("AT+CEREG?")).as("forgotten by the reboot").containsExactly("+CEREG: 0,1 OK");
    }

    @Test
    void times_a_boot_begin_again_with_each_boot() {
        module.inject("once a boot AT+CGMI error 3");
        for (int boot = 0; boot < 2; boot++) {
            assertThat(said("AT+CMEE=2 / AT+CGMI / AT+CGMI"))
                    .containsExactly("OK", "+CME ERROR: operation not allowed", "u-blox OK");
            module.reboot();
        }
    }

    @Test
    void a_fault_that_is_taken_back_or_used_up_happens_no_more() {
        int error = module.inject("AT+CGMI error 3");
        module.inject("once AT+CGMM error 3");
        assertThat(said("AT+CGMI / AT+CGMM")).containsOnly("+CME ERROR: operation not allowed");
        module.takeBack(error);
        assertThat(said("AT+CGMI / AT+CGMM")).containsExactly("u-blox OK", "SARA-R510M8S OK");
    }

    @Test
    void there_is_an_end_to_how_many_faults_there_can_be() {
        for (int i = 0; i < Faults.MAX_FAULTS; i++) {
            module.inject("AT+CGMI error 3");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> module.inject("storage full"))
                .withMessage("a module has at most 256 faults");
    }

    @Test
    void lost_octets_are_lost_on_the_way() {
        int noise = module.inject("drop 1 in 1 from host");
        assertThat(said("AT")).containsExactly("silence");
        module.takeBack(noise);
        noise = module.inject("drop 1 in 1 to host");
        String before = host.heard();
        assertThat(said("AT")).as("said, but not heard").containsExactly("OK");
        assertThat(host.heard()).isEqualTo(before);
        module.takeBack(noise);
        assertThat(said("AT")).containsExactly("OK");
        assertThat(host.heard()).isEqualTo(before + "\r\nOK\r\n");
    }

    @ParameterizedTest
    @CsvSource({"drop", "garble"})
    void noise_hits_about_as_often_as_it_is_to_and_the_same_octets_for_the_same_seed(String damage) {
        String text = "+CSQ: 99,99".repeat(300);
        String once = noisy(damage + " 1 in 50 to host seed 5", text);
        assertThat(noisy(damage + " 1 in 50 to host seed 5", text)).isEqualTo(once);
        assertThat(noisy(damage + " 1 in 50 to host seed 6", text)).isNotEqualTo(once);
        int hit = damage.equals("drop") ? text.length() - once.length() : differences(text, once);
        // 66 of 3,300 are expected, and 8 is the standard deviation.
        assertThat(hit).isBetween(66 - 40, 66 + 40);
    }

    private static String noisy(String fault, String text) {
        var faults = new Faults(List.of(Fault.parse(fault)));
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return new String(faults.carry(Fault.Way.TO_HOST, octets), StandardCharsets.ISO_8859_1);
    }

    /** How many octets differ, each by one bit. */
    private static int differences(String one, String other) {
        assertThat(other).hasSameSizeAs(one);
        int count = 0;
        for (int i = 0; i < one.length(); i++) {
            int bits = Integer.bitCount(one.charAt(i) ^ other.charAt(i));
            assertThat(bits).isLessThanOrEqualTo(1);
            count += bits;
        }
        return count;
    }

    @Test
    void full_storage_takes_nothing_more_and_is_no_obstacle_to_a_reboot() {
        int full = module.inject("storage full");
        assertThat(said("AT+CSGT=1,\"hello\"")).containsExactly("+CME ERROR: memory full");
        module.reboot();
        assertThat(said("AT+CMEE=2 / AT+CSGT=1,\"hello\"")).containsExactly("OK", "+CME ERROR: memory full");
        module.takeBack(full);
        assertThat(said("AT+CSGT=1,\"hello\"")).containsExactly("OK");
    }

    @Test
    void full_storage_takes_no_credential() {
        module.inject("storage full");
        String key = """
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
                6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
                -----END PUBLIC KEY-----
                """;
        host.send("AT+USECMNG=0,5,\"key\"," + key.length());
        assertThat(host.send(key.getBytes(StandardCharsets.US_ASCII)).result())
                .isEqualTo("+CME ERROR: USECMNG no memory available");
    }

    @Test
    void full_storage_takes_no_file_and_gives_back_and_deletes_what_it_has() {
        assertThat(said("AT+UDWNFILE=\"a\",3")).containsExactly(">");
        assertThat(host.send(new byte[3]).isOk()).isTrue();
        module.inject("storage full");
        assertThat(said("AT+UDWNFILE=\"b\",3")).containsExactly(">");
        assertThat(host.send(new byte[3]).result()).isEqualTo("+CME ERROR: FFS memory not available");
        assertThat(said("AT+ULSTFILE=2,\"a\" / AT+UDELFILE=\"a\" / AT+ULSTFILE"))
                .containsExactly("+ULSTFILE: 3 OK", "OK", "+ULSTFILE: OK");
    }

    @Test
    void a_module_may_be_built_with_faults() {
        List<Fault> faults = List.of(Fault.parse("AT+CGMI error 3"), Fault.parse("storage full"));
        try (TestModule built = TestModule.inVirtualTime(null, builder -> builder.faults(faults))) {
            assertThat(said(host(built), "AT+CGMI")).isEqualTo("+CME ERROR: operation not allowed");
        }
    }

    @Test
    void one_command_ends_in_an_error_of_the_test_when_no_answer_comes() {
        module.inject("AT+CGMI say half an answer");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> host.send("AT+CGMI", A_WHILE))
                .withMessage("no result of AT+CGMI within PT10S; the module said [half an answer]");
    }
}
