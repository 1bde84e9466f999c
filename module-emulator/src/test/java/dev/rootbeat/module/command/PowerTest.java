package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Radio and power (AT reference, sections 3.5 and 3.6). */
class PowerTest {

    private final Host host = Host.quiet();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AT+CFUN?    | +CFUN: 1 OK",
                "AT+CFUN=0;+CFUN? | +CFUN: 0 OK",
                "AT+CFUN=4,0;+CFUN? | +CFUN: 4 OK",
                "AT+CFUN=1;+CFUN? | +CFUN: 1 OK",
                "AT+CFUN=?   | +CFUN: (0,1,4,10,15,16),(0,1) OK",
                "AT+CFUN=2   | +CME ERROR: incorrect parameters",
                "AT+CFUN=1,2 | +CME ERROR: incorrect parameters",
                "AT+CFUN=15,1 | +CME ERROR: incorrect parameters",
                "AT+CFUN=x   | +CME ERROR: incorrect parameters",
                "AT+CFUN=    | +CME ERROR: incorrect parameters",
                "AT+CPWROFF=1 | +CME ERROR: unknown",
            })
    void commands_check_what_they_are_given_and_read_back(String line, String said) {
        assertThat(host.send(line.strip())).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT+CFUN=15", "AT+CFUN=16", "AT+CFUN=1,1"})
    void a_reset_answers_first_and_boots_then_with_the_radio_on(String line) {
        assertThat(host.send("AT+CFUN=4")).isEqualTo("OK");
        assertThat(host.send(line)).isEqualTo("OK");
        assertThat(host.module.isOn()).isTrue();
        assertThat(host.send("AT")).as("while it boots").isEmpty();
        host.play("""
                (wait 5s)
                > AT+CFUN?
                < AT+CFUN?
                < +CFUN: 1
                < OK
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT+CPWROFF", "AT+CFUN=10"})
    void switching_off_answers_first_and_forgets_a_command_that_another_host_waits_for(String line) {
        var other = host.second();
        assertThat(other.send("ATE0+COPS=0")).doesNotContain("OK");
        assertThat(host.send(line)).isEqualTo("OK");
        assertThat(host.module.isOn()).isFalse();
        host.play("(wait 29s)");
        assertThat(host.module.isOn()).isFalse();
        assertThat(other.said()).isEmpty();
    }

    @Test
    void a_module_without_power_is_not_woken_by_its_host() {
        host.module.powerOff();
        host.play("""
                > AT
                (wait 60s)
                > AT
                (wait 60s)
                """);
        assertThat(host.module.isOn()).isFalse();
    }
}
