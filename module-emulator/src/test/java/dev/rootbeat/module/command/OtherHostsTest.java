package dev.rootbeat.module.command;

import org.junit.jupiter.api.Test;

/** What other public hosts send until they have a network (AT reference, section 3.9). */
class OtherHostsTest {

    @Test
    void the_driver_of_zephyr_registers() {
        new Host().play("""
                > AT
                < AT
                < OK
                > ATE0
                < ATE0
                < OK
                > AT+CFUN=0
                < OK
                > AT+CMEE=1
                < OK
                > AT+CREG=1
                < OK
                > AT+UDCONF=1,1
                < OK
                > AT+CGMI
                < u-blox
                < OK
                > AT+CGMM
                < SARA-R510M8S
                < OK
                > AT+CGMR
                < 03.15
                < OK
                > AT+CGSN
                < 357862090326242
                < OK
                > AT+CIMI
                < 001010209032624
                < OK
                > AT+CGDCONT=1,"IP","internet"
                < OK
                > AT+CFUN=1
                < OK
                < +CREG: 2
                > AT+COPS=0,0
                (wait 3s)
                < OK
                < +CREG: 1
                > AT+CESQ
                < +CESQ: 99,99,255,255,20,47
                < OK
                """);
    }

    @Test
    void the_library_of_sparkfun_initializes_and_asks_about_the_network() {
        new Host().play("""
                > AT
                < AT
                < OK
                > ATE0
                < ATE0
                < OK
                > AT+UGPIOC=16,2
                < OK
                > AT+UGPIOC=19,22
                < OK
                > AT+CMGF=1            it does not mind
                < ERROR
                > AT+CTZU=1
                < OK
                > AT+UMNOPROF?
                < +UMNOPROF: 90
                < OK
                > AT+CFUN=0
                < OK
                > AT+UMNOPROF=100,0,0
                < OK
                > AT+CFUN=16
                < OK
                (wait 10s)
                > ATE0
                < ATE0
                < OK
                > AT+UMNOPROF?
                < +UMNOPROF: 100
                < OK
                > AT+CSQ
                < +CSQ: 20,99
                < OK
                > AT+CREG?
                < +CREG: 0,1
                < OK
                > AT+CGDCONT=1,"IP","internet"
                < OK
                > AT+COPS=0,0
                < OK
                > AT+COPS?
                < +COPS: 0,0,"Rootbeat Test",7
                < OK
                > AT+CGDCONT?
                < +CGDCONT: 0,"IP","","0.0.0.0",0,0,0,0,0,0,0,0,0,0
                < +CGDCONT: 1,"IP","internet","10.64.0.2",0,0,0,0,0,0,0,0,0,0
                < OK
                > AT+UPSD=0,0,0
                < OK
                > AT+UPSD=0,100,1
                < OK
                > AT+UPSDA=0,3
                < OK
                (wait 1s)
                < +UUPSDA: 0,"10.64.0.2"
                > AT+CCLK?
                < +CCLK: "26/11/24,12:00:16+00"
                < OK
                > AT+CPWROFF
                < OK
                """);
    }

    @Test
    void a_hand_written_host_asks_for_everything_in_lower_case_with_line_feeds() {
        new Host().play("""
                > ate0
                < ate0
                < OK
                > at+cpin?
                < +CPIN: READY
                < OK
                > at+cclk?;+csq
                < +CCLK: "26/11/24,12:00:05+00"
                < +CSQ: 99,99
                < OK
                """);
    }
}
