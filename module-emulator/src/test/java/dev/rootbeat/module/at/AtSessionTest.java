package dev.rootbeat.module.at;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.Conversation.Commands;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AT reference, section 1. */
class AtSessionTest {

    private static final String OK = "\r\nOK\r\n";

    private final Commands commands = new Commands();
    private final Conversation host = new Conversation(commands);

    @Test
    void an_information_line_and_the_final_result_are_framed_by_cr_lf() {
        assertThat(host.send("AT+ONE\r")).isEqualTo("\r\n+ONE: 1\r\n\r\nOK\r\n");
        assertThat(host.send("AT\r")).isEqualTo(OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at+one\r",
                "AT + ONE \r",
                "\0AT+ONE\r",
                "\n\nAT+ONE\r",
                "\r\rAT+ONE\r\n",
                "xyzAAT+ONE\r",
                "AT+ONX\bE\r"
            })
    void case_spaces_noise_before_at_and_line_feeds_do_not_count(String line) {
        assertThat(host.send(line)).isEqualTo("\r\n+ONE: 1\r\n\r\nOK\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", " \r", "\r\n", "hello\r", "A\r", "\0\0\r"})
    void a_line_without_at_is_answered_by_silence(String line) {
        assertThat(host.send(line)).isEmpty();
    }

    @Test
    void octets_may_come_one_by_one() {
        for (char c : "AT+ON".toCharArray()) {
            assertThat(host.send(String.valueOf(c))).isEmpty();
        }
        assertThat(host.send("E\r")).contains("+ONE: 1");
    }

    @Test
    void echo_sends_back_what_is_typed_until_it_is_switched_off() {
        host.session.profile().set(Profile.Parameter.ECHO, 1);
        assertThat(host.send("AT+ONE\r")).isEqualTo("AT+ONE\r\r\n+ONE: 1\r\n" + OK);
        host.session.profile().set(Profile.Parameter.ECHO, 0);
        assertThat(host.send("AT\r")).isEqualTo(OK);
    }

    @ParameterizedTest
    @CsvSource({"0,ERROR", "1,+CME ERROR: 100", "2,+CME ERROR: unknown"})
    void errors_are_shown_in_the_format_of_the_session(int format, String line) {
        host.session.errorFormat(format);
        assertThat(host.send("AT+NONE\r")).isEqualTo("\r\n" + line + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+ONE;+READ?      | +ONE: 1, +READ: 7, OK",
                "ATX+ONE            | Xnull, +ONE: 1, OK",
                "ATX1X2&X3          | X1, X2, &X3, OK",
                "ATS3=13            | S3=13, OK",
                "AT+ONE;+NONE;+READ?| +ONE: 1, +CME ERROR: unknown",
                "AT+TXT=\"a;b\";+ONE| +TXT: \"a;b\", +ONE: 1, OK",
                "AT;                | OK",
            })
    void commands_of_one_line_run_in_order_until_one_fails(String line, String said) {
        assertThat(host.send(line.strip() + "\r")).isEqualTo("\r\n" + said.replace(", ", "\r\n\r\n") + "\r\n");
    }

    @Test
    void a_slash_repeats_the_last_line_at_once() {
        host.send("AT+ONE\r");
        assertThat(host.send("A/")).isEqualTo("\r\n+ONE: 1\r\n\r\nOK\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+NUM=7           | +NUM: 7,null",
                "AT+NUM=-5,4        | +NUM: -5,4",
                "AT+NUM=7,          | +NUM: 7,null",
                "AT+NUM= 7 , 2      | +NUM: 7,2",
                "AT+NUM=            | +CME ERROR: incorrect parameters",
                "AT+NUM=11          | +CME ERROR: incorrect parameters",
                "AT+NUM=7,3         | +CME ERROR: incorrect parameters",
                "AT+NUM=7,2,1       | +CME ERROR: incorrect parameters",
                "AT+NUM=\"7\"       | +CME ERROR: incorrect parameters",
                "AT+NUM=x           | +CME ERROR: incorrect parameters",
                "AT+NUM=99999999999999999999999 | +CME ERROR: incorrect parameters",
                "AT+NUM=--5         | +CME ERROR: incorrect parameters",
                "AT+NUM=7 garbage\"  | +CME ERROR: incorrect parameters",
                "AT+TXT=\"a,b c\"   | +TXT: \"a,b c\"",
                "AT+TXT=abc         | +CME ERROR: incorrect parameters",
                "AT+TXT=\"\"        | +CME ERROR: incorrect parameters",
                "AT+TXT=\"abcdef\"  | +CME ERROR: text string too long",
                "AT+TXT=\"abc       | +CME ERROR: incorrect parameters",
                "AT+TXT=\"a\"b      | +CME ERROR: incorrect parameters",
                "AT+OP=1,5          | +OP: first 5",
                "AT+OP=2,\"x\"      | +OP: second x",
                "AT+OP=1,\"x\"      | +CME ERROR: incorrect parameters",
                "AT+OP=2,\"0123456789\" | +CME ERROR: text string too long",
                "AT+OP=3,5          | +CME ERROR: incorrect parameters",
                "AT+ONE=1           | +CME ERROR: unknown",
                "AT+ONE?            | +CME ERROR: unknown",
                "AT+READ            | +CME ERROR: unknown",
                "AT&X               | +CME ERROR: incorrect parameters",
                "AT?                | +CME ERROR: incorrect parameters",
                "AT+                | +CME ERROR: incorrect parameters",
                "AT+ONE GARBAGE     | +CME ERROR: unknown",
            })
    void parameters_are_checked_against_the_command(String line, String said) {
        assertThat(host.send(line.strip() + "\r")).startsWith("\r\n" + said + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AT+NUM=?  | +NUM: (-5-10),(0,2,4)",
                "AT+OP=?   | +OP: (1,2),(0-9)",
                "AT+TXT=?  | +TXT: \"\"",
            })
    void a_test_command_describes_the_parameters(String line, String said) {
        assertThat(host.send(line.strip() + "\r")).isEqualTo("\r\n" + said + "\r\n" + OK);
    }

    @Test
    void a_test_command_of_what_cannot_be_set_only_says_that_it_exists() {
        assertThat(host.send("AT+READ=?\r")).isEqualTo(OK);
        assertThat(host.send("AT+NONE=?\r")).contains("unknown");
    }

    @Test
    void a_line_that_is_too_long_is_one_error_and_the_next_line_is_fine() {
        assertThat(host.send("AT+TXT=\"" + "x".repeat(LineReader.MAX_LINE) + "\"\r"))
                .isEqualTo("\r\n+CME ERROR: command line too long\r\n");
        assertThat(host.send("AT\r")).isEqualTo(OK);
    }

    @Test
    void a_command_may_answer_later_and_what_comes_meanwhile_waits() {
        assertThat(host.send("AT+LATER;+ONE\rAT+READ?\r")).isEmpty();
        host.session.urc("+URC: 1");
        assertThat(host.heard()).isEmpty();
        commands.waiting.getFirst().accept(Answer.of("+LATER: done"));
        assertThat(host.heard())
                .isEqualTo("\r\n+LATER: done\r\n\r\n+ONE: 1\r\n\r\nOK\r\n\r\n+READ: 7\r\n\r\nOK\r\n\r\n+URC: 1\r\n");
    }

    @Test
    void a_blank_line_aborts_a_running_command_and_its_late_answer_is_dropped() {
        host.send("AT+LATER;+ONE\r\n");
        assertThat(host.send(" \r")).isEqualTo("\r\nABORTED\r\n");
        assertThat(commands.log).containsExactly("aborted");
        commands.waiting.getFirst().accept(Answer.OK);
        assertThat(host.heard()).isEmpty();
        assertThat(host.send("AT\r")).isEqualTo(OK);
    }

    @Test
    void a_prompt_takes_exactly_so_many_octets_without_echo() {
        host.session.profile().set(Profile.Parameter.ECHO, 1);
        assertThat(host.send("AT+DATA=6\r")).isEqualTo("AT+DATA=6\r\r\n>");
        host.session.urc("+URC: 1");
        assertThat(host.send("\rAT\r")).isEmpty();
        assertThat(host.send("\u00ff\0AT\r"))
                .isEqualTo("\r\n+DATA: \rAT\r\u00ff\0\r\n" + OK + "AT\r" + OK + "\r\n+URC: 1\r\n");
    }

    @Test
    void a_prompt_gives_up_when_no_octet_comes_for_twenty_seconds() {
        assertThat(host.send("AT+DATA=3\r")).isEqualTo("\r\n>");
        host.time.runFor(Duration.ofSeconds(19));
        host.send("a");
        host.time.runFor(Duration.ofSeconds(19));
        assertThat(host.heard()).isEmpty();
        host.time.runFor(Duration.ofSeconds(2));
        assertThat(host.heard()).contains("import timeout expired");
        assertThat(host.send("AT\r")).isEqualTo(OK);
        assertThat(host.time.pending()).isZero();
    }

    @Test
    void an_unsolicited_line_waits_for_the_line_that_is_begun() {
        host.session.urc("+URC: 1");
        assertThat(host.heard()).isEqualTo("\r\n+URC: 1\r\n");
        host.send("AT+O");
        host.session.urc("+URC: 2");
        assertThat(host.send("NE\r")).isEqualTo("\r\n+ONE: 1\r\n\r\nOK\r\n\r\n+URC: 2\r\n");
    }

    @Test
    void of_too_many_unsolicited_lines_the_oldest_are_dropped() {
        host.send("AT+LATER\r");
        for (int i = 0; i < AtSession.MAX_WAITING_URCS + 3; i++) {
            host.session.urc("+URC: " + i);
        }
        commands.waiting.getFirst().accept(Answer.OK);
        assertThat(host.heard().lines().filter(line -> line.startsWith("+URC")))
                .hasSize(AtSession.MAX_WAITING_URCS)
                .startsWith("+URC: 3");
    }

    @Test
    void a_host_that_floods_a_waiting_module_loses_octets_and_nothing_else() {
        host.send("AT+LATER\r");
        host.send("AT\r".repeat(HostLink.MAX_WAITING));
        commands.waiting.getFirst().accept(Answer.OK);
        assertThat(host.heard().split("OK", -1)).hasSize(HostLink.MAX_WAITING / 3 + 2);
        assertThat(host.send("\rAT\r")).endsWith(OK);
    }

    @Test
    void what_comes_afterwards_comes_after_the_final_result() {
        Consumer<String> log = commands.log::add;
        log.accept(host.send("AT+OFF\r"));
        assertThat(commands.log).containsExactly("off", OK);
    }

    @Test
    void a_command_that_fails_by_a_mistake_costs_an_error_and_no_more() {
        assertThat(host.send("AT+BUG\r")).isEqualTo("\r\n+CME ERROR: phone failure\r\n");
        assertThat(host.send("AT\r")).isEqualTo(OK);
    }

    @Test
    void a_session_whose_power_is_off_is_silent() {
        host.send("AT+LATER\r");
        host.session.close();
        commands.waiting.getFirst().accept(Answer.OK);
        host.session.urc("+URC: 1");
        assertThat(host.send("AT\r")).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> octets() {
        return Arbitraries.of(
                        "AT+ONE\r",
                        "AT+NUM=3;+READ?\r",
                        "AT+DATA=3\r",
                        "AT+LATER\r",
                        "AT+BAD=\"\r",
                        "A/",
                        " \r",
                        "\r\n",
                        "AT",
                        "\b",
                        "xA\0")
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 300)
    void the_same_octets_are_answered_the_same_however_they_are_cut(
            @ForAll("octets") List<String> octets, @ForAll @IntRange(min = 1, max = 20) int piece) {
        String all = String.join("", octets);
        String whole = new Conversation(new Commands()).send(all);
        var cut = new Conversation(new Commands());
        var said = new StringBuilder();
        for (int from = 0; from < all.length(); from += piece) {
            said.append(cut.send(all.substring(from, Math.min(all.length(), from + piece))));
        }
        assertThat(said).hasToString(whole);
    }
}
