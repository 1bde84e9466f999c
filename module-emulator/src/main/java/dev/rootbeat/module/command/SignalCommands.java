package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.network.Cell;
import dev.rootbeat.module.network.Radio;
import java.util.Locale;

/** How well the module hears its cell (AT reference, sections 3.3 and 3.9): well, and always the same. */
public final class SignalCommands {

    private static final int FULL_REPORT = 2;

    /** Frequency, band and bandwidths of the cell. */
    private static final String CHANNEL = "2525,5,50,50";

    /** Physical cell, temporary identity, group and code of the mobility management entity. */
    private static final String MOBILITY = "1,d60814d1,8001,01";

    /** Reference signal power and quality, as 3GPP TS 36.133 codes them, noise and what else there is to measure. */
    private static final String MEASUREMENTS = "47,20,13.75,3,1,10,47,-50,-6,0,255,255,0";

    private final Radio radio;

    /** Measures for this radio. */
    public SignalCommands(Radio radio) {
        this.radio = radio;
    }

    @AtCommand("+CSQ")
    Answer quality() {
        return Answer.of("+CSQ: " + (radio.isRegistered() ? "20,99" : "99,99"));
    }

    @AtCommand("+CESQ")
    Answer extendedQuality() {
        return Answer.of("+CESQ: 99,99,255,255," + (radio.isRegistered() ? "20,47" : "255,255"));
    }

    @AtCommand("+UCGED=")
    Answer report(@OneOf({0, FULL_REPORT}) int mode) {
        return Answer.OK;
    }

    /** A SARA-R5 has one form of report, which needs no setting. */
    @AtCommand("+UCGED?")
    Answer report() {
        String mode = "+UCGED: " + FULL_REPORT;
        if (!radio.isRegistered()) {
            return Answer.of(mode);
        }
        Cell cell = radio.network().cell();
        return Answer.of(
                mode,
                "6,4," + cell.country() + "," + cell.network(),
                CHANNEL + "," + cell.trackingArea().toLowerCase(Locale.ROOT) + ","
                        + cell.identity().toLowerCase(Locale.ROOT) + "," + MOBILITY + "," + MEASUREMENTS);
    }
}
