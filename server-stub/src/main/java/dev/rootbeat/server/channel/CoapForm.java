package dev.rootbeat.server.channel;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;

/** Requests and answers as CoAP has them. */
final class CoapForm {

    /** The segments of {@link Request#HEARTBEAT} and {@link Request#RESULTS}. */
    private static final List<List<String>> RESOURCES = List.of(List.of("hb"), List.of("hb", "results"));

    private CoapForm() {}

    /** What CoAP itself has against a request, before anybody reads it (RFC 7252, sections 5.8 and 5.9). */
    static Optional<Response> refusal(org.eclipse.californium.core.coap.Request request) {
        OptionSet options = request.getOptions();
        if (!RESOURCES.contains(options.getUriPath())) {
            return Optional.of(refuse(ResponseCode.NOT_FOUND, "there are /hb and /hb/results"));
        }
        if (request.getCode() != Code.POST) {
            return Optional.of(refuse(ResponseCode.METHOD_NOT_ALLOWED, "only POST"));
        }
        if (options.hasContentFormat() && options.getContentFormat() != MediaTypeRegistry.APPLICATION_CBOR) {
            return Optional.of(refuse(ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "only application/cbor"));
        }
        if (request.getPayloadSize() > Request.MAX_PAYLOAD) {
            Response tooLarge =
                    refuse(ResponseCode.REQUEST_ENTITY_TOO_LARGE, "at most " + Request.MAX_PAYLOAD + " octets");
            tooLarge.getOptions().setSize1(Request.MAX_PAYLOAD);
            return Optional.of(tooLarge);
        }
        return Optional.empty();
    }

    private static Response refuse(ResponseCode code, String diagnostic) {
        Response refusal = new Response(code);
        refusal.setPayload(diagnostic);
        return refusal;
    }

    static Request read(org.eclipse.californium.core.coap.Request request) {
        return new Request("/" + request.getOptions().getUriPathString(), Bytes.of(request.getPayload()));
    }

    static Response write(dev.rootbeat.rot.protocol.Response answer) {
        Response response = new Response(ResponseCode.valueOf(answer.code().octet()));
        response.setPayload(answer.payload().toArray());
        switch (answer.code()) {
            case CHANGED -> response.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_CBOR);
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                response.getOptions().setMaxAge(answer.maxAge().toSeconds());
            case BAD_REQUEST, FORBIDDEN, NOT_FOUND, TOO_LARGE, INTERNAL_ERROR -> {}
        }
        return response;
    }
}
