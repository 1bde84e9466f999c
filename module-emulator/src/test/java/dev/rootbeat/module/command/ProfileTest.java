package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host sets for its session, and stores (AT reference, section 3.8; ITU-T V.250, section 6). */
class ProfileTest {

    private final Host host = Host.quiet();

    @Test
    void the_profile_is_shown_in_the_lines_that_hosts_look_for() {
        host.play("""
                > AT&V
                < ACTIVE PROFILE:
                < &C1, &D1, &K3, &S1, E0, Q0, V1, X4, S0:000, S2:043, S3:013, S4:010, S5:008, S7:060,
                < +ICF:3,1, +IFC:2,2, +IPR:0, +UPSV:0,
                < STORED PROFILE 0:
                < &C1, &D1, &K3, &S1, E1, Q0, V1, X4, S0:000, S2:043, S3:013, S4:010, S5:008, S7:060,
                < +ICF:3,1, +IFC:2,2, +IPR:0, +UPSV:0,
                < OK
                """);
    }

    @Test
    void what_is_stored_survives_a_reboot_and_a_power_cycle_and_what_is_not_does_not() {
        host.play("""
                > AT&K0&D0+IPR=115200;&W
                < OK
                > AT&D2
                < OK
                > AT+CFUN=16
                < OK
                (wait 5s)
                > AT&V
                < ACTIVE PROFILE:
                < &C1, &D0, &K0, &S1, E0,*
                < +ICF:3,1, +IFC:0,0, +IPR:115200, +UPSV:0,
                < STORED PROFILE 0:
                < *
                < *
                < OK
                (power off)
                (power on)
                (wait 5s)
                > AT+IPR?      without an echo
                < +IPR: 115200
                < OK
                """);
        host.replace();
        host.play("""
                > AT+IPR?
                < +IPR: 115200
                < OK
                """);
    }

    @Test
    void the_stored_profile_and_that_of_a_new_module_can_be_brought_back() {
        host.play("""
                > AT&W
                < OK
                > AT&C0+UPSV=1,1300
                < OK
                > ATZ
                < OK
                > AT+UPSV?
                < +UPSV: 0
                < OK
                > AT&F
                < OK
                > AT
                < AT
                < OK
                """);
    }

    @Test
    void a_rate_that_is_found_out_reads_back_as_what_was_found() {
        host.play("""
                > AT+IPR=0
                < OK
                > AT+IPR?
                < +IPR: 115200
                < OK
                """);
    }

    @Test
    void results_can_be_numbers_or_be_left_out() {
        assertThat(host.send("ATV0")).isEqualTo("0");
        assertThat(host.send("AT+CGMM")).isEqualTo("SARA-R510M8S 0");
        assertThat(host.send("AT+CMEE=0;+NONE")).isEqualTo("4");
        assertThat(host.send("ATV1Q1")).isEmpty();
        assertThat(host.send("AT+CGMM")).isEqualTo("SARA-R510M8S");
        assertThat(host.send("AT+NONE")).isEmpty();
        assertThat(host.send("ATQ")).isEqualTo("OK");
    }

    @Test
    void another_character_may_end_lines() {
        host.input("ATS3=33\r");
        host.said();
        host.input("AT!");
        assertThat(host.said()).containsExactly("!", "OK!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ATS3?        | 013 OK",
                "ATS7=30      | OK",
                "ATS0=0S7?    | 060 OK",
                "ATS3=128     | +CME ERROR: incorrect parameters",
                "ATS1?        | +CME ERROR: incorrect parameters",
                "ATS3=        | +CME ERROR: incorrect parameters",
                "ATS3         | +CME ERROR: unknown",
                "ATE2         | +CME ERROR: incorrect parameters",
                "ATQ2         | +CME ERROR: incorrect parameters",
                "ATX5         | +CME ERROR: incorrect parameters",
                "AT&K1        | +CME ERROR: incorrect parameters",
                "AT&W1        | +CME ERROR: incorrect parameters",
                "ATZ1         | +CME ERROR: incorrect parameters",
                "ATX4&S1H     | OK",
                "AT+CMEE?     | +CMEE: 2 OK",
                "AT+CMEE=?    | +CMEE: (0-2) OK",
                "AT+CMEE=3    | +CME ERROR: incorrect parameters",
                "AT+IPR=1200  | +CME ERROR: incorrect parameters",
                "AT+IPR=?     | +IPR: (0,9600,19200,38400,57600,115200,230400,460800,921600,3000000) OK",
                "AT+ICF=3,1   | OK",
                "AT+ICF?      | +ICF: 3,1 OK",
                "AT+ICF=8     | +CME ERROR: incorrect parameters",
                "AT+IFC=0,0;+IFC? | +IFC: 0,0 OK",
                "AT+IFC=2,2;+IFC? | +IFC: 2,2 OK",
                "AT+IFC=1,1   | +CME ERROR: operation not supported",
                "AT+IFC=2     | +CME ERROR: incorrect parameters",
                "AT+UPSV=1,1300;+UPSV? | +UPSV: 1,1300 OK",
                "AT+UPSV=3;+UPSV? | +UPSV: 3,2000 OK",
                "AT+UPSV=4    | +CME ERROR: incorrect parameters",
                "AT+UPSV=1,39 | +CME ERROR: incorrect parameters",
                "AT+UPSV=\"1\" | +CME ERROR: incorrect parameters",
            })
    void commands_check_what_they_are_given_and_read_back(String line, String said) {
        assertThat(host.send(line.strip())).isEqualTo(said);
    }
}
