package dev.rootbeat.server.event;

import java.util.concurrent.CompletableFuture;

/** Takes a message to its receiver: over HTTP in the real world, without sockets in the simulated one. */
@FunctionalInterface
public interface Sender {

    /** What became of a message. */
    sealed interface Answer {

        /** The receiver has it. */
        record Taken() implements Answer {}

        /**
         * Nobody knows whether the receiver has it.
         *
         * @param reason a phrase for people
         */
        record Failed(String reason) implements Answer {}
    }

    /** Sends a message; the future comes to an answer within the time-out of the deliveries. */
    CompletableFuture<Answer> send(Message message);
}
