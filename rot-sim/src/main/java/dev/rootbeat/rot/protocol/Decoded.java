package dev.rootbeat.rot.protocol;

/** What a decoder made of some bytes: a message, or the place and the reason why they are none. */
public sealed interface Decoded<T> {

    /** The bytes are a message. */
    record Message<T>(T value) implements Decoded<T> {}

    /**
     * The bytes are no message.
     *
     * @param field the path of the field, such as {@code heartbeat.slots[0].certificate}
     * @param reason what is wrong with it, to be read after the field's name
     */
    record Malformed<T>(String field, String reason) implements Decoded<T> {

        /** Returns the sentence that a diagnostic payload carries. */
        public String diagnostic() {
            return field + ": " + reason;
        }
    }
}
