package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Profile;
import dev.rootbeat.module.at.Profile.Parameter;
import dev.rootbeat.module.at.Range;
import org.jspecify.annotations.Nullable;

/**
 * The UART that a host thinks it is connected to (AT reference, sections 3.2 and 3.8). The values are kept and read
 * back; octets travel as the link carries them.
 */
public final class SerialCommands {

    /** What a module that finds the bit rate out by itself has found. */
    private static final int FOUND_BIT_RATE = 115200;

    private static final int HARDWARE = 2;
    private static final int HARDWARE_PROFILE = 3;
    private static final int NO_POWER_SAVING = 0;

    @AtCommand("+IPR=")
    Answer bitRate(
            AtSession session,
            @OneOf({0, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600, 3000000}) int rate) {
        session.profile().set(Parameter.BIT_RATE, rate);
        return Answer.OK;
    }

    @AtCommand("+IPR?")
    Answer bitRate(AtSession session) {
        int rate = session.profile().get(Parameter.BIT_RATE);
        return Answer.of("+IPR: " + (rate == 0 ? FOUND_BIT_RATE : rate));
    }

    @AtCommand("+ICF=")
    Answer framing(AtSession session, @Range(to = 7) int format, @Range(to = 3) @Nullable Integer parity) {
        session.profile().set(Parameter.FRAMING, format);
        if (parity != null) {
            session.profile().set(Parameter.PARITY, parity);
        }
        return Answer.OK;
    }

    @AtCommand("+ICF?")
    Answer framing(AtSession session) {
        return Answer.of("+ICF: " + framing(session.profile()));
    }

    @AtCommand("+IFC=")
    Answer flowControl(AtSession session, @Range(to = 2) int byTerminal, @Range(to = 2) int byModule) {
        if (byTerminal != byModule || byTerminal == 1) {
            return Answer.error(AtError.OPERATION_NOT_SUPPORTED);
        }
        session.profile().set(Parameter.FLOW_CONTROL, byTerminal == HARDWARE ? HARDWARE_PROFILE : 0);
        return Answer.OK;
    }

    @AtCommand("+IFC?")
    Answer flowControl(AtSession session) {
        return Answer.of("+IFC: " + flowControl(session.profile()));
    }

    @AtCommand("+UPSV=")
    Answer powerSaving(
            AtSession session, @Range(to = 3) int mode, @Range(from = 40, to = 65000) @Nullable Integer frames) {
        session.profile().set(Parameter.POWER_SAVING, mode);
        if (frames != null) {
            session.profile().set(Parameter.POWER_SAVING_DELAY, frames);
        }
        return Answer.OK;
    }

    @AtCommand("+UPSV?")
    Answer powerSaving(AtSession session) {
        return Answer.of("+UPSV: " + powerSaving(session.profile()));
    }

    /** Bits and parity, as the commands show them. */
    static String framing(Profile profile) {
        return profile.get(Parameter.FRAMING) + "," + profile.get(Parameter.PARITY);
    }

    /** Flow control in both directions, as the commands show it. */
    static String flowControl(Profile profile) {
        int mode = profile.isOn(Parameter.FLOW_CONTROL) ? HARDWARE : 0;
        return mode + "," + mode;
    }

    /** The mode, and its delay where it has one, as the commands show it. */
    static String powerSaving(Profile profile) {
        int mode = profile.get(Parameter.POWER_SAVING);
        return mode == NO_POWER_SAVING ? "0" : mode + "," + profile.get(Parameter.POWER_SAVING_DELAY);
    }
}
