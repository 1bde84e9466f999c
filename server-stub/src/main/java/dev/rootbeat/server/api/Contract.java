package dev.rootbeat.server.api;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document, and the check of requests against it. */
final class Contract {

    private static final String COMPONENTS = "components";
    private static final String DOCUMENT = "openapi.yaml";

    private final String text;
    private final Map<String, Schema> requests = new TreeMap<>();

    Contract() {
        try (InputStream in = Contract.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException(DOCUMENT + " is missing from the class path");
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode document = YAMLMapper.builder().build().readTree(text);
        // What a caller reads does not depend on the machine's language.
        var config = SchemaRegistryConfig.builder().locale(Locale.ROOT).build();
        // Schemas refer to what stands under this word, which is OpenAPI's and not JSON Schema's.
        var dialect = Dialect.builder(Dialects.getOpenApi31())
                .keyword(new NonValidationKeyword(COMPONENTS))
                .build();
        var registry = SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemaRegistryConfig(config));
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            JsonNode schema = path.getValue().at("/post/requestBody/content/application~1json/schema");
            requests.put(path.getKey(), registry.getSchema(standalone(schema, document)));
        }
    }

    /** A schema that brings what it refers to. */
    private static JsonNode standalone(JsonNode schema, JsonNode document) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.set(COMPONENTS, document.get(COMPONENTS));
        whole.setAll((ObjectNode) schema);
        return whole;
    }

    /** The document as it was written. */
    String text() {
        return text;
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
