package dev.rootbeat.server.api;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What a call comes to. */
sealed interface ApiAnswer {

    /** The call succeeded. */
    record Success(JsonNode body) implements ApiAnswer {}

    /** The call failed. */
    record Failure(ApiError error) implements ApiAnswer {}

    /** The caller calls too often, and may again after so long. */
    record TooMany(Duration pause) implements ApiAnswer {}
}
