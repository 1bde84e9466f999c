package dev.rootbeat.module.trace;

import dev.rootbeat.module.at.Escapes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * A line of a trace: when, which module, which of its hosts, who said it, and what. Written with a space in between; in
 * the text a backslash and what is not printable ASCII are written as {@code \\}, {@code \r}, {@code \n} or {@code \xHH}.
 *
 * <pre>
 * 2026-11-24T10:00:00.120Z 0a04f008003c9623 1 &gt; AT+USECROTUID
 * 2026-11-24T10:00:00.121Z 0a04f008003c9623 1 &lt; +USECROTUID: "0a04f008003c9623"
 * 2026-11-24T10:00:00.121Z 0a04f008003c9623 1 &lt; OK
 * 2026-11-24T10:00:02.007Z 0a04f008003c9623 0 - heartbeat 4.1 SCHEDULED
 * </pre>
 *
 * @param at when it was said, to the millisecond
 * @param module which module it was
 * @param host counts the hosts of the module from 1; 0 for its server
 * @param kind who said it
 * @param text what was said, one octet a character
 */
public record TraceLine(Instant at, RotPublicUid module, int host, Kind kind, String text) {

    /** Who says something. */
    public enum Kind {
        /** The host, a command line. */
        ASKED(">"),
        /** The host, octets after a prompt. */
        SENT(">>"),
        /** The module, to what it was asked: a line, a final result, a prompt. */
        ANSWERED("<"),
        /** The module, of its own accord. */
        ANNOUNCED("<<"),
        /** Between the module and its server. */
        NOTED("-");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int PARTS = 5;

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static TraceLine parse(String line) {
        String[] parts = line.split(" ", PARTS);
        if (parts.length < PARTS) {
            throw new IllegalArgumentException(
                    "a line of a trace has a time, a module, a host, a sign and a text, not \"" + line + "\"");
        }
        try {
            return new TraceLine(
                    Instant.parse(parts[0]),
                    RotPublicUid.parse(parts[1]),
                    Integer.parseInt(parts[2]),
                    kind(parts[3]),
                    Escapes.unescape(parts[4]));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + parts[0] + "\" is no time such as 2026-11-24T10:00:00.120Z", e);
        }
    }

    private static Kind kind(String sign) {
        for (Kind kind : Kind.values()) {
            if (kind.sign.equals(sign)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("\"" + sign + "\" is none of >, >>, <, << and -");
    }

    @Override
    public String toString() {
        return TIME.format(at) + " " + module + " " + host + " " + kind.sign + " " + Escapes.escape(text);
    }
}
