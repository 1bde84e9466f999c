package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clock that a host sees (AT reference, section 3.3). It runs as fast as the module's, from which it starts with
 * every boot; the network's time is the module's, so that there is nothing to update.
 */
public final class ClockCommands {

    private static final int LENGTH = 20;
    private static final int CENTURY = 2000;

    /** The zone, quarters of an hour ahead of universal time, may be left out. */
    private static final Pattern TIME =
            Pattern.compile("([0-9]{2})/([0-9]{2})/([0-9]{2}),([0-9]{2}):([0-9]{2}):([0-9]{2})(?:([+-])([0-9]{2}))?");

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uu/MM/dd,HH:mm:ss", Locale.ROOT);

    private final InstantSource clock;
    private Duration offset = Duration.ZERO;
    private int quarters;

    /** Starts from this clock. */
    public ClockCommands(InstantSource clock) {
        this.clock = clock;
    }

    /** Sets the local time, and how many quarters of an hour it is ahead of universal time. */
    @AtCommand("+CCLK=")
    Answer set(@Length(max = LENGTH) String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        int zone = time.group(8) == null ? quarters : Integer.parseInt(time.group(7) + time.group(8));
        try {
            LocalDateTime local = LocalDateTime.of(
                    CENTURY + Integer.parseInt(time.group(1)),
                    Integer.parseInt(time.group(2)),
                    Integer.parseInt(time.group(3)),
                    Integer.parseInt(time.group(4)),
                    Integer.parseInt(time.group(5)),
                    Integer.parseInt(time.group(6)));
            offset = Duration.between(clock.instant(), local.toInstant(ZoneOffset.UTC));
            quarters = zone;
            return Answer.OK;
        } catch (DateTimeException e) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
    }

    @AtCommand("+CCLK?")
    Answer show() {
        LocalDateTime local = LocalDateTime.ofInstant(clock.instant().plus(offset), ZoneOffset.UTC);
        return Answer.of("+CCLK: \"" + FORMAT.format(local) + String.format(Locale.ROOT, "%+03d", quarters) + "\"");
    }

    @AtCommand("+CTZU=")
    Answer update(AtSession session, @OneOf({0, 1}) int mode) {
        session.mode("+CTZU", mode);
        return Answer.OK;
    }

    @AtCommand("+CTZU?")
    Answer update(AtSession session) {
        return Answer.of("+CTZU: " + session.mode("+CTZU"));
    }

    @AtCommand("+CTZR=")
    Answer report(AtSession session, @Range(to = 2) int mode) {
        session.mode("+CTZR", mode);
        return Answer.OK;
    }

    @AtCommand("+CTZR?")
    Answer report(AtSession session) {
        return Answer.of("+CTZR: " + session.mode("+CTZR"));
    }
}
