package dev.rootbeat.module.at;

import dev.rootbeat.module.at.Profile.Parameter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a module says to one host, in the form that the host wants (AT reference, sections 1.2 and 1.6). */
final class Output {

    /** The numbers of {@code ATV0} (ITU-T V.250, table 1). */
    private static final int OK_NUMBER = 0;

    private static final int ERROR_NUMBER = 4;

    private final Profile profile;
    private final AtObserver observer;
    private final Consumer<byte[]> host;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private int errorFormat;

    Output(Profile profile, AtObserver observer, Consumer<byte[]> host) {
        this.profile = profile;
        this.observer = observer;
        this.host = host;
    }

    /** How errors are shown: 0 plain, 1 by number, 2 as text. */
    int errorFormat() {
        return errorFormat;
    }

    void errorFormat(int format) {
        errorFormat = format;
    }

    /** Sends back what the host types, if it wants that. */
    void echo(int octet) {
        if (profile.isOn(Parameter.ECHO)) {
            octets.write(octet);
        }
    }

    /** An information line of a command. */
    void line(String text) {
        observer.answered(text);
        write(framed(text));
    }

    /** A line that no command has asked for. */
    void urc(String text) {
        observer.announced(text);
        write(framed(text));
    }

    void prompt(char symbol) {
        observer.answered(String.valueOf(symbol));
        write("\r\n" + symbol);
    }

    void ok() {
        result("OK", OK_NUMBER);
    }

    void aborted() {
        result("ABORTED", AtError.COMMAND_ABORTED.number());
    }

    void error(AtError error) {
        switch (errorFormat) {
            case 0 -> result("ERROR", ERROR_NUMBER);
            case 1 -> error("+CME ERROR: " + error.number());
            default -> error("+CME ERROR: " + error.text());
        }
    }

    /** Sends what was said since the last time. */
    void flush() {
        if (octets.size() > 0) {
            byte[] said = octets.toByteArray();
            octets.reset();
            host.accept(said);
        }
    }

    /** A result of ITU-T V.250, which the host may want as a number. */
    private void result(String word, int number) {
        if (isVerbose()) {
            result(word, framed(word));
        } else {
            result(String.valueOf(number), number + character(Parameter.LINE_END));
        }
    }

    private void error(String text) {
        result(text, framed(text));
    }

    private void result(String text, String framed) {
        if (!profile.isOn(Parameter.QUIET)) {
            observer.answered(text);
            write(framed);
        }
    }

    private String framed(String text) {
        String end = character(Parameter.LINE_END) + character(Parameter.LINE_FEED);
        return (isVerbose() ? end : "") + text + end;
    }

    private String character(Parameter register) {
        return String.valueOf((char) profile.get(register));
    }

    private boolean isVerbose() {
        return profile.isOn(Parameter.VERBOSE);
    }

    private void write(String text) {
        octets.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
