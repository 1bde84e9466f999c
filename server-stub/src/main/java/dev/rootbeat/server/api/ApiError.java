package dev.rootbeat.server.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller is told when a call fails; nothing has changed then.
 *
 * @param status the HTTP status
 * @param code a stable name for programs
 * @param field the field that is wrong; null if it is none
 * @param message a sentence for people
 */
record ApiError(int status, ErrorCode code, @Nullable String field, String message) {

    /** The field of an error that is in the body as a whole. */
    static final String BODY = "body";

    static ApiError badField(String field, String message) {
        return new ApiError(400, ErrorCode.BAD_REQUEST, field, message);
    }

    static ApiError unauthorized(String message) {
        return new ApiError(401, ErrorCode.UNAUTHORIZED, null, message);
    }

    static ApiError notFound(@Nullable String field, String message) {
        return new ApiError(404, ErrorCode.NOT_FOUND, field, message);
    }

    static ApiError internal() {
        return new ApiError(500, ErrorCode.INTERNAL, null, "the server failed");
    }

    static ApiError tooMany() {
        return new ApiError(429, ErrorCode.TOO_MANY_REQUESTS, null, "too many calls with this API key");
    }

    /** Returns what the caller is sent, the same shape everywhere. */
    ObjectNode body() {
        ObjectNode body = Json.object().put("Error", code.name()).put("Message", message);
        return field == null ? body : body.put("Field", field);
    }
}
