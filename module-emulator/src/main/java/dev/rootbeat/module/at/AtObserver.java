package dev.rootbeat.module.at;

/**
 * Sees what a host and its module say to each other, in whole lines and without echo. Text is of one octet a character
 * (ISO 8859-1). All methods are called on the module's executor, in the order in which things happen.
 */
public interface AtObserver {

    /** Sees nothing. */
    AtObserver NONE = new AtObserver() {};

    /**
     * The host has sent a command line.
     *
     * @param line as it was typed, {@code AT} included, without what ends it; {@code A/} to repeat the last
     */
    default void asked(String line) {}

    /** The host has sent all the octets that it was prompted for. */
    default void sent(byte[] payload) {}

    /** The module answers a line, a final result or a prompt, without the characters around it. */
    default void answered(String text) {}

    /** The module says a line of its own accord. */
    default void announced(String line) {}

    /** Has another observer see the same, after this one. */
    default AtObserver and(AtObserver other) {
        AtObserver first = this;
        return new AtObserver() {
            @Override
            public void asked(String line) {
                first.asked(line);
                other.asked(line);
            }

            @Override
            public void sent(byte[] payload) {
                first.sent(payload);
                other.sent(payload);
            }

            @Override
            public void answered(String text) {
                first.answered(text);
                other.answered(text);
            }

            @Override
            public void announced(String line) {
                first.announced(line);
                other.announced(line);
            }
        };
    }
}
