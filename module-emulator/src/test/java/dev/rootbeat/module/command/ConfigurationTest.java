package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host configures for good (AT reference, sections 3.7 and 3.8), on a module whose radio is off. */
class ConfigurationTest {

    private static final String WRONG = "+CME ERROR: incorrect parameters";

    private final Host host = Host.quiet();

    ConfigurationTest() {
        assertThat(host.send("AT+CFUN=4")).isEqualTo("OK");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+UMNOPROF=100           | AT+UMNOPROF? | +UMNOPROF: 100",
                "AT+UMNOPROF=0,1,1         | AT+UMNOPROF? | +UMNOPROF: 0",
                "AT+URAT=8                 | AT+URAT?     | +URAT: 8",
                "AT+URAT=7,8               | AT+URAT?     | +URAT: 7,8",
                "AT+URAT=8,8               | AT+URAT?     | +URAT: 8",
                "AT+UBANDMASK=0,524288     | AT+UBANDMASK? | +UBANDMASK: 0,524288,0,1,185473183,1048642",
                "AT+UBANDMASK=1,128,2      | AT+UBANDMASK? | +UBANDMASK: 0,185473183,1048642,1,128,2",
                "AT+ULWM2M=1               | AT+ULWM2M?   | +ULWM2M: 1",
                "AT+UGPRF=0                | AT+UGPRF?    | +UGPRF: 0,0,\"\"",
                "AT+UGPRF=2,7000,\"host\"  | AT+UGPRF?    | +UGPRF: 2,7000,\"host\"",
                "AT+UDCONF=1,1             | AT+UDCONF=1  | +UDCONF: 1,1",
                "AT+CSGT=1,\"hello, you\"  | AT+CSGT?     | +CSGT: \"hello, you\",1",
                "AT+CGDCONT=3,\"IPV4V6\",\"a.b-c\" | AT+CGDCONT? | +CGDCONT: 0,\"IP\",\"\",\"0.0.0.0\",0,0,0,0,0,0,0,0,0,0 "
                        + "+CGDCONT: 1,\"IP\",\"\",\"0.0.0.0\",0,0,0,0,0,0,0,0,0,0 "
                        + "+CGDCONT: 3,\"IPV4V6\",\"a.b-c\",\"0.0.0.0\",0,0,0,0,0,0,0,0,0,0",
                "AT+CGDCONT=1              | AT+CGDCONT?  | +CGDCONT: 0,\"IP\",\"\",\"0.0.0.0\",0,0,0,0,0,0,0,0,0,0",
                "AT+CPSMS=1,,,\"01000011\",\"01000001\" | AT+CPSMS? | +CPSMS: 1,,,\"01000011\",\"01000001\"",
                "AT+CPSMS=1                | AT+CPSMS?    | +CPSMS: 1,,,\"01101100\",\"00000101\"",
                "AT+CEDRXS=1,4,\"0101\"    | AT+CEDRXS?   | +CEDRXS: 4,\"0101\" +CEDRXS: 5,\"0000\"",
                "AT+CEDRXS=2,5,\"0011\",\"1001\" | AT+CEDRXS? | +CEDRXS: 4,\"0000\" +CEDRXS: 5,\"0011\",\"1001\"",
                "AT+UGPIOC=16,2            | AT+UGPIOC?   | +UGPIOC: 16,2 19,255 23,255 24,255 25,255 42,255",
            })
    void what_is_set_reads_back_at_once_and_after_a_power_cycle(String set, String read, String said) {
        assertThat(host.send(set.strip())).isEqualTo("OK");
        assertThat(host.send(read.strip())).isEqualTo(said + " OK");
        host.replace();
        host.send("ATE0");
        assertThat(host.send(read.strip())).isEqualTo(said + " OK");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+UMNOPROF=1000",
                "AT+UMNOPROF=1,2",
                "AT+URAT=9",
                "AT+URAT=7,8,9",
                "AT+UBANDMASK=2,1",
                "AT+UBANDMASK=0",
                "AT+UBANDMASK=0,-1",
                "AT+ULWM2M=2",
                "AT+USIO=5",
                "AT+UGPRF=256",
                "AT+UGPRF=2,65536",
                "AT+UDCONF=1,2",
                "AT+UDCONF=9",
                "AT+CSGT=2",
                "AT+CSGT=1,text",
                "AT+CGDCONT=11,\"IP\",\"\"",
                "AT+CGDCONT=1,\"X25\",\"\"",
                "AT+CGDCONT=1,\"IP\",\"a b\"",
                "AT+CGDCONT=0",
                "AT+CPSMS=1,,,\"0100001\"",
                "AT+CPSMS=1,,,,\"01000012\"",
                "AT+CPSMS=3",
                "AT+CEDRXS=1,3,\"0101\"",
                "AT+CEDRXS=1,4,\"01x1\"",
                "AT+CEDRXS=4",
                "AT+UGPIOC=17,2",
                "AT+UGPIOC=16,256",
                "AT+UGPIOW=16,2",
                "AT+UFOTASTAT=2",
                "AT+CRSM=176,28539,0,0",
                "AT+CRSM=177,28539,0,0,12",
                "AT+CRSM=214,28539,0,0,12,\"xx\"",
            })
    void what_makes_no_sense_is_refused(String line) {
        assertThat(host.send(line)).isEqualTo(WRONG);
    }

    @Test
    void a_greeting_that_is_too_long_is_refused() {
        assertThat(host.send("AT+CSGT=1,\"" + "x".repeat(49) + "\"")).isEqualTo("OK");
        assertThat(host.send("AT+CSGT=1,\"" + "x".repeat(50) + "\"")).isEqualTo("+CME ERROR: text string too long");
    }

    @Test
    void a_greeting_that_is_switched_off_keeps_its_text() {
        host.play("""
                > AT+CSGT=1,"hello"
                < OK
                > AT+CSGT=0
                < OK
                > AT+CSGT?
                < +CSGT: "hello",0
                < OK
                > AT+CFUN=15
                < OK
                (wait 6s)
                """);
    }

    @Test
    void the_serial_variant_shows_what_is_asked_for_and_what_the_module_has_booted_with() {
        host.play("""
                > AT+USIO?
                < +USIO: 0,*0
                < OK
                > AT+USIO=4
                < OK
                > AT+USIO?
                < +USIO: 4,*0
                < OK
                > AT+CFUN=16
                < OK
                (wait 6s)
                > AT+USIO?
                < AT+USIO?
                < +USIO: 4,*4
                < OK
                """);
    }

    @Test
    void the_radio_is_not_configured_while_it_is_registered() {
        host.play("""
                > AT+CFUN=1
                < OK
                (wait 3s)
                > AT+UMNOPROF=100
                < +CME ERROR: operation not allowed
                > AT+URAT=8
                < +CME ERROR: operation not allowed
                > AT+UBANDMASK=0,1
                < +CME ERROR: operation not allowed
                """);
    }

    @Test
    void a_full_storage_is_an_error_and_nothing_is_half_changed() {
        assertThat(host.send("AT+CSGT=1,\"before\"")).isEqualTo("OK");
        host.fillStorage();
        assertThat(host.send("AT+CSGT=1,\"" + "x".repeat(49) + "\"")).isEqualTo("+CME ERROR: memory full");
        assertThat(host.send("AT+CGDCONT=2,\"IP\",\"" + "y".repeat(90) + "\"")).isEqualTo("+CME ERROR: memory full");
        assertThat(host.send("AT&W")).isEqualTo("+CME ERROR: memory full");
        assertThat(host.send("AT+CSGT?")).isEqualTo("+CSGT: \"before\",1 OK");
        assertThat(host.send("AT+CGDCONT?")).doesNotContain("yyy").endsWith("OK");
    }

    @Test
    void pins_read_back_what_is_written_if_they_are_outputs() {
        host.play("""
                > AT+UGPIOC=16,0,1
                < OK
                > AT+UGPIOR=16
                < +UGPIOR: 16,1
                < OK
                > AT+UGPIOW=16,0
                < OK
                > AT+UGPIOR=16
                < +UGPIOR: 16,0
                < OK
                > AT+UGPIOC=16,1
                < OK
                > AT+UGPIOR=16
                < +UGPIOR: 16,0
                < OK
                > AT+UGPIOW=16,1
                < +CME ERROR: operation not allowed
                > AT+UGPIOR=23
                < +CME ERROR: operation not allowed
                """);
    }

    @Test
    void power_saving_goes_back_to_what_a_new_module_asks_for() {
        host.play("""
                > AT+CPSMS=1,,,"01000011","01000001"
                < OK
                > AT+CPSMS=2
                < OK
                > AT+CPSMS?
                < +CPSMS: 0,,,"01101100","00000101"
                < OK
                > AT+CEDRXS=1,4,"0101"
                < OK
                > AT+CEDRXRDP
                < +CEDRXRDP: 4,"0101"
                < OK
                > AT+CEDRXS=3
                < OK
                > AT+CEDRXRDP
                < +CEDRXRDP: 0
                < OK
                > AT+UCPSMS?
                < +UCPSMS: 0
                < OK
                > AT+UPSMR?
                < +UPSMR: 0
                < OK
                > AT+UFOTASTAT=1;+UFOTASTAT?
                < +UFOTASTAT: 1
                < OK
                """);
    }

    @Test
    void the_list_of_forbidden_networks_is_read_and_deleted_as_the_library_does() {
        host.play("""
                > AT+CRSM=176,28539,0,0,20
                < +CRSM: 103,0
                < OK
                > AT+CRSM=214,28539,0,0,12,"00F110FFFFFFFFFFFFFFFFFF"
                < +CRSM: 144,0
                < OK
                > AT+CRSM=176,28539,0,0,12
                < +CRSM: 144,0,"00F110FFFFFFFFFFFFFFFFFF"
                < OK
                > AT+CRSM=214,28539,0,0,12,"FFFFFFFFFFFFFFFFFFFFFFFF"
                < +CRSM: 144,0
                < OK
                > AT+CRSM=214,28539,0,0,3,"FFFFFF"
                < +CRSM: 103,0
                < OK
                > AT+CRSM=176,28423,0,0,9
                < +CRSM: 106,130
                < OK
                """);
    }
}
