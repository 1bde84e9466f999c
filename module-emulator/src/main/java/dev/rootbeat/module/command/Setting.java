package dev.rootbeat.module.command;

import java.util.Locale;
import java.util.Map;

/**
 * What a module keeps of its configuration for good: until a host changes it, over reboots and power cycles. A value is
 * text, mostly as the command that reads it shows it. The values of a new module are from AT reference, sections 3.4,
 * 3.7 and 7.4, and ours where that is silent.
 */
public enum Setting {
    /** What {@code AT&W} stored, see {@link dev.rootbeat.module.at.Profile}. */
    PROFILE(""),
    /** The operator's profile: {@code +UMNOPROF}. */
    UMNOPROF("90"),
    /** The radio access technologies in the order of preference: {@code +URAT}. */
    URAT("7"),
    /** The bands of each technology, all that the data sheet lists: {@code +UBANDMASK}. */
    UBANDMASK("0,185473183,1048642,1,185473183,1048642"),
    /** The packet data contexts, one a line: {@code +CGDCONT}. */
    CGDCONT("0,IP,\n1,IP,"),
    /** The packet switched data profiles, one a line: {@code +UPSD}. */
    UPSD(""),
    /** The greeting text and whether it is shown: {@code +CSGT}. */
    CSGT("\"\",0"),
    /** Whether the client of the device management is off: {@code +ULWM2M}. */
    ULWM2M("0"),
    /** How the serial interfaces are used: {@code +USIO}. */
    USIO("0"),
    /** What the GNSS receiver's data are sent to, the multiplexer by default: {@code +UGPRF}. */
    UGPRF("2,0,\"\""),
    /** Whether sockets carry hexadecimal digits: {@code +UDCONF=1}. */
    HEX_MODE("0"),
    /** Power saving mode as asked for: {@code +CPSMS}. */
    CPSMS("0,,,\"01101100\",\"00000101\""),
    /** Extended discontinuous reception as asked for, one technology a line: {@code +CEDRXS}. */
    CEDRXS(""),
    /** What {@code AT+UMQTTNV=2} stored, see {@link dev.rootbeat.module.mqtt.MqttProfile}. */
    MQTT(""),
    /** The pins, one a line: {@code +UGPIOC}. */
    UGPIOC(""),
    /** The networks that the SIM card avoids. */
    FPLMN("FFFFFFFFFFFFFFFFFFFFFFFF");

    /** A module as the test suites of ubxlib want it, so that they need not reboot it first (AT reference, 3.7). */
    public static final Map<Setting, String> READY_FOR_TESTS =
            Map.of(UMNOPROF, "100", CGDCONT, "0,IP,internet\n1,IP,internet", ULWM2M, "1");

    private final String factory;

    Setting(String factory) {
        this.factory = factory;
    }

    /** What a new module has. */
    String factory() {
        return factory;
    }

    /** Its name in the module's storage. */
    String key() {
        return "module." + name().toLowerCase(Locale.ROOT);
    }
}
