package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What holds for every extended command that a module lists. */
class EveryCommandTest {

    private static final String WRONG = "+CME ERROR: incorrect parameters";
    private static final String UNKNOWN = "+CME ERROR: unknown";

    /** A test command of a network is a search, which takes time. */
    private static final Set<String> SEARCHES = Set.of("AT+COPS");

    /** Its values are there only while channels are multiplexed. */
    private static final String MULTIPLEXER = "AT+CMUX";

    private final Host host = Host.registered();

    private List<String> commands() {
        host.said();
        host.input("AT+CLAC\r");
        List<String> lines = host.said();
        assertThat(lines).hasSizeGreaterThan(60).endsWith("OK").contains("AT+CGMM", "AT&W", "ATE", "AT+UPSDA");
        return lines.stream().filter(line -> line.startsWith("AT+")).toList();
    }

    @Test
    void a_test_command_is_known() {
        var softly = new SoftAssertions();
        for (String command : commands()) {
            if (!SEARCHES.contains(command)) {
                softly.assertThat(host.send(command + "=?")).as(command).endsWith("OK");
            }
        }
        softly.assertAll();
    }

    @Test
    void a_set_command_refuses_too_many_parameters_and_those_of_a_wrong_type() {
        var softly = new SoftAssertions();
        for (String command : commands()) {
            softly.assertThat(host.send(command + "=" + "0,".repeat(40) + "0"))
                    .as(command)
                    .isIn(WRONG, UNKNOWN);
            softly.assertThat(host.send(command + "=x")).as(command).isIn(WRONG, UNKNOWN);
            softly.assertThat(host.send(command + "=-1")).as(command).isIn(WRONG, UNKNOWN);
            softly.assertThat(host.send(command + "=99999999999999999999"))
                    .as(command)
                    .isIn(WRONG, UNKNOWN);
        }
        softly.assertAll();
    }

    @Test
    void a_read_command_answers_with_its_own_name() {
        var softly = new SoftAssertions();
        for (String command : commands()) {
            String said = host.send(command + "?");
            if (command.equals(MULTIPLEXER)) {
                softly.assertThat(said).isEqualTo("+CME ERROR: operation not allowed");
                continue;
            }
            softly.assertThat(said.equals(UNKNOWN) || said.startsWith(command.substring(2) + ":"))
                    .as("%s says %s", command, said)
                    .isTrue();
        }
        softly.assertAll();
    }

    @Test
    void what_is_not_emulated_is_not_supported_and_what_no_module_knows_is_unknown() {
        assertThat(host.send("AT+UGPS=1,0,1")).isEqualTo("+CME ERROR: operation not supported");
        assertThat(host.send("AT+ULOC=?")).isEqualTo("+CME ERROR: operation not supported");
        assertThat(host.send("AT+NONE=1")).isEqualTo(UNKNOWN);
        assertThat(host.send("AT+CMEE=1;+UTIME?")).isEqualTo("+CME ERROR: 4");
        assertThat(host.send("AT+NONE")).isEqualTo("+CME ERROR: 100");
    }
}
