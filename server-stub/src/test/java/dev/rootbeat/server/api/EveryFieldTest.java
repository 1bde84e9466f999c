package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every field of every call, as the contract has them, so that a new call is held to it as well. Whoever names a thing of
 * another domain learns and changes as much as if there were no such thing; and a text is refused, or kept as it is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryFieldTest {

    private static final String LONE_SURROGATE = "\ud800";
    private static final RotPublicUid NO_DEVICE = RotPublicUid.parse("ffffffffffffffff");

    /** Calls whose bodies name nothing that belongs to a domain; the numbers of invoices count within the caller's. */
    private static final Set<String> NAME_NOTHING = Set.of(
            "/v1/authenticate",
            "/v1/authenticate/refresh",
            "/v1/ztp/rootca/create",
            "/v1/ztp/rootca/list",
            "/v1/plan/list",
            "/v1/invoice/list",
            "/v1/invoice/get",
            "/v1/notification/webhook/create",
            "/v1/notification/webhook/list",
            "/v1/audit/list",
            "/v1/platform/get");

    /**
     * What may name what is not the caller's: whitelists are written before anybody owns the device, and what a transfer
     * takes from another domain is its owner's consent.
     */
    private static final Set<String> OPEN = Set.of(
            "/v1/deviceprofile/whitelist/add RoTPublicUIDs",
            "/v1/deviceprofile/whitelist/remove RoTPublicUIDs",
            "/v1/ztp/devicecertificate/rootca/transfer RootCAID",
            "/v1/ztp/devicecertificate/rootca/transfer ConsentCode");

    private static final List<String> HOSTILE = List.of(
            "'; DROP TABLE device; --",
            "\" OR \"1\"=\"1",
            "a\r\nSet-Cookie: b=c",
            "\0",
            "a\0b",
            "<script>alert(1)</script>",
            "%s%n${x}{}",
            "../../../etc/passwd",
            LONE_SURROGATE,
            "\u202e\u2028\ufeff",
            "x".repeat(100_000));

    private static final Set<String> LISTS =
            Set.of("RoTPublicUIDs", "Events", "DeadLetterIDs", "Fingerprints", "Platforms");

    /** A field that names a thing, with a thing of the caller's, one of the other domain's, and none. */
    private record Name(String own, String foreign, String none) {}

    private final CertificateManagerServer server;
    private final RestClient client;
    private final Map<String, Name> names = new HashMap<>();
    /** What else a body must have. */
    private final Map<String, JsonNode> others = new HashMap<>();

    private String token = "";
    private String other = "";

    EveryFieldTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, () -> TwoDomains.START);
        client = new RestClient(server.httpUrl());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @BeforeAll
    void make_a_thing_of_each_kind() throws Exception {
        token = authenticate(TwoDomains.KEY);
        other = authenticate(TwoDomains.OTHER_KEY);
        var device = new Name(TwoDomains.DEVICE + "", TwoDomains.FOREIGN + "", NO_DEVICE + "");
        names.put("RoTPublicUID", device);
        names.put("RoTPublicUIDs", device);
        names.put("RootCAID", new Name(TwoDomains.ROOT_CA, TwoDomains.OTHER_ROOT_CA, "none"));
        names.put(
                "DeviceProfileUID", made("/v1/deviceprofile/create", "{'DeviceProfileName':'p'}", "DeviceProfileUID"));
        names.put(
                "WebhookID",
                made(
                        "/v1/notification/webhook/create",
                        "{'URL':'http://127.0.0.1:9/','Events':['DEVICE_SEALED']}",
                        "WebhookID"));
        names.put(
                "ConsentCode",
                new Name(consent(token, TwoDomains.ROOT_CA), consent(other, TwoDomains.OTHER_ROOT_CA), "none"));
        names.put("PSKID", new Name(psk(TwoDomains.DEVICE), psk(TwoDomains.FOREIGN), psk(NO_DEVICE)));
        names.put(
                "EncryptedHeader", new Name(header(TwoDomains.DEVICE), header(TwoDomains.FOREIGN), header(NO_DEVICE)));
        names.put(
                "Fingerprints",
                new Name(
                        registered(token),
                        registered(other),
                        Bytes.EMPTY.sha256().hex()));
        others.put("APIKey", RestClient.json("\"home-key\""));
        others.put("APISecret", RestClient.json("\"secret\""));
        others.put("RootCAName", RestClient.json("\"created\""));
        others.put("ValiditySeconds", RestClient.json("86400"));
        others.put("Plan", RestClient.json("\"NONE\""));
        others.put("DeviceProfileName", RestClient.json("\"changed\""));
        others.put("WhitelistCheck", RestClient.json("false"));
        others.put("URL", RestClient.json("\"http://127.0.0.1:7/\""));
        others.put("DeviceCertificateValiditySeconds", RestClient.json("7"));
        others.put("DeadLetterIDs", RestClient.json("[\"" + TwoDomains.FOREIGN + ".1\"]"));
    }

    /** Every call with every field in it that names a thing. */
    Collection<String> naming() {
        var found = new ArrayList<String>();
        for (String path : client.contract().calls()) {
            for (String field : fields(path).propertyNames()) {
                if (names.containsKey(field)) {
                    found.add(path + " " + field);
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("naming")
    void a_thing_of_another_domain_is_as_none(String callAndField) throws Exception {
        String path = callAndField.substring(0, callAndField.indexOf(' '));
        String field = callAndField.substring(path.length() + 1);
        Name name = Objects.requireNonNull(names.get(field));
        List<JsonNode> before = stateOfTheOther();

        Answer foreign = client.post(path, token, body(path, field, name.foreign()));
        Answer none = client.post(path, token, body(path, field, name.none()));

        if (!OPEN.contains(callAndField)) {
            assertThat(foreign.status()).isEqualTo(none.status());
            assertThat(foreign.body().toString().replace(name.foreign(), name.none()))
                    .as("nobody can tell the two apart")
                    .isEqualTo(none.body().toString());
            assertThat(isNothing(foreign)).as("%s", foreign).isTrue();
        }
        assertThat(stateOfTheOther()).isEqualTo(before);
    }

    /** Every call with every field in it that is a text, or a list of texts. */
    Collection<String> texts() {
        var found = new ArrayList<String>();
        for (String path : client.contract().calls()) {
            fields(path).forEachEntry((field, schema) -> {
                if (isText(schema)) {
                    found.add(path + " " + field);
                }
            });
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_hostile_text_is_refused_or_kept_as_it_is_and_changes_nothing_else(String callAndField) throws Exception {
        String path = callAndField.substring(0, callAndField.indexOf(' '));
        String field = callAndField.substring(path.length() + 1);
        List<JsonNode> before = stateOfTheOther();

        for (String hostile : HOSTILE) {
            Answer answer = client.post(path, token, body(path, field, hostile));

            assertThat(answer.status()).as("%s: %s", hostile, answer.body()).isIn(200, 400, 401, 404, 409);
            if (answer.status() == 200 && answer.body().has(field)) {
                assertThat(answer.text(field)).isEqualTo(hostile);
            }
        }
        assertThat(stateOfTheOther()).isEqualTo(before);
    }

    private boolean isText(JsonNode reference) {
        JsonNode schema = client.contract().resolve(reference);
        String type = schema.path("type").toString();
        return schema.has("enum") || type.contains("string") || (schema.has("items") && isText(schema.get("items")));
    }

    @Test
    void every_call_is_in_the_table_or_names_nothing() {
        var naming = new TreeSet<String>();
        naming().forEach(call -> naming.add(call.substring(0, call.indexOf(' '))));
        var rest = new TreeSet<>(client.contract().calls());
        rest.removeAll(naming);
        assertThat(rest).isEqualTo(new TreeSet<>(NAME_NOTHING));
        assertThat(naming()).containsAll(OPEN);
    }

    /** It is an error, each entry of it is one, or it is an empty page. */
    private static boolean isNothing(Answer answer) {
        if (answer.status() != 200) {
            return answer.status() == 404;
        }
        return answer.body().properties().stream().allMatch(property -> {
            boolean nothing = property.getValue().isArray();
            for (JsonNode entry : property.getValue()) {
                nothing &= entry.has("Error");
            }
            return nothing;
        });
    }

    /** A body that names a thing in one field; the other fields that it must have name the caller's own. */
    private String body(String path, String field, String thing) {
        ObjectNode body = Json.object();
        JsonNode required = client.contract().request(path).path("required");
        for (String each : fields(path).propertyNames()) {
            Name own = names.get(each);
            if (each.equals(field)) {
                put(body, each, thing);
            } else if (own != null
                    && required.valueStream().anyMatch(must -> must.asString().equals(each))) {
                put(body, each, own.own());
            } else if (others.containsKey(each)) { // also where it may be left out: it would show
                body.set(each, others.get(each));
            }
        }
        // As it is, UTF-8 has no octets for it.
        return body.toString().replace(LONE_SURROGATE, "\\ud800");
    }

    private static void put(ObjectNode body, String field, String thing) {
        if (LISTS.contains(field)) {
            body.putArray(field).add(thing);
        } else {
            body.put(field, thing);
        }
    }

    private JsonNode fields(String path) {
        return client.contract().request(path).path("properties");
    }

    private List<JsonNode> stateOfTheOther() throws Exception {
        var state = new ArrayList<JsonNode>();
        for (String list : List.of(
                "/v1/device/list",
                "/v1/deviceprofile/list",
                "/v1/ztp/rootca/list",
                "/v1/ztp/devicecertificate/list",
                "/v1/notification/webhook/list",
                "/v1/platform/registration/list",
                "/v1/usage/get")) {
            state.add(client.post(list, other, "{}").body());
        }
        for (String show : List.of("/v1/device/history", "/v1/ztp/devicecertificate/get")) {
            state.add(client.post(show, other, "{\"RoTPublicUID\":\"" + TwoDomains.FOREIGN + "\"}")
                    .body());
        }
        return state;
    }

    /** The fingerprint of a registered certificate of a domain. */
    private String registered(String of) throws Exception {
        return client.post("/v1/platform/registration/list", of, "{}")
                .body()
                .at("/Registrations/0/Fingerprint")
                .asString();
    }

    private Name made(String path, String body, String id) throws Exception {
        String json = body.replace('\'', '"');
        return new Name(
                client.post(path, token, json).text(id),
                client.post(path, other, json).text(id),
                "none");
    }

    private String consent(String owner, String rootCa) throws Exception {
        return client.post("/v1/ztp/rootca/consent/create", owner, "{\"RootCAID\":\"" + rootCa + "\"}")
                .text("ConsentCode");
    }

    private static String psk(RotPublicUid device) {
        return new KeyId(KeyId.Use.PSK_16, device, 7).encode().hex();
    }

    private static String header(RotPublicUid device) {
        return Base64.getEncoder()
                .encodeToString(
                        new KeyId(KeyId.Use.END_TO_END_V1, device, 7).encode().toArray());
    }

    private String authenticate(String key) throws Exception {
        return client.post(
                        "/v1/authenticate",
                        null,
                        "{\"APIKey\":\"" + key + "\",\"APISecret\":\"" + TwoDomains.SECRET + "\"}")
                .text("AuthToken");
    }
}
