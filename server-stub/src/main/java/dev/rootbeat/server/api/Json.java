package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the calls read and write JSON; bodies have passed the contract before. */
final class Json {

    private static final Instant FIRST = Instant.parse("1678-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2261-12-31T23:59:59Z");

    private Json() {}

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    static String text(JsonNode body, String field) {
        return body.get(field).asString();
    }

    static @Nullable String textOrNull(JsonNode body, String field) {
        return body.hasNonNull(field) ? body.get(field).asString() : null;
    }

    static JsonNode string(String text) {
        return JsonMapper.shared().getNodeFactory().stringNode(text);
    }

    /** Whether every store keeps a text as it is: texts of PostgreSQL have no NUL, and UTF-8 no lone surrogates. */
    static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(codePoint -> codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE);
    }

    /** Returns an instant that the contract found well-formed, brought into the range that the store keeps. */
    static @Nullable Instant instantOrNull(JsonNode body, String field) {
        if (!body.has(field)) {
            return null;
        }
        Instant instant = Instant.parse(text(body, field));
        return instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
    }

    static Duration seconds(JsonNode body, String field) {
        return Duration.ofSeconds(body.get(field).asLong());
    }

    static @Nullable Duration secondsOrNull(JsonNode body, String field) {
        return body.hasNonNull(field) ? seconds(body, field) : null;
    }

    /**
     * Answers per RoTPublicUID of the body, in its order; one that is malformed is answered by itself.
     *
     * @param answers gives one answer per well-formed identity, in order
     */
    static ApiAnswer perDevice(JsonNode body, Function<List<RotPublicUid>, List<DeviceAnswer>> answers) {
        var wellFormed = new ArrayList<RotPublicUid>();
        for (JsonNode uid : body.get("RoTPublicUIDs")) {
            if (RotPublicUid.isWellFormed(uid.asString())) {
                wellFormed.add(RotPublicUid.parse(uid.asString()));
            }
        }
        var given = answers.apply(wellFormed).iterator();
        ObjectNode answer = object();
        ArrayNode results = answer.putArray("Results");
        for (JsonNode uid : body.get("RoTPublicUIDs")) {
            DeviceAnswer one = RotPublicUid.isWellFormed(uid.asString()) ? given.next() : DeviceAnswer.MALFORMED;
            add(results, uid.asString(), one);
        }
        return new ApiAnswer.Success(answer);
    }

    /** Adds the answer for one device. */
    static void add(ArrayNode results, String uid, DeviceAnswer one) {
        ObjectNode result = results.addObject();
        result.put("RoTPublicUID", uid);
        result.put("Accepted", one.code() == null);
        if (one.code() != null) {
            result.put("Error", one.code()).put("Message", one.message());
        }
    }

    /**
     * The answer for one device of a list.
     *
     * @param code why it is refused; null if it is accepted
     */
    record DeviceAnswer(@Nullable String code, @Nullable String message) {

        static final DeviceAnswer ACCEPTED = new DeviceAnswer(null, null);
        static final DeviceAnswer MALFORMED =
                new DeviceAnswer("MALFORMED_UID", "a RoTPublicUID is 16 hexadecimal digits");
    }
}
