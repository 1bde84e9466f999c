package dev.rootbeat.module.channel;

import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;

/** Says in a sentence why a message did not get through. */
final class Reasons {

    /** The flight in which the client proves that it knows the key (RFC 6347, section 4.2.4). */
    private static final int FINISHED_FLIGHT = 5;

    private Reasons() {}

    /**
     * A server is silent alike on an identity that it does not know and on a key that is not its own, so that nobody
     * can try out identities.
     */
    static String of(Throwable error) {
        return switch (error) {
            case DtlsHandshakeTimeoutException timeout
            when timeout.getFlightNumber() >= FINISHED_FLIGHT ->
                "the server does not finish the handshake: it may not know this device, or another key of it";
            case DtlsHandshakeTimeoutException timeout -> "the server does not answer the handshake";
            default -> {
                String message = error.getMessage();
                yield message == null ? error.getClass().getSimpleName() : message;
            }
        };
    }
}
