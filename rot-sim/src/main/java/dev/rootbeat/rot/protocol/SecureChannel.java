package dev.rootbeat.rot.protocol;

import java.util.function.Consumer;

/**
 * The device's side of the secure channel: it carries requests, authenticated and encrypted, and their answers. One
 * implementation speaks CoAP over DTLS, another is the simulated network.
 */
public interface SecureChannel extends AutoCloseable {

    /**
     * Sends a request. The outcome is told exactly once, on the executor that the device runs on; at most one request
     * is under way at a time.
     */
    void send(Request request, Consumer<Outcome> outcome);

    /** Gives up the session and what it holds. A request that is under way gets no outcome any more. */
    @Override
    void close();

    /** What became of a request. */
    sealed interface Outcome {

        /** The server answered. */
        record Answered(Response response) implements Outcome {}

        /**
         * No answer came within the channel's time. Whether the request arrived is not known.
         *
         * @param why a sentence for logs
         */
        record NoAnswer(String why) implements Outcome {}
    }
}
