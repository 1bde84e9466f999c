package dev.rootbeat.rot.protocol;

/** Ends the reading of a message inside the codec; {@link Codec} turns it into {@link Decoded.Malformed}. */
final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason what is wrong with the field that is being read, to be said after its name */
    MalformedException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
