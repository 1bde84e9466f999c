package dev.rootbeat.server.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page of a list that a caller asks for. The contract holds cursors to their form; they name the last entry of the
 * page before, so that what is added or goes away meanwhile moves nothing.
 *
 * @param limit the most entries to show
 * @param cursor what the page before gave as NextCursor; null for the first page
 */
record Page(int limit, @Nullable String cursor) {

    /** The most entries of a page: an answer stays near the size of the largest request. The contract says it too. */
    static final int MAX = 1000;

    /** What a caller gets who does not care. */
    static final int DEFAULT = 100;

    static Page of(JsonNode body) {
        return new Page(body.has("Limit") ? body.get("Limit").asInt() : DEFAULT, Json.textOrNull(body, "Cursor"));
    }

    <C> @Nullable C after(Function<String, C> reading) {
        return cursor == null ? null : reading.apply(cursor);
    }

    /** How many to look for: one more than are shown says whether there is a next page. */
    int wanted() {
        return limit + 1;
    }

    /**
     * Shows a page.
     *
     * @param name the field of the list
     * @param found up to {@link #wanted} entries
     * @param show makes JSON of an entry
     * @param cursorOf names an entry
     */
    <T> ApiAnswer answer(String name, List<T> found, Function<T, JsonNode> show, Function<T, String> cursorOf) {
        return new ApiAnswer.Success(show(name, found, show, cursorOf));
    }

    /** Shows a page in an object that may get more fields; the rest is as with {@link #answer}. */
    <T> ObjectNode show(String name, List<T> found, Function<T, JsonNode> show, Function<T, String> cursorOf) {
        ObjectNode answer = Json.object();
        ArrayNode entries = answer.putArray(name);
        List<T> shown = found.subList(0, Math.min(limit, found.size()));
        shown.forEach(entry -> entries.add(show.apply(entry)));
        if (found.size() > limit) {
            answer.put("NextCursor", cursorOf.apply(shown.getLast()));
        }
        return answer;
    }
}
