package dev.rootbeat.module.command;

import org.junit.jupiter.api.Test;

/** The flows of ubxlib, line by line (AT reference, section 3). */
class UbxlibFlowTest {

    private static final String INIT = """
            > AT
            < AT
            < OK
            > ATE0
            < ATE0
            < OK
            > AT+CMEE=2
            < OK
            > AT+UDCONF=1,0
            < OK
            > ATI9
            < 03.15,A00.01
            < OK
            > AT&C1
            < OK
            > AT&D0
            < OK
            > AT+CGEREP=1
            < OK
            > AT&K0
            < OK
            > AT+UPSV=0
            < OK
            > AT+UPSMR=1
            < OK
            > AT+CPSMS?
            < +CPSMS: 0,,,"01101100","00000101"
            < OK
            > AT+UMNOPROF?
            < +UMNOPROF: 90
            < OK
            > AT+UGPRF?
            < +UGPRF: 2,0,""
            < OK
            > AT+CFUN=4
            < OK
            """;

    private static final String CONNECT = """
            > AT+CREG=2
            < OK
            > AT+CGREG=2
            < OK
            > AT+CEREG=4
            < OK
            > AT+CIMI
            < 001010209032624
            < OK
            > AT+CGDCONT=1,"IP","internet"
            < OK
            > AT+UAUTHREQ=1,0,"",""
            < OK
            > AT+COPS?
            < +COPS: 0
            < OK
            > AT+CFUN=1
            < OK
            < +CREG: 2
            < +CGREG: 2
            < +CEREG: 2
            > AT+CREG?
            < +CREG: 2,2
            < OK
            > AT+CGREG?
            < +CGREG: 2,2
            < OK
            > AT+CEREG?
            < +CEREG: 4,2
            < OK
            (wait 3s)
            < +CGEV: ME PDN ACT 1
            < +CREG: 1,"2B67","01A2D001",7
            < +CGREG: 1,"2B67","01A2D001",7
            < +CEREG: 1,"2B67","01A2D001",7
            > AT+CREG?
            < +CREG: 2,1,"2B67","01A2D001",7
            < OK
            > AT+CGREG?
            < +CGREG: 2,1,"2B67","01A2D001",7
            < OK
            > AT+CEREG?
            < +CEREG: 4,1,"2B67","01A2D001",7
            < OK
            > AT+COPS=3,0
            < OK
            > AT+COPS?
            < +COPS: 0,0,"Rootbeat Test",7
            < OK
            > AT+CGATT?
            < +CGATT: 1
            < OK
            > AT+CGACT?
            < +CGACT: 1,1
            < OK
            > AT+UPSD=0,0,0
            < OK
            > AT+UPSD=0,100,1
            < OK
            > AT+UPSDA=0,3
            < OK
            (wait 1s)
            < +UUPSDA: 0,"10.64.0.2"
            > AT+CEER
            < +CEER: "No report available"
            < OK
            > AT+CGPADDR=1
            < +CGPADDR: 1,"10.64.0.2"
            < OK
            > AT+CGCONTRDP=1
            < +CGCONTRDP: 1,5,"internet","10.64.0.2.255.255.255.0","10.64.0.1","10.64.0.53","10.64.0.54"
            < OK
            """;

    private final Host host = new Host();

    @Test
    void power_on_and_init_are_answered_as_the_library_needs() {
        host.play(INIT);
    }

    @Test
    void identity_is_read_as_the_library_needs() {
        host.play(INIT);
        host.play("""
                > AT+CGSN
                < 357862090326242
                < OK
                > AT+CIMI
                < 001010209032624
                < OK
                > AT+CCID
                < +CCID: 89880010102090326241
                < OK
                > ATE0
                < OK
                > AT+CGMI
                < u-blox
                < OK
                > AT+CGMM
                < SARA-R510M8S
                < OK
                > ATI9
                < 03.15,A00.01
                < OK
                > ATI
                < SARA-R510M8S-01B-00
                < OK
                > AT+CCLK?
                < +CCLK: "26/11/24,12:00:05+00"
                < OK
                """);
    }

    @Test
    void connecting_registers_and_activates_a_data_profile() {
        host.play(INIT);
        host.play(CONNECT);
        host.play("""
                > AT+CSQ
                < +CSQ: 20,99
                < OK
                > AT+UCGED?
                < +UCGED: 2
                < 6,4,001,01
                < 2525,5,50,50,2b67,01a2d001,1,d60814d1,8001,01,47,20,13.75,3,1,10,47,-50,-6,0,255,255,0
                < OK
                > AT+UGCNTRD
                < +UGCNTRD: 1,0,0,0,0
                < OK
                > AT+UGCNTSET=1,0,0
                < OK
                """);
    }

    @Test
    void a_module_that_is_registered_already_is_used_as_it_is() {
        host.play(INIT);
        host.play(CONNECT);
        host.play("""
                > AT+CGACT?
                < +CGACT: 1,1
                < OK
                > AT+CGCONTRDP=1
                < +CGCONTRDP: 1,5,"internet",*
                < OK
                """);
    }

    @Test
    void disconnecting_ends_registration_and_context() {
        host.play(INIT);
        host.play(CONNECT);
        host.play("""
                > AT+COPS?
                < +COPS: 0,0,"Rootbeat Test",7
                < OK
                > AT+CFUN=4
                < OK
                < +CGEV: ME DETACH
                < +UUPSDD: 0
                < +CREG: 0
                < +CGREG: 0
                < +CEREG: 0
                > AT+CFUN?
                < +CFUN: 4
                < OK
                > AT+CREG?
                < +CREG: 2,0
                < OK
                > AT+CGREG?
                < +CGREG: 2,0
                < OK
                > AT+CEREG?
                < +CEREG: 4,0
                < OK
                > AT+CGATT?
                < +CGATT: 0
                < OK
                > AT+CEER
                < +CEER: "No report available"
                < OK
                """);
    }

    @Test
    void a_reboot_is_silent_and_then_greets_with_the_stored_text() {
        host.play(INIT);
        host.play("""
                > AT+CSGT=1,"Module has booted."
                < OK
                > AT+CSGT?
                < +CSGT: "Module has booted.",1
                < OK
                > AT+CFUN=16
                < OK
                > AT
                (wait 4s)
                > AT
                (wait 1s)
                < Module has booted.
                > ATE0
                < ATE0
                < OK
                > AT+CFUN?
                < +CFUN: 1
                < OK
                """);
    }

    @Test
    void switching_off_is_silent_until_the_host_sends_something_later() {
        host.play(INIT);
        host.play("""
                > AT+CPWROFF
                < OK
                > AT
                (wait 3s)
                > AT
                (wait 1s)
                > AT           this wakes it
                (wait 4s)
                > AT
                (wait 1s)
                > AT
                < AT
                < OK
                """);
    }

    @Test
    void a_module_that_is_off_wakes_by_itself_after_a_while() {
        host.play(INIT);
        host.play("""
                > AT+CPWROFF
                < OK
                (wait 30s)
                > AT           it boots
                (wait 5s)
                > AT
                < AT
                < OK
                """);
    }

    @Test
    void the_preamble_of_the_librarys_tests_configures_what_differs_and_reboots() {
        host.play(INIT);
        host.play("""
                > AT+CIMI
                < 001010209032624
                < OK
                > AT+CSGT=1,"Module has booted."
                < OK
                > AT+UMNOPROF?
                < +UMNOPROF: 90
                < OK
                > AT+UMNOPROF=100
                < OK
                > AT+URAT?
                < +URAT: 7
                < OK
                > AT+CFUN?
                < +CFUN: 4
                < OK
                > AT+CFUN=0
                < OK
                > AT+URAT=7
                < OK
                > AT+CFUN=4
                < OK
                > AT+CGDCONT?
                < +CGDCONT: 0,"IP","","0.0.0.0",0,0,0,0,0,0,0,0,0,0
                < +CGDCONT: 1,"IP","","0.0.0.0",0,0,0,0,0,0,0,0,0,0
                < OK
                > AT+UBANDMASK?
                < +UBANDMASK: 0,185473183,1048642,1,185473183,1048642
                < OK
                > AT+CGDCONT=1,"IP","internet"
                < OK
                > AT+CGDCONT?
                < +CGDCONT: 0,"IP","","0.0.0.0",0,0,0,0,0,0,0,0,0,0
                < +CGDCONT: 1,"IP","internet","0.0.0.0",0,0,0,0,0,0,0,0,0,0
                < OK
                > AT+CPSMS?
                < +CPSMS: 0,,,"01101100","00000101"
                < OK
                > AT+ULWM2M?
                < +ULWM2M: 0
                < OK
                > AT+ULWM2M=1
                < OK
                > AT+CFUN=16
                < OK
                (wait 15s)
                < Module has booted.
                > ATE0
                < ATE0
                < OK
                > AT+UMNOPROF?
                < +UMNOPROF: 100
                < OK
                > AT+ULWM2M?
                < +ULWM2M: 1
                < OK
                """);
    }

    @Test
    void a_module_that_is_made_ready_for_the_librarys_tests_needs_no_reboot() {
        new Host(builder -> builder.configuration(Setting.READY_FOR_TESTS)).play("""
                > ATE0
                < ATE0
                < OK
                > AT+UMNOPROF?
                < +UMNOPROF: 100
                < OK
                > AT+URAT?
                < +URAT: 7
                < OK
                > AT+CGDCONT?
                < +CGDCONT: 0,"IP","internet",*
                < +CGDCONT: 1,"IP","internet",*
                < OK
                > AT+CPSMS?
                < +CPSMS: 0,*
                < OK
                > AT+ULWM2M?
                < +ULWM2M: 1
                < OK
                """);
    }
}
