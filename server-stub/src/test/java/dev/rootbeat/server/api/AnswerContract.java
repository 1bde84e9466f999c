package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds answers to the contract, and remembers which of the promised fields it has seen. */
final class AnswerContract {

    private final OpenApi openApi = new OpenApi();
    private final Map<String, Schema> compiled = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();

    /** Fails unless the answer is as the contract says; what is no call can only answer an error. */
    void check(String path, int status, JsonNode body) {
        boolean good = status == 200 && isCall(path);
        JsonNode schema = good ? success(path) : openApi.document().at("/components/schemas/Error");
        assertThat(compiled.computeIfAbsent(good ? path : "", _ -> openApi.compile(schema))
                        .validate(body))
                .as("%s answers %d: %s", path, status, body)
                .isEmpty();
        if (good) {
            visit(path, schema, body, seen);
        }
    }

    /** The paths of all calls. */
    Set<String> calls() {
        return new TreeSet<>(openApi.document().get("paths").propertyNames());
    }

    /** All fields that successful answers may have, each with the path before it. */
    Set<String> promised() {
        var promised = new TreeSet<String>();
        calls().forEach(path -> visit(path, success(path), null, promised));
        return promised;
    }

    /** The same, as far as an answer had them. */
    Set<String> seen() {
        return seen;
    }

    JsonNode request(String path) {
        return resolve(
                openApi.document().get("paths").get(path).at("/post/requestBody/content/application~1json/schema"));
    }

    /** Follows a reference, if there is one. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref")
                ? openApi.document().at(node.get("$ref").asString().substring(1))
                : node;
    }

    private boolean isCall(String path) {
        return openApi.document().get("paths").has(path);
    }

    private JsonNode success(String path) {
        JsonNode answer = openApi.document().get("paths").get(path).at("/post/responses/200");
        return resolve(answer).at("/content/application~1json/schema");
    }

    /** Notes the fields of a schema; if there is a value, only those that it has. */
    private void visit(String place, JsonNode reference, @Nullable JsonNode value, Set<String> noted) {
        JsonNode schema = resolve(reference);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String field = place + " " + property.getKey();
            if (value == null || value.has(property.getKey())) {
                noted.add(field);
                visit(field, property.getValue(), value == null ? null : value.get(property.getKey()), noted);
            }
        }
        if (schema.has("items")) {
            if (value == null) {
                visit(place, schema.get("items"), null, noted);
            } else {
                value.forEach(item -> visit(place, schema.get("items"), item, noted));
            }
        }
    }
}
