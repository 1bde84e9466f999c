package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.store.StoreException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lists in a column, as JSON arrays. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static String ofTexts(List<String> texts) {
        return write(json -> texts.forEach(json::writeString));
    }

    static List<String> toTexts(String text) {
        return read(text, Json::string);
    }

    static String ofHistory(List<Operation.Change> history) {
        return write(json -> {
            for (Operation.Change change : history) {
                json.writeStartArray();
                json.writeString(change.state().name());
                json.writeNumber(Nanos.of(change.at()));
                json.writeString(change.reason());
                json.writeEndArray();
            }
        });
    }

    static List<Operation.Change> toHistory(String text) {
        return read(text, json -> {
            json.nextToken();
            var state = Operation.State.valueOf(string(json));
            json.nextToken();
            var at = Nanos.toInstant(json.getLongValue());
            json.nextToken();
            var change = new Operation.Change(state, at, stringOrNull(json));
            json.nextToken();
            return change;
        });
    }

    private static String write(Consumer<JsonGenerator> elements) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            elements.accept(json);
            json.writeEndArray();
        }
        return text.toString();
    }

    private static <E> List<E> read(String text, Function<JsonParser, E> element) {
        var list = new ArrayList<E>();
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new StoreException("a stored list is damaged");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(element.apply(json));
            }
        } catch (JacksonException e) {
            throw new StoreException("a stored list is damaged", e);
        }
        return List.copyOf(list);
    }

    private static String string(JsonParser json) {
        return json.getString();
    }

    private static @Nullable String stringOrNull(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : json.getString();
    }
}
