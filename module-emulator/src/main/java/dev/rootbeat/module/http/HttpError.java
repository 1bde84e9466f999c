package dev.rootbeat.module.http;

import dev.rootbeat.module.network.SocketError;

/**
 * What {@code AT+UHTTPER} says of the last request of a profile: a class and a code. These were seen from SARA-R4 and
 * SARA-R5 modules, with what was wrong; which one a SARA-R5 gives where is not public, so that is ours.
 */
public enum HttpError {
    /** The last request was answered. */
    NONE("0,0"),
    /** The answer is no HTTP, or has no room, or is not complete. */
    INTERNAL("3,10"),
    /** The server cannot be reached, or does not answer. */
    CONNECTION("3,11"),
    /** The connection could not be secured. */
    NOT_SECURED("3,73"),
    /** There is no network. */
    NO_NETWORK("10,22");

    private final String numbers;

    HttpError(String numbers) {
        this.numbers = numbers;
    }

    /** The class and the code, with a comma between. */
    public String numbers() {
        return numbers;
    }

    /** Why there is no connection. */
    static HttpError of(SocketError why, boolean secure) {
        return switch (why) {
            case NETWORK_DOWN -> NO_NETWORK;
            case ABORTED, RESET, INVALID -> secure ? NOT_SECURED : CONNECTION;
            default -> CONNECTION;
        };
    }
}
