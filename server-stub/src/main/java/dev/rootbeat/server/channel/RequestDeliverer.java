package dev.rootbeat.server.channel;

import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests from CoAP to the handler, on threads that may block, and its answers back. */
final class RequestDeliverer implements MessageDeliverer {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDeliverer.class);

    /**
     * When a request without an answer is acknowledged, so that the device does not repeat it: half the time after
     * which it would (RFC 7252, section 5.2.2).
     */
    private static final Duration ACKNOWLEDGE_AFTER = Duration.ofSeconds(1);

    private final RequestHandler handler;
    private final ScheduledExecutorService protocol;
    private final Executor work;

    RequestDeliverer(RequestHandler handler, ScheduledExecutorService protocol, Executor work) {
        this.handler = handler;
        this.protocol = protocol;
        this.work = work;
    }

    @Override
    public void deliverRequest(Exchange exchange) {
        CoapForm.refusal(exchange.getRequest()).ifPresentOrElse(exchange::sendResponse, () -> pass(exchange));
    }

    private void pass(Exchange exchange) {
        RotPublicUid peer = RotPublicUid.parse(
                exchange.getRequest().getSourceContext().getPeerIdentity().getName());
        var answered = new AtomicBoolean();
        Future<?> acknowledgement =
                protocol.schedule(() -> exchange.sendAccept(), ACKNOWLEDGE_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        try {
            work.execute(() -> handle(peer, CoapForm.read(exchange.getRequest()), answer -> {
                if (answered.compareAndSet(false, true)) {
                    acknowledgement.cancel(false);
                    exchange.sendResponse(CoapForm.write(answer));
                }
            }));
        } catch (RejectedExecutionException e) {
            // The server stops; the device finds that out by itself.
            acknowledgement.cancel(false);
        }
    }

    private void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        try {
            handler.handle(peer, request, answer);
        } catch (RuntimeException e) {
            LOG.error("{} of {}", request.path(), peer, e);
            answer.accept(Response.error(Response.Code.INTERNAL_ERROR, "the server failed"));
        }
    }

    @Override
    public void deliverResponse(Exchange exchange, org.eclipse.californium.core.coap.Response response) {
        LOG.debug("a response that nobody asked for: {}", response);
    }
}
