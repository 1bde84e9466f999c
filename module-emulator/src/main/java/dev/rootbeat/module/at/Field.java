package dev.rootbeat.module.at;

/**
 * A parameter as the host wrote it.
 *
 * @param text without quotes and the spaces around
 * @param quoted whether it was in quotes; one that was not and has no text was left out
 */
public record Field(String text, boolean quoted) {

    static final Field LEFT_OUT = new Field("", false);

    /** The parameter as it stands in the command line. */
    public String spelled() {
        return quoted ? '"' + text + '"' : text;
    }

    boolean isLeftOut() {
        return !quoted && text.isEmpty();
    }
}
