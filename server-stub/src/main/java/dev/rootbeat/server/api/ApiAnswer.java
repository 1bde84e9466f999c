package dev.rootbeat.server.api;

import tools.jackson.databind.JsonNode;

/** What a call comes to. */
sealed interface ApiAnswer {

    /** The call succeeded. */
    record Success(JsonNode body) implements ApiAnswer {}

    /** The call failed. */
    record Failure(ApiError error) implements ApiAnswer {}
}
