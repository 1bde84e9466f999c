package dev.rootbeat.server.api;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The check of requests against the OpenAPI document. */
final class Contract {

    private final OpenApi openApi;
    private final Map<String, Schema> requests = new TreeMap<>();

    Contract(OpenApi openApi) {
        this.openApi = openApi;
        for (Map.Entry<String, JsonNode> path : openApi.document().get("paths").properties()) {
            requests.put(
                    path.getKey(),
                    openApi.compile(path.getValue().at("/post/requestBody/content/application~1json/schema")));
        }
    }

    /** The document as it was written. */
    String text() {
        return openApi.text();
    }

    /** The document as a page for people, in HTML. */
    String page() {
        return ContractPage.of(openApi.document());
    }

    /** The paths of all calls. */
    Set<String> paths() {
        return Collections.unmodifiableSet(requests.keySet());
    }

    /** Returns what is wrong with a request's body, or nothing. */
    Optional<ApiError> problem(String path, JsonNode body) {
        Schema schema = requests.get(path);
        if (schema == null) {
            return Optional.of(ApiError.notFound(null, "there is no call " + path));
        }
        List<Error> errors = schema.validate(body);
        return errors.stream().findFirst().map(Contract::describe);
    }

    private static ApiError describe(Error error) {
        String place = error.getInstanceLocation().toString();
        String pointer = error.getProperty() == null ? place : place + "/" + error.getProperty();
        return ApiError.badField(pointer.isEmpty() ? ApiError.BODY : pointer.substring(1), error.getMessage());
    }
}
