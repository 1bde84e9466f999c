package dev.rootbeat.server.manage;

import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Counts the requests of devices and how they are answered. */
public final class MeteredRequests implements RequestHandler {

    private final RequestHandler next;
    private final Metrics metrics;
    private final InstantSource clock;

    /**
     * Puts a meter before a handler.
     *
     * @param clock in real time
     */
    public MeteredRequests(RequestHandler next, Metrics metrics, InstantSource clock) {
        this.next = next;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        Instant arrival = clock.instant();
        next.handle(peer, request, response -> {
            answer.accept(response);
            metrics.deviceRequest(
                    path(request), response.code().toString(), Duration.between(arrival, clock.instant()));
        });
    }

    /** Devices make up paths; a label must have few values. */
    private static String path(Request request) {
        return switch (request.path()) {
            case Request.HEARTBEAT, Request.RESULTS -> request.path();
            default -> "other";
        };
    }
}
