package dev.rootbeat.server.api;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Answers of calls as HTTP. */
final class HttpAnswers {

    private static final String JSON = "application/json";

    private HttpAnswers() {}

    static void send(ServerResponse response, ApiAnswer answer) {
        switch (answer) {
            case ApiAnswer.Success(var body) -> send(response, 200, octets(body));
            case ApiAnswer.Failure(ApiError error) -> send(response, error);
            case ApiAnswer.TooMany(Duration wait) -> {
                response.header(
                        HeaderNames.RETRY_AFTER,
                        Long.toString(wait.plusSeconds(1).toSeconds()));
                send(response, ApiError.tooMany());
            }
        }
    }

    static void send(ServerResponse response, ApiError error) {
        send(response, error.status(), octets(error.body()));
    }

    static void send(ServerResponse response, int status, byte[] body) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, JSON).send(body);
    }

    private static byte[] octets(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Answers in the one shape also what no route takes, because it is no HTTP request as it should be. */
    static DirectHandlers outsideRoutes() {
        var handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(
                    type,
                    (request, event, status, headers, message) -> TransportResponse.builder()
                            .status(status)
                            .headers(headers.set(HeaderNames.CONTENT_TYPE, JSON))
                            .keepAlive(event.keepAlive())
                            .entity(octets(outsideRoutes(status.code()).body()))
                            .build());
        }
        return handlers.build();
    }

    private static ApiError outsideRoutes(int status) {
        if (status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
            return new ApiError(
                    status, ErrorCode.TOO_LARGE, ApiError.BODY, "has more than " + Api.MAX_BODY + " octets");
        }
        return status < 500
                ? new ApiError(status, ErrorCode.BAD_REQUEST, null, "this is no HTTP/1.1 request as it should be")
                : ApiError.internal();
    }
}
