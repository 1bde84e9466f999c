package dev.rootbeat.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The contract as a page for people: one HTML document that loads nothing. */
final class ContractPage {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color-scheme: light dark }
            code, summary { font-family: monospace } summary { cursor: pointer; padding: .2em 0 }
            details { border-bottom: 1px solid #8884 } details ul { margin: 0 0 .5em } .is { opacity: .7 }
            </style></head><body>
            """;

    private final JsonNode document;
    private final StringBuilder html = new StringBuilder();

    private ContractPage(JsonNode document) {
        this.document = document;
    }

    /** Writes the page of an OpenAPI document. */
    static String of(JsonNode document) {
        return new ContractPage(document).page();
    }

    private String page() {
        JsonNode info = document.get("info");
        html.append(HEAD.replace("%s", text(info, "title")));
        html.append("<h1>").append(text(info, "title")).append("</h1><p>").append(text(info, "description"));
        html.append("</p><p>The contract itself: <a href=\"openapi.yaml\">openapi.yaml</a></p>\n");
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            call(path.getKey(), path.getValue().get("post"));
        }
        return html.append("</body></html>\n").toString();
    }

    private void call(String path, JsonNode call) {
        html.append("<details id=\"")
                .append(escaped(path))
                .append("\"><summary>")
                .append(escaped(path));
        html.append("</summary><p>").append(text(call, "summary")).append("</p>Request:\n");
        fields(schema(call.get("requestBody")));
        JsonNode answer = resolved(call.at("/responses/200"));
        html.append("Answer: ").append(text(answer, "description")).append('\n');
        fields(schema(answer));
        html.append("</details>\n");
    }

    /** The fields of an object, those of objects within it too. */
    private void fields(JsonNode schema) {
        html.append("<ul>");
        var required = new TreeSet<String>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            JsonNode of = resolved(field.getValue());
            html.append("<li><code>").append(escaped(field.getKey())).append("</code> <span class=\"is\">");
            html.append(escaped(kind(of)));
            html.append(required.contains(field.getKey()) ? "" : ", may be left out")
                    .append("</span> ");
            html.append(text(of, "description"));
            JsonNode within = of.has("items") ? resolved(of.get("items")) : of;
            if (within.has("properties")) {
                fields(within);
            }
            html.append("</li>\n");
        }
        html.append("</ul>\n");
    }

    /** What a value is and what bounds it has, in the words of the contract. */
    private String kind(JsonNode schema) {
        List<String> kind = new ArrayList<>();
        if (schema.has("type")) {
            kind.add(words(schema.get("type")));
        }
        for (String bound : List.of(
                "const",
                "enum",
                "pattern",
                "minimum",
                "maximum",
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "default")) {
            if (schema.has(bound)) {
                kind.add(bound + " " + words(schema.get(bound)));
            }
        }
        if (schema.has("items")) {
            kind.add("each " + kind(resolved(schema.get("items"))));
        }
        return String.join(", ", kind);
    }

    private static String words(JsonNode value) {
        return value.isArray()
                ? String.join(" | ", value.valueStream().map(JsonNode::asString).toList())
                : value.asString();
    }

    private JsonNode schema(JsonNode body) {
        return resolved(body.at("/content/application~1json/schema"));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? resolved(document.at(node.get("$ref").asString().substring(1)))
                : node;
    }

    private static String text(JsonNode node, String field) {
        return escaped(node.path(field).asString(""));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
