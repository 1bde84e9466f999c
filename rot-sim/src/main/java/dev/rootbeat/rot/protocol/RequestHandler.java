package dev.rootbeat.rot.protocol;

import java.util.function.Consumer;

/** The server's side of the secure channel. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Handles a request. The answer may come later and from another thread; it comes exactly once, unless the server
     * dies.
     *
     * @param peer the device, as the channel has authenticated it
     */
    void handle(RotPublicUid peer, Request request, Consumer<Response> answer);
}
