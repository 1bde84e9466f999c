package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.network.Radio;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registration, contexts and data profiles (AT reference, sections 3.3 to 3.5), on a module that is registered. */
class NetworkTest {

    private final Host host = Host.registered();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+CREG?         | +CREG: 0,1 OK",
                "AT+CREG=1;+CREG? | +CREG: 1,1 OK",
                "AT+CREG=2;+CREG? | +CREG: 2,1,\"2B67\",\"01A2D001\",7 OK",
                "AT+CREG=3        | +CME ERROR: incorrect parameters",
                "AT+CGREG=1;+CGREG? | +CGREG: 1,1 OK",
                "AT+CGREG=2,1     | +CME ERROR: incorrect parameters",
                "AT+CEREG=3;+CEREG? | +CEREG: 3,1,\"2B67\",\"01A2D001\",7 OK",
                "AT+CEREG=5;+CEREG? | +CEREG: 5,1,\"2B67\",\"01A2D001\",7 OK",
                "AT+CEREG=6       | +CME ERROR: incorrect parameters",
                "AT+CEREG=\"2\"   | +CME ERROR: incorrect parameters",
                "AT+CEREG=?       | +CEREG: (0-5) OK",
                "AT+CSCON=1;+CSCON? | +CSCON: 1,1 OK",
                "AT+CSCON=2       | +CME ERROR: incorrect parameters",
                "AT+COPS?         | +COPS: 0,0,\"Rootbeat Test\",7 OK",
                "AT+COPS=3,1;+COPS? | +COPS: 0,1,\"Rootbeat\",7 OK",
                "AT+COPS=3,2;+COPS? | +COPS: 0,2,\"00101\",7 OK",
                "AT+COPS=0,2;+COPS? | +COPS: 0,2,\"00101\",7 OK",
                "AT+COPS=1,2,\"00101\";+COPS? | +COPS: 1,2,\"00101\",7 OK",
                "AT+COPS=1,0,\"Rootbeat Test\",7;+COPS? | +COPS: 1,0,\"Rootbeat Test\",7 OK",
                "AT+COPS=4,2,\"26201\";+COPS? | +COPS: 4,2,\"00101\",7 OK",
                "AT+COPS=6        | +CME ERROR: incorrect parameters",
                "AT+COPS=3        | +CME ERROR: incorrect parameters",
                "AT+COPS=1,2      | +CME ERROR: incorrect parameters",
                "AT+COPS=1,2,262  | +CME ERROR: incorrect parameters",
                "AT+COPS=0,3      | +CME ERROR: incorrect parameters",
                "AT+CEER          | +CEER: \"No report available\" OK",
                "AT+CSQ           | +CSQ: 20,99 OK",
                "AT+CESQ          | +CESQ: 99,99,255,255,20,47 OK",
                "AT+UCGED=2       | OK",
                "AT+UCGED=5       | +CME ERROR: incorrect parameters",
                "AT+CGATT?        | +CGATT: 1 OK",
                "AT+CGATT=1       | OK",
                "AT+CGATT=2       | +CME ERROR: incorrect parameters",
                "AT+CGACT?        | +CGACT: 1,1 OK",
                "AT+CGACT=1,1     | OK",
                "AT+CGACT=1,5     | +CME ERROR: invalid index",
                "AT+CGACT=0,1     | +CME ERROR: operation not allowed",
                "AT+CGACT=0,5     | OK",
                "AT+CGACT=2,1     | +CME ERROR: incorrect parameters",
                "AT+CGACT=1,11    | +CME ERROR: incorrect parameters",
                "AT+CGPADDR       | +CGPADDR: 1,\"10.64.0.2\" OK",
                "AT+CGPADDR=2     | +CGPADDR: 2,\"0.0.0.0\" OK",
                "AT+CGPADDR=11    | +CME ERROR: incorrect parameters",
                "AT+CGCONTRDP     | +CGCONTRDP: 1,5,\"internet\",\"10.64.0.2.255.255.255.0\",\"10.64.0.1\",\"10.64.0.53\",\"10.64.0.54\" OK",
                "AT+CGCONTRDP=2   | OK",
                "AT+UAUTHREQ=1,3,\"me\",\"secret\";+UAUTHREQ? | +UAUTHREQ: 1,3,\"me\" OK",
                "AT+UAUTHREQ=1,4,\"\",\"\" | +CME ERROR: incorrect parameters",
                "AT+UAUTHREQ=1    | +CME ERROR: incorrect parameters",
                "AT+CGEREP=2,1;+CGEREP? | +CGEREP: 2,0 OK",
                "AT+CGEREP=3      | +CME ERROR: incorrect parameters",
                "AT+UGCNTRD       | +UGCNTRD: 1,0,0,0,0 OK",
                "AT+UGCNTSET=1,7,9;+UGCNTRD | +UGCNTRD: 1,0,0,7,9 OK",
                "AT+UGCNTSET=0,1,1 | +CME ERROR: incorrect parameters",
                "AT+UPSD=0,0,2;+UPSD=0,0 | +UPSD: 0,0,2 OK",
                "AT+UPSD=1,1,\"apn\";+UPSD=1,1 | +UPSD: 1,1,\"apn\" OK",
                "AT+UPSD=0        | +UPSD: 0,0,0 +UPSD: 0,1,\"\" +UPSD: 0,4,\"0.0.0.0\" +UPSD: 0,5,\"0.0.0.0\" +UPSD: 0,100,1 OK",
                "AT+UPSD=6,0,0    | +CME ERROR: incorrect parameters",
                "AT+UPSD=0,2,\"me\" | +CME ERROR: incorrect parameters",
                "AT+UPSD=0,0,4    | +CME ERROR: incorrect parameters",
                "AT+UPSD=0,1,\"a,b\" | +CME ERROR: incorrect parameters",
                "AT+UPSDA=0,5     | +CME ERROR: incorrect parameters",
                "AT+UPSDA=0,4     | OK",
                "AT+UPSND=0,8     | +UPSND: 0,8,0 OK",
                "AT+UPSND=0,0     | +UPSND: 0,0,\"\" OK",
                "AT+UPSND=0,3     | +CME ERROR: incorrect parameters",
            })
    void commands_check_what_they_are_given_and_read_back(String line, String said) {
        assertThat(host.send(line.strip())).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+CREG?          | +CREG: 0,0 OK",
                "AT+CEREG=4;+CEREG? | +CEREG: 4,0 OK",
                "AT+COPS?          | +COPS: 0 OK",
                "AT+COPS=0         | OK",
                "AT+COPS=?         | +CME ERROR: operation not allowed",
                "AT+COPS=5         | +CME ERROR: operation not allowed",
                "AT+CSQ            | +CSQ: 99,99 OK",
                "AT+CESQ           | +CESQ: 99,99,255,255,255,255 OK",
                "AT+UCGED?         | +UCGED: 2 OK",
                "AT+CGATT?         | +CGATT: 0 OK",
                "AT+CGATT=1        | +CME ERROR: no network service",
                "AT+CGACT?         | +CGACT: 1,0 OK",
                "AT+CGACT=1,1      | +CME ERROR: no network service",
                "AT+CGPADDR=1      | +CGPADDR: 1,\"0.0.0.0\" OK",
                "AT+CGCONTRDP      | OK",
                "AT+UPSDA=0,3      | +CME ERROR: operation not allowed",
                "AT+UGCNTRD        | OK",
                "AT+CSCON?         | +CSCON: 0,0 OK",
            })
    void in_airplane_mode_there_is_no_network(String line, String said) {
        assertThat(host.send("AT+CFUN=4")).isEqualTo("OK");
        assertThat(host.send(line.strip())).isEqualTo(said);
    }

    @Test
    void a_search_takes_its_time_and_shows_the_network() {
        host.play("""
                > AT+COPS=?
                (wait 29s)
                (wait 1s)
                < +COPS: (2,"Rootbeat Test","Rootbeat","00101",7),,(0-6),(0-2)
                < OK
                > AT+COPS=5
                (wait 30s)
                < MCC:001, MNC:01, TAC:2B67, CI:01A2D001, DLF: 2525, ULF:20525, PCI:1, RSRP LEV:47, RSRQ LEV:20
                < OK
                """);
    }

    @Test
    void a_search_can_be_aborted() {
        host.play("""
                > AT+COPS=?
                (wait 2s)
                (abort)
                < ABORTED
                (wait 60s)
                > AT
                < OK
                """);
    }

    @Test
    void a_network_that_is_not_there_is_searched_for_in_vain() {
        host.play("""
                > AT+COPS=1,2,"26201"
                (wait 30s)
                < +CME ERROR: no network service
                """);
    }

    @Test
    void choosing_a_network_is_answered_when_the_module_is_registered() {
        host.play("""
                > AT+CEREG=1
                < OK
                > AT+COPS=2
                < OK
                < +CEREG: 0
                > AT+COPS?
                < +COPS: 2
                < OK
                > AT+COPS=0
                (wait 2s)
                (wait 1s)
                < OK
                < +CEREG: 2
                < +CEREG: 1
                """);
    }

    @Test
    void a_host_that_does_not_want_to_wait_for_the_registration_aborts_and_the_module_registers_all_the_same() {
        host.play("""
                > AT+COPS=2
                < OK
                > AT+CGATT=1
                (wait 1s)
                (abort)
                < ABORTED
                (wait 2s)
                > AT+CGATT?
                < +CGATT: 1
                < OK
                """);
    }

    @Test
    void without_coverage_the_wait_for_the_registration_ends() {
        host.play("""
                > AT+COPS=2
                < OK
                """);
        host.module.radio().coverage(false);
        host.play("""
                > AT+COPS=0
                (wait 179s)
                (wait 1s)
                < +CME ERROR: no network service
                > AT+CREG?
                < +CREG: 0,2
                < OK
                """);
    }

    @Test
    void lost_coverage_ends_contexts_and_profiles_and_is_told() {
        host.play("""
                > AT+CGEREP=1;+CEREG=2;+CSCON=1
                < OK
                > AT+UPSDA=0,3
                < OK
                (wait 1s)
                < +UUPSDA: 0,"10.64.0.2"
                > AT+UPSND=0,0
                < +UPSND: 0,0,"10.64.0.2"
                < OK
                """);
        host.module.radio().coverage(false);
        host.play("""
                < +CGEV: NW DETACH
                < +UUPSDD: 0
                < +CEREG: 2
                < +CSCON: 0
                > AT+UPSND=0,8
                < +UPSND: 0,8,0
                < OK
                """);
        host.module.radio().coverage(true);
        host.play("""
                (wait 3s)
                < +CGEV: ME PDN ACT 1
                < +CEREG: 1,"2B67","01A2D001",7
                < +CSCON: 1
                """);
    }

    @Test
    void a_profile_that_is_asked_for_before_the_registration_becomes_active_with_it() {
        host.play("""
                > AT+CFUN=4
                < OK
                > AT+CFUN=1
                < OK
                > AT+UPSDA=0,3
                < OK
                (wait 3s)
                (wait 1s)
                < +UUPSDA: 0,"10.64.0.2"
                """);
    }

    @Test
    void a_profile_that_was_being_activated_is_not_told_to_the_next_boot() {
        host.play("""
                > AT+UPSDA=0,3
                < OK
                > AT+CFUN=16
                < OK
                (wait 20s)
                """);
    }

    @Test
    void a_profile_of_a_context_that_is_not_active_cannot_be_activated() {
        host.play("""
                > AT+UPSD=0,100,2
                < OK
                > AT+UPSDA=0,3
                < OK
                (wait 1s)
                < +UUPSDA: 1
                """);
    }

    @Test
    void a_profile_can_be_stored_loaded_and_reset() {
        host.play("""
                > AT+UPSD=0,1,"a.point"
                < OK
                > AT+UPSD=0,100,3
                < OK
                > AT+UPSDA=0,1
                < OK
                > AT+UPSDA=0,0
                < OK
                > AT+UPSD=0,100
                < +UPSD: 0,100,1
                < OK
                > AT+CFUN=16
                < OK
                (wait 5s)
                > ATE0+UPSDA=0,2
                < ATE0+UPSDA=0,2
                < OK
                > AT+UPSD=0,1;+UPSD=0,100
                < +UPSD: 0,1,"a.point"
                < +UPSD: 0,100,3
                < OK
                """);
    }

    @Test
    void further_contexts_are_activated_by_the_host() {
        host.play("""
                > AT+CGEREP=1
                < OK
                > AT+CGDCONT=2,"IP","second"
                < OK
                > AT+CGACT=1,2
                < OK
                < +CGEV: ME PDN ACT 2
                > AT+CGACT?
                < +CGACT: 1,1
                < +CGACT: 2,1
                < OK
                > AT+CGCONTRDP=2
                < +CGCONTRDP: 2,5,"second",*
                < OK
                > AT+CGACT=0,1
                < OK
                < +CGEV: ME PDN DEACT 1
                > AT+CGACT=0,2
                < +CME ERROR: operation not allowed
                """);
    }

    @Test
    void a_context_keeps_the_access_point_that_it_was_activated_with() {
        host.play("""
                > AT+CGDCONT=1,"IP","other"
                < OK
                > AT+CGCONTRDP=1
                < +CGCONTRDP: 1,5,"internet",*
                < OK
                > AT+CFUN=4
                < OK
                > AT+CFUN=1
                < OK
                (wait 3s)
                > AT+CGCONTRDP=1
                < +CGCONTRDP: 1,5,"other",*
                < OK
                """);
    }

    @Test
    void power_saving_that_the_network_grants_shows_in_the_registration() {
        host.play("""
                > AT+CEREG=4
                < OK
                > AT+CPSMS=1,,,"01000011","01000001"
                < OK
                < +CEREG: 1,"2B67","01A2D001",7,,,"01000001","01000011"
                > AT+CEREG?
                < +CEREG: 4,1,"2B67","01A2D001",7,,,"01000001","01000011"
                < OK
                > AT+UCPSMS?
                < +UCPSMS: 1,,,"01000011","01000001"
                < OK
                > AT+CEDRXS=2,4,"0101","0011"
                < OK
                < +CEDRXP: 4,"0101","0101","0011"
                > AT+CEDRXRDP
                < +CEDRXRDP: 4,"0101","0101","0011"
                < OK
                """);
    }

    @Test
    void narrow_band_is_another_technology_from_the_next_boot() {
        host.play("""
                > AT+CFUN=4
                < OK
                > AT+URAT=8
                < OK
                > AT+CFUN=16
                < OK
                (wait 8s)
                > ATE0+COPS?
                < ATE0+COPS?
                < +COPS: 0,0,"Rootbeat Test",9
                < OK
                """);
    }

    @Test
    void hosts_are_told_only_of_what_they_asked_for_each_for_itself() {
        var other = host.second();
        host.play("""
                > AT+CEREG=1
                < OK
                > AT+CFUN=4
                < OK
                < +CEREG: 0
                """);
        assertThat(other.said()).isEmpty();
    }

    @Test
    void a_module_that_is_switched_off_leaves_no_timers_behind() {
        host.send("AT+CFUN=4");
        host.send("AT+CFUN=1");
        host.send("AT+UPSDA=0,3");
        host.send("AT+COPS=0");
        host.second().send("AT+COPS=?");
        assertThat(host.module.radio().registration()).isEqualTo(Radio.Registration.SEARCHING);
        host.module.close();
        host.time.runFor(Duration.ofMinutes(5));
        assertThat(host.time.pending()).isZero();
    }
}
