package dev.rootbeat.server.manage;

import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the requests of devices and how they are answered, and logs them. */
public final class MeteredRequests implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(MeteredRequests.class);

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
            Duration time = Duration.between(arrival, clock.instant());
            metrics.deviceRequest(path(request), response.code().toString(), time);
            LOG.atDebug()
                    .addKeyValue("device", peer)
                    .addKeyValue("path", request.path())
                    .addKeyValue("code", response.code())
                    .addKeyValue("millis", time.toMillis())
                    .log("a request of a device is answered");
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
