package dev.rootbeat.server.api;

import org.jspecify.annotations.Nullable;

/**
 * What a caller is told when a call fails; nothing has changed then.
 *
 * @param status the HTTP status
 * @param code a stable name for programs
 * @param field the field that is wrong; null if it is none
 * @param message a sentence for people
 */
record ApiError(int status, String code, @Nullable String field, String message) {

    static ApiError badField(String field, String message) {
        return new ApiError(400, "BAD_REQUEST", field, message);
    }

    static ApiError unauthorized(String message) {
        return new ApiError(401, "UNAUTHORIZED", null, message);
    }

    static ApiError notFound(@Nullable String field, String message) {
        return new ApiError(404, "NOT_FOUND", field, message);
    }
}
