package dev.rootbeat.server.fault;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.fault.Harm.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets faults happen to what devices send and to what they are answered. */
public final class FaultyRequests implements RequestHandler {

    private final RequestHandler next;
    private final Faults faults;
    private final ScheduledExecutorService timers;

    /**
     * Puts faults before a handler.
     *
     * @param timers delays answers
     */
    public FaultyRequests(RequestHandler next, Faults faults, ScheduledExecutorService timers) {
        this.next = next;
        this.faults = faults;
        this.timers = timers;
    }

    @Override
    public void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        Optional<Harm> harm = switch (request.path()) {
            case Request.HEARTBEAT -> faults.strike(Message.HEARTBEAT.toString(), peer);
            case Request.RESULTS -> faults.strike(Message.RESULTS.toString(), peer);
            default -> Optional.empty();
        };
        if (harm.orElse(null) instanceof Harm.OnMessage(Message _, Trouble trouble)) {
            handle(peer, request, answer, trouble);
        } else {
            next.handle(peer, request, answer);
        }
    }

    private void handle(RotPublicUid peer, Request request, Consumer<Response> answer, Trouble trouble) {
        switch (trouble) {
            case Trouble.Reject _ -> answer.accept(Response.error(Code.FORBIDDEN, "a fault of the server"));
            case Trouble.TooMany(Duration maxAge) ->
                answer.accept(Response.retryAfter(Code.TOO_MANY_REQUESTS, maxAge, "a fault of the server"));
            case Trouble.Unavailable(Duration maxAge) ->
                answer.accept(Response.retryAfter(Code.SERVICE_UNAVAILABLE, maxAge, "a fault of the server"));
            case Trouble.LoseRequest _ -> {}
            case Trouble.LoseReply _ -> next.handle(peer, request, _ -> {});
            case Trouble.Delay(Duration delay) ->
                next.handle(peer, request, response -> {
                    var _ = timers.schedule(() -> answer.accept(response), delay.toMillis(), TimeUnit.MILLISECONDS);
                });
            case Trouble.Garble _ -> next.handle(peer, request, response -> answer.accept(garbled(response)));
        }
    }

    /** Of a reply the first octet, which says that it is a map: the rest would make another sense by chance. */
    private static Response garbled(Response response) {
        byte[] octets = response.payload().toArray();
        if (octets.length > 0) {
            octets[0] ^= 0x20;
        }
        return new Response(response.code(), response.maxAge(), Bytes.of(octets));
    }
}
