package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.Product;
import dev.rootbeat.module.mux.MuxHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AT reference, section 3.8; 3GPP TS 27.010. */
class MultiplexerCommandsTest {

    private static final String CLOSE_DOWN = "c301";
    private static final int MOST = 128;

    private Host host = Host.quiet();
    private final MuxHost mux = new MuxHost(this::input, MOST);

    private void input(String octets) {
        host.input(octets);
        mux.receive(host.raw());
    }

    private void pass(Duration span) {
        host.time.runFor(span);
        mux.receive(host.raw());
    }

    private void start() {
        assertThat(host.send("AT+CMUX=0,0,," + MOST)).isEqualTo("OK");
    }

    private String rawHex(String hex) {
        host.input(new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1));
        return MuxHost.hex(host.raw());
    }

    @Test
    void ubxlib_opens_the_multiplexer_and_closes_it() {
        host = new Host();
        host.send("ATE0");
        start();
        host.time.runFor(Duration.ofMillis(100));
        assertThat(rawHex("f9033f011cf9")).isEqualTo("f9037301d7f9");
        assertThat(rawHex("f903ef09e305038dfbf9")).isEqualTo("f901ef09e105038d9af9");
        assertThat(rawHex("f9073f01def9")).isEqualTo("f907730115f9" + "f901ef09e305078d9af9");
        assertThat(rawHex("f903ef09e305078dfbf9")).isEqualTo("f901ef09e105078d9af9");
        assertThat(rawHex("f903ef09e105078dfbf9")).isEmpty(); // it acknowledges the module's signals
        pass(Duration.ofMillis(750));
        assertThat(mux.ask(1, "ATE0")).startsWith("ATE0").endsWith("OK");
        assertThat(mux.ask(1, "AT+CMEE=2")).isEqualTo("OK");
        assertThat(mux.ask(1, "AT+CGMM")).isEqualTo("SARA-R510M8S OK");
        assertThat(rawHex("f9075301" + "3f" + "f9")).isEqualTo("f907730115f9");
        assertThat(rawHex("f903ff05c301e7f9")).isEqualTo("f901ef05c10193f9");
        host.time.runFor(Duration.ofMillis(100));
        assertThat(host.send("AT+CGMM")).isEqualTo("SARA-R510M8S OK");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AT+CMUX=?                        | +CMUX: (0),(0),,(1-1509),(1-255),(0-5),(2-255),, OK",
                "AT+CMUX?                         | +CME ERROR: operation not allowed",
                "AT+CMUX=                         | +CME ERROR: incorrect parameters",
                "AT+CMUX=1                        | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,1                      | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,0                   | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,1510                | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,128,0               | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,128,10,6            | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,128,10,3,1          | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,128,31,3,30         | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,128,10,3,30,10,2,1  | +CME ERROR: incorrect parameters",
                "AT+CMUX=0,0,,1500,50,3,90        | OK",
                "AT+CMUX=0                        | OK",
            })
    void the_command_takes_what_the_basic_mode_has(String line, String said) {
        assertThat(host.send(line.strip())).isEqualTo(said);
    }

    @Test
    void a_channel_knows_the_size_of_frames_and_starts_no_other_multiplexer() {
        start();
        mux.open(2);
        assertThat(mux.ask(2, "ATE0+CMEE=1")).endsWith("OK");
        assertThat(mux.ask(2, "AT+CMUX?")).isEqualTo("+CMUX: 0,0,0,128,253,3,254,0,0 OK");
        assertThat(mux.ask(2, "AT+CMUX=0")).isEqualTo("+CME ERROR: 3");
    }

    @Test
    void every_channel_has_its_own_echo_errors_and_lines() {
        start();
        mux.open(1);
        mux.open(3);
        assertThat(mux.ask(1, "ATE0")).isEqualTo("ATE0 OK");
        assertThat(mux.ask(1, "AT+CMEE=1")).isEqualTo("OK");
        assertThat(mux.ask(3, "AT+NONE")).isEqualTo("AT+NONE ERROR");
        assertThat(mux.ask(1, "AT+NONE")).isEqualTo("+CME ERROR: 100");
        mux.say(1, "AT+CG");
        mux.say(3, "AT+CGMI\r");
        mux.say(1, "MM\r");
        assertThat(mux.heard(1)).contains("SARA-R510M8S").doesNotContain("u-blox");
        assertThat(mux.heard(3)).contains("u-blox").doesNotContain("SARA");
    }

    @Test
    void unsolicited_lines_go_to_the_channels_that_asked_for_them() {
        start();
        mux.open(1);
        mux.open(2);
        assertThat(mux.ask(1, "ATE0+CREG=1")).endsWith("OK");
        assertThat(mux.ask(1, "AT+CFUN=0")).isEqualTo("OK +CREG: 0");
        assertThat(mux.ask(1, "AT+CFUN=1")).isEqualTo("OK +CREG: 2");
        pass(Duration.ofSeconds(10));
        assertThat(mux.heard(1)).isEqualTo("\r\n+CREG: 1\r\n");
        assertThat(mux.heard(2)).isEmpty();
        mux.control(CLOSE_DOWN);
        assertThat(host.send("AT+CFUN=0")).isEqualTo("OK");
    }

    @Test
    void a_channel_may_be_closed_and_opened_anew() {
        start();
        mux.open(1);
        mux.ask(1, "ATE0");
        mux.send(1, MuxHost.DISC, "");
        mux.send(1, MuxHost.DISC, "");
        mux.say(1, "AT\r");
        assertThat(mux.others()).containsExactly("UA 1", "DM 1", "DM 1");
        mux.open(1);
        assertThat(mux.ask(1, "AT")).isEqualTo("AT OK");
        mux.open(1);
        assertThat(mux.ask(1, "AT")).isEqualTo("AT OK");
    }

    @Test
    void channels_need_the_control_channel_and_there_are_not_more_than_there_are() {
        start();
        mux.send(1, MuxHost.SABM, "");
        assertThat(mux.others()).containsExactly("DM 1");
        mux.open(3);
        mux.send(5, MuxHost.SABM, "");
        mux.send(61, MuxHost.SABM, "");
        assertThat(mux.others()).containsExactly("DM 5", "DM 61");
    }

    @Test
    void the_channel_of_the_satellite_receiver_is_silent_and_only_where_there_is_one() {
        start();
        mux.open(4);
        mux.say(4, "\u00b5b\n\4\0\0\0164AT\r");
        pass(Duration.ofSeconds(10));
        assertThat(mux.heard(4)).isEmpty();
        mux.send(4, MuxHost.DISC, "");
        assertThat(mux.others()).containsExactly("UA 4");
        host = new Host(builder -> builder.product(Product.SARA_R510S_01B));
        host.send("ATE0");
        start();
        mux.open(1);
        mux.send(4, MuxHost.SABM, "");
        assertThat(mux.others()).containsExactly("DM 4");
    }

    @ParameterizedTest
    @CsvSource({
        "2307414243, UIH 0 2107414243", // test
        "4301, UIH 0 4101", // power saving
        "a301, UIH 0 a101", // flow on
        "6301, UIH 0 6101", // flow off
        "e305078d, UIH 0 e105078d", // signals of a channel
        "e3070b8d01, UIH 0 e1070b8d01", // with a break
        "83110100000000800000, UIH 0 110383", // parameter negotiation
        "930307, UIH 0 110393", // remote port negotiation
        "5305070d, UIH 0 110353", // remote line status
        "d30507cc, UIH 0 1103d3", // service negotiation
        "2303414301, UIH 0 210341;UIH 0 4101", // two in one frame
        "23034143, UIH 0 210341", // the second is cut off
        "2102, ''", // no message
        "c103ff, ''", // a response
    })
    void the_control_channel_answers_its_commands(String sent, String answered) {
        start();
        mux.open(1);
        mux.control(sent);
        assertThat(String.join(";", mux.others())).isEqualTo(answered);
    }

    @Test
    void a_host_that_stops_a_channel_gets_what_was_said_when_it_goes_on() {
        start();
        mux.open(1);
        mux.open(2);
        mux.ask(1, "ATE0");
        mux.control("e305078f");
        assertThat(mux.ask(1, "AT+CGMI")).isEmpty();
        assertThat(mux.ask(2, "AT+CGMI")).contains("u-blox");
        mux.control("e305078d");
        assertThat(mux.heard(1)).contains("u-blox");
        mux.control("6301");
        assertThat(mux.ask(1, "AT+CGMI") + mux.ask(2, "AT+CGMI")).isEmpty();
        mux.control("a301");
        assertThat(mux.heard(1)).contains("u-blox");
        assertThat(mux.heard(2)).contains("u-blox");
    }

    @Test
    void what_waits_for_a_host_that_takes_nothing_is_limited() {
        start();
        mux.open(1);
        mux.control("e305078f");
        for (int i = 0; i < 1000; i++) {
            mux.say(1, "AT+CLAC\r");
        }
        mux.control("e305078d");
        assertThat(mux.heard(1)).hasSize(64 * 1024);
        assertThat(mux.ask(1, "ATE0")).endsWith("OK");
    }

    @Test
    void long_answers_are_cut_into_frames() {
        start();
        mux.open(1);
        int before = mux.frames();
        assertThat(mux.ask(1, "ATE0")).endsWith("OK");
        String commands = mux.ask(1, "AT+CLAC");
        assertThat(commands.length()).isGreaterThan(4 * MOST);
        assertThat(mux.frames() - before).isGreaterThan(4);
    }

    @Test
    void frames_of_one_octet_work_too() {
        assertThat(host.send("AT+CMUX=0,0,,1")).isEqualTo("OK");
        mux.open(1);
        int before = mux.frames();
        assertThat(mux.ask(1, "AT+CGMM")).isEqualTo("AT+CGMM SARA-R510M8S OK");
        assertThat(mux.frames() - before).isEqualTo("AT+CGMM\r\r\nSARA-R510M8S\r\n\r\nOK\r\n".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\nnoise\r\n",
                "\u00f9",
                "\u00f9\u00f9\u00f9\u00f9",
                "\u00f9\u0007\u00ef\u00f9",
                "\u00f9\u0007\u00ef\u0009ab\u0000\u00f9", // too short, and a wrong sequence
                "\u00f9\u0007\u00ef\u00fe\u0001", // it says that 255 octets follow, which are too many
                "\u00f9\u0007\u00ef\u00fe\0", // it says that 127 octets follow
                "\u00f9\u0007\u00ef)only the beginning",
            })
    void noise_in_front_of_a_frame_costs_no_more_than_a_moment(String noise) {
        start();
        mux.open(1);
        mux.ask(1, "ATE0");
        int timers = host.time.pending();
        input(noise);
        pass(Duration.ofSeconds(2));
        assertThat(mux.ask(1, "AT")).isEqualTo("OK");
        input(noise + MuxHost.frame(1, MuxHost.UIH, "AT\r"));
        pass(Duration.ofSeconds(2));
        assertThat(mux.heard(1)).contains("OK");
        assertThat(host.time.pending()).isEqualTo(timers);
    }

    @Test
    void a_frame_that_is_harmed_or_too_long_is_dropped() {
        start();
        mux.open(1);
        mux.ask(1, "ATE0");
        String frame = MuxHost.frame(1, MuxHost.UIH, "AT+CGMM\r");
        for (int at = 0; at < 4; at++) {
            input(frame.substring(0, at) + (char) (frame.charAt(at) ^ 0x08) + frame.substring(at + 1));
            pass(Duration.ofSeconds(2));
            assertThat(mux.heard(1)).as("octet %d", at).isEmpty();
        }
        mux.send(1, MuxHost.UIH, "A".repeat(MOST - 2) + "T\r");
        assertThat(mux.heard(1)).contains("OK");
        mux.send(1, MuxHost.UIH, "A".repeat(MOST - 1) + "T\r");
        assertThat(mux.heard(1)).isEmpty();
        assertThat(mux.ask(1, "AT")).isEqualTo("OK");
    }

    @Test
    void frames_may_share_a_flag_and_come_octet_by_octet() {
        start();
        mux.open(1);
        mux.ask(1, "ATE0");
        String one = MuxHost.frame(1, MuxHost.UIH, "AT+CG");
        String other = MuxHost.frame(1, MuxHost.UIH, "MM\r");
        for (char octet : (one + other.substring(1)).toCharArray()) {
            input(String.valueOf(octet));
        }
        assertThat(mux.heard(1)).contains("SARA-R510M8S");
    }

    @Test
    void unnumbered_information_is_checked_as_a_whole() {
        start();
        mux.open(1);
        mux.ask(1, "ATE0");
        String frame = MuxHost.frame(1, 0x03, "AT+CGMM\r");
        input(frame.replace("MM", "MI"));
        assertThat(mux.heard(1)).isEmpty();
        input(frame);
        assertThat(mux.heard(1)).contains("SARA-R510M8S");
    }

    @Test
    void closing_the_control_channel_closes_the_multiplexer() {
        start();
        mux.open(1);
        mux.send(0, MuxHost.DISC, "");
        assertThat(mux.others()).containsExactly("UA 0");
        assertThat(host.send("AT+CGMM")).isEqualTo("SARA-R510M8S OK");
        start();
        mux.open(1);
        assertThat(mux.ask(1, "AT")).endsWith("OK");
    }

    @Test
    void a_host_that_has_forgotten_everything_finds_back_to_plain_text() {
        start();
        mux.open(1);
        mux.say(1, "AT+COPS=?\r");
        input("AT\r");
        mux.control(CLOSE_DOWN);
        assertThat(mux.others()).containsExactly("UIH 0 c101");
        assertThat(host.send("AT+CGMM")).isEqualTo("SARA-R510M8S OK");
        pass(Duration.ofMinutes(5));
        assertThat(host.raw()).isEmpty();
        assertThat(rawHex("f903ff05c301e7f9")).isEmpty();
        assertThat(host.send("AT")).isEqualTo("OK");
    }

    @Test
    void what_comes_at_once_behind_a_change_is_read_in_the_new_way() {
        host.input("AT+CMUX=0,0,,128\r" + MuxHost.frame(0, MuxHost.SABM, "") + MuxHost.frame(0, MuxHost.UIH, "\u00c3\1")
                + "AT+CGMM\r");
        assertThat(MuxHost.hex(host.raw()))
                .isEqualTo(MuxHost.hex("\r\nOK\r\n") + "f9037301d7f9" + "f901ef05c10193f9"
                        + MuxHost.hex("\r\nSARA-R510M8S\r\n\r\nOK\r\n"));
    }

    @Test
    void a_reboot_by_a_channel_ends_the_multiplexer() {
        start();
        mux.open(1);
        assertThat(mux.ask(1, "AT+CFUN=16")).endsWith("OK");
        pass(Duration.ofSeconds(20));
        assertThat(host.send("ATE0")).endsWith("OK");
        input(MuxHost.frame(0, MuxHost.SABM, ""));
        assertThat(mux.others()).isEmpty();
    }
}
