package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Profile.Parameter;
import dev.rootbeat.module.at.Range;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a host's own session behaves (AT reference, sections 1.4 and 1.6; ITU-T V.250, section 6). A basic command
 * without a number means 0. There are no circuits and no calls here: what is about them is only kept.
 */
public final class SessionCommands {

    @AtCommand("E")
    Answer echo(AtSession session, @OneOf({0, 1}) @Nullable Integer on) {
        return set(session, Parameter.ECHO, on);
    }

    @AtCommand("Q")
    Answer quiet(AtSession session, @OneOf({0, 1}) @Nullable Integer on) {
        return set(session, Parameter.QUIET, on);
    }

    @AtCommand("V")
    Answer verbose(AtSession session, @OneOf({0, 1}) @Nullable Integer on) {
        return set(session, Parameter.VERBOSE, on);
    }

    @AtCommand("X")
    Answer callResults(AtSession session, @Range(to = 4) @Nullable Integer which) {
        return set(session, Parameter.CALL_RESULTS, which);
    }

    @AtCommand("&C")
    Answer carrier(AtSession session, @OneOf({0, 1}) @Nullable Integer mode) {
        return set(session, Parameter.CARRIER, mode);
    }

    @AtCommand("&D")
    Answer terminalReady(AtSession session, @Range(to = 2) @Nullable Integer mode) {
        return set(session, Parameter.TERMINAL_READY, mode);
    }

    @AtCommand("&S")
    Answer dataSetReady(AtSession session, @OneOf({0, 1}) @Nullable Integer mode) {
        return set(session, Parameter.DATA_SET_READY, mode);
    }

    @AtCommand("&K")
    Answer flowControl(AtSession session, @OneOf({0, 3}) @Nullable Integer mode) {
        return set(session, Parameter.FLOW_CONTROL, mode);
    }

    @AtCommand("H")
    Answer hangUp(@OneOf(0) @Nullable Integer calls) {
        return Answer.OK;
    }

    @AtCommand("S=")
    Answer register(AtSession session, @OneOf({0, 2, 7}) int number, @Range(to = 255) int value) {
        return set(session, register(number), value);
    }

    @AtCommand("S=")
    Answer characterRegister(AtSession session, @OneOf({3, 4, 5}) int number, @Range(to = 127) int value) {
        return set(session, register(number), value);
    }

    @AtCommand("S?")
    Answer register(AtSession session, @OneOf({0, 2, 3, 4, 5, 7}) int number) {
        return Answer.of(threeDigits(session.profile().get(register(number))));
    }

    @AtCommand("+CMEE=")
    Answer errorFormat(AtSession session, @Range(to = 2) int format) {
        session.errorFormat(format);
        return Answer.OK;
    }

    @AtCommand("+CMEE?")
    Answer errorFormat(AtSession session) {
        return Answer.of("+CMEE: " + session.errorFormat());
    }

    /** How registers are shown. */
    static String threeDigits(int value) {
        return String.format(Locale.ROOT, "%03d", value);
    }

    private static Answer set(AtSession session, Parameter parameter, @Nullable Integer value) {
        session.profile().set(parameter, value == null ? 0 : value);
        return Answer.OK;
    }

    private static Parameter register(int number) {
        return switch (number) {
            case 0 -> Parameter.RINGS;
            case 2 -> Parameter.ESCAPE;
            case 3 -> Parameter.LINE_END;
            case 4 -> Parameter.LINE_FEED;
            case 5 -> Parameter.BACKSPACE;
            default -> Parameter.COMPLETION;
        };
    }
}
