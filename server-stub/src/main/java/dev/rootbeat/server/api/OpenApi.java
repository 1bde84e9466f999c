package dev.rootbeat.server.api;

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
import java.util.Locale;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document: the source of what the REST interface promises. */
final class OpenApi {

    private static final String COMPONENTS = "components";
    private static final String FILE = "openapi.yaml";

    private final String text;
    private final JsonNode document;
    private final SchemaRegistry registry;

    OpenApi() {
        try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the class path");
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readTree(text);
        // What a caller reads does not depend on the machine's language.
        var config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .formatAssertionsEnabled(true)
                .build();
        // Schemas refer to what stands under this word, which is OpenAPI's and not JSON Schema's.
        var dialect = Dialect.builder(Dialects.getOpenApi31())
                .keyword(new NonValidationKeyword(COMPONENTS))
                .build();
        registry = SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemaRegistryConfig(config));
    }

    /** The document as it was written. */
    String text() {
        return text;
    }

    /** The document as a tree. */
    JsonNode document() {
        return document;
    }

    /** Compiles a schema that stands somewhere in the document; it brings what it refers to. */
    Schema compile(JsonNode schema) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.set(COMPONENTS, document.get(COMPONENTS));
        whole.setAll((ObjectNode) schema);
        return registry.getSchema(whole);
    }
}
