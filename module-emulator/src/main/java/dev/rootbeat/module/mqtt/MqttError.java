package dev.rootbeat.module.mqtt;

import dev.rootbeat.module.network.SocketError;

/**
 * What {@code AT+UMQTTER} says of the last operation: a class and a code. The class, and the codes that say something,
 * are those that were seen from SARA-R4 and SARA-R5 modules or that hosts try again after; for all others 0 was seen.
 */
public enum MqttError {
    /** The last operation succeeded. */
    NONE("0,0"),
    /** Anything that has no code of its own, such as a broker that refuses the user. */
    FAILED("13,0"),
    /** The connection could not be secured. */
    NOT_SECURED("13,8"),
    /** The broker did not answer in time. */
    TIMED_OUT("13,33"),
    /** There is no network. */
    NO_NETWORK("13,34");

    private final String numbers;

    MqttError(String numbers) {
        this.numbers = numbers;
    }

    /** The class and the code, with a comma between. */
    public String numbers() {
        return numbers;
    }

    /** Why there is no connection, or no more. */
    static MqttError of(SocketError why, boolean secure) {
        return switch (why) {
            case NETWORK_DOWN -> NO_NETWORK;
            case TIMED_OUT -> TIMED_OUT;
            case ABORTED, RESET, INVALID -> secure ? NOT_SECURED : FAILED;
            default -> FAILED;
        };
    }
}
