package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import org.jspecify.annotations.Nullable;

/** How a host's own session behaves (AT reference, sections 1.4 and 1.6). */
public final class SessionCommands {

    @AtCommand("E")
    Answer echo(AtSession session, @OneOf({0, 1}) @Nullable Integer on) {
        session.echo(on != null && on == 1);
        return Answer.OK;
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
}
