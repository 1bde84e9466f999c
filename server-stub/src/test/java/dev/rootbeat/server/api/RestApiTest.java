package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.TwoDomains.BLACKLISTED;
import static dev.rootbeat.server.api.TwoDomains.DEVICE;
import static dev.rootbeat.server.api.TwoDomains.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import dev.rootbeat.server.model.RootCa;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The REST interface of a started server, over HTTP alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestApiTest {

    private static final String AUTHENTICATE = "/v1/authenticate";
    private static final String REFRESH = "/v1/authenticate/refresh";
    private static final String SHOW = "/v1/device/get";
    private static final String SHOW_CERTIFICATES = "/v1/ztp/devicecertificate/get";
    private static final String UPDATE = "/v1/ztp/devicecertificate/update";
    private static final String CREATE_ROOT_CA = "/v1/ztp/rootca/create";

    private final AtomicReference<Instant> now = new AtomicReference<>(TwoDomains.START);
    private final CertificateManagerServer server;
    private final RestClient client;

    RestApiTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, now::get);
        client = new RestClient(server.httpUrl());
    }

    @BeforeEach
    void back_to_the_start() {
        now.set(TwoDomains.START);
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void credentials_give_a_token_that_opens_calls_with_and_without_bearer() throws Exception {
        JsonNode tokens = authenticate(TwoDomains.KEY);
        String token = tokens.get("AuthToken").asString();

        assertThat(tokens.get("ExpiresInSeconds").asLong()).isEqualTo(Tokens.ACCESS_LIFE.toSeconds());
        for (String authorization : List.of(token, "Bearer " + token, "bearer  " + token)) {
            Answer answer = client.post(SHOW, authorization, device(DEVICE));
            assertThat(answer.status()).as(authorization).isEqualTo(200);
            assertThat(answer.text("Standing")).isEqualTo("ACTIVATED");
        }
    }

    @ParameterizedTest
    @CsvSource({"home-key, wrong", "home-key, ''", "'', secret", "HOME-KEY, secret", "none, secret"})
    void wrong_credentials_give_nothing(String key, String secret) throws Exception {
        client.post(AUTHENTICATE, null, "{\"APIKey\":\"" + key + "\",\"APISecret\":\"" + secret + "\"}")
                .isError(401, "UNAUTHORIZED", null);
    }

    @Test
    void a_token_ends_and_is_refreshed_until_the_refresh_token_ends_too() throws Exception {
        JsonNode first = authenticate(TwoDomains.KEY);
        now.set(TwoDomains.START.plus(Tokens.ACCESS_LIFE).minusSeconds(1));
        assertThat(client.post(SHOW, access(first), device(DEVICE)).status()).isEqualTo(200);

        now.set(TwoDomains.START.plus(Tokens.ACCESS_LIFE));
        client.post(SHOW, access(first), device(DEVICE)).isError(401, "UNAUTHORIZED", null);
        Answer second = client.post(REFRESH, null, refreshing(first));
        assertThat(client.post(SHOW, access(second.body()), device(DEVICE)).status())
                .isEqualTo(200);

        now.set(TwoDomains.START.plus(Tokens.REFRESH_LIFE));
        client.post(REFRESH, null, refreshing(first)).isError(401, "UNAUTHORIZED", null);
    }

    @Test
    void a_token_is_good_for_its_own_use_only() throws Exception {
        JsonNode tokens = authenticate(TwoDomains.KEY);

        client.post(SHOW, tokens.get("RefreshToken").asString(), device(DEVICE)).isError(401, "UNAUTHORIZED", null);
        client.post(REFRESH, null, "{\"RefreshToken\":\"" + access(tokens) + "\"}")
                .isError(401, "UNAUTHORIZED", null);
    }

    /** Every token that is not as it was issued, in the place of the Authorization header. */
    Collection<String> spoiltTokens() throws Exception {
        String token = access(authenticate(TwoDomains.KEY));
        String[] parts = token.split("\\.", -1);
        String header = base64("{\"alg\":\"none\"}");
        var spoilt = new ArrayList<>(List.of(
                "Basic " + token,
                token.substring(1),
                token.substring(0, token.length() - 4),
                parts[0] + "." + parts[1],
                parts[0] + "." + parts[1] + ".",
                header + "." + parts[1] + ".",
                header + "." + parts[1] + "." + parts[2],
                parts[0] + "." + base64("{\"sub\":\"home\",\"use\":\"ACCESS\"}") + "." + parts[2],
                parts[0] + "." + base64("{\"sub\":\"\\u0000\"}") + "." + parts[2],
                "Bearer",
                "x",
                ".."));
        for (int at = 0; at < token.length() - 1; at += 17) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            spoilt.add(token.substring(0, at) + other + token.substring(at + 1));
        }
        return spoilt;
    }

    @ParameterizedTest
    @MethodSource("spoiltTokens")
    void a_spoilt_token_opens_nothing(String token) throws Exception {
        client.post(SHOW, token, device(DEVICE)).isError(401, "UNAUTHORIZED", null);
    }

    @Test
    void the_contract_is_a_page_that_names_every_call_and_its_fields_and_loads_nothing() throws Exception {
        HttpResponse<String> page = client.send("GET", "/");

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(client.contract().calls())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(page.body()).contains("<summary>" + path + "</summary>"));
        assertThat(page.body())
                .contains("<code>AutomaticRenewalWindowSeconds</code>", "KEY_COMPROMISE", "maxItems 10000")
                .doesNotContain("src=", "<script", "<link", "url(", "@import", "://");
    }

    @Test
    void every_call_of_the_contract_is_answered_and_only_to_those_who_carry_a_token() throws Exception {
        String contract = client.send("GET", "/openapi.yaml").body();
        JsonNode paths = YAMLMapper.builder().build().readTree(contract).get("paths");
        String token = token();

        assertThat(paths.size()).isGreaterThan(15);
        for (String path : paths.propertyNames()) {
            boolean open = path.equals(AUTHENTICATE) || path.equals(REFRESH);
            int status = client.post(path, null, "{}").status();
            assertThat(status).as(path).isEqualTo(open ? 400 : 401);
            assertThat(client.post(path, token, "{\"Colour\":1}").text("Error"))
                    .as(path)
                    .isEqualTo("BAD_REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/v1/nothing", "/v1/device/get/", "/V1/device/get", "/openapi.yaml", "/v1/device%2Fget/x"})
    void a_path_that_is_no_call_is_not_found(String path) throws Exception {
        client.post(path, token(), "{}").isError(404, "NOT_FOUND", null);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/device/get, 405, METHOD_NOT_ALLOWED",
        "PUT, /v1/device/get, 405, METHOD_NOT_ALLOWED",
        "DELETE, /v1/authenticate, 405, METHOD_NOT_ALLOWED",
        "GET, /nothing, 404, NOT_FOUND",
        "GET, /crl/none.crl, 404, NOT_FOUND",
        "GET, /crl/home-ca, 404, NOT_FOUND",
        "GET, /crl/..%2Fhome-ca.crl, 404, NOT_FOUND"
    })
    void calls_are_posts_and_there_is_little_else(String method, String path, int status, String code)
            throws Exception {
        HttpResponse<String> response = client.send(method, path);

        new Answer(response.statusCode(), RestClient.json(response.body())).isError(status, code, null);
        assertThat(response.headers().allValues("Allow")).isEqualTo(status == 405 ? List.of("POST") : List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What is missing, unknown, or of another type.
                SHOW + "| {} | RoTPublicUID",
                SHOW + "| {'RoTPublicUID':'00000000000000a1','Colour':1} | Colour",
                SHOW + "| {'RoTPublicUID':7} | RoTPublicUID",
                SHOW + "| {'RoTPublicUID':null} | RoTPublicUID",
                SHOW + "| {'RoTPublicUID':'a1'} | RoTPublicUID",
                UPDATE + "| {'RoTPublicUIDs':'00000000000000a1'} | RoTPublicUIDs",
                UPDATE + "| {'RoTPublicUIDs':[]} | RoTPublicUIDs",
                UPDATE + "| {'RoTPublicUIDs':['00000000000000a1',7]} | RoTPublicUIDs/1",
                UPDATE + "| {'RoTPublicUIDs':['00000000000000a1'],'Reason':'UNSPECIFIED'} | Reason",
                "/v1/ztp/devicecertificate/revoke | {'RoTPublicUIDs':['00000000000000a1'],'Reason':'BORED'} | Reason",
                "/v1/ztp/rootca/update | {'RootCAID':'home-ca','State':'EXPIRED'} | State",
                "/v1/deviceprofile/create | {'DeviceProfileName':'p','WhitelistCheck':'yes'} | WhitelistCheck",
                "/v1/deviceprofile/create | {'DeviceProfileName':''} | DeviceProfileName",
                AUTHENTICATE + "| {'APIKey':'home-key'} | APISecret",
                REFRESH + "| {'RefreshToken':['a']} | RefreshToken",
                // Settings that only make sense together.
                CREATE_ROOT_CA
                        + "| {'RootCAName':' ','ValiditySeconds':9,'DeviceCertificateValiditySeconds':9} | RootCAName",
                CREATE_ROOT_CA
                        + "| {'RootCAName':'a','ValiditySeconds':1.5,'DeviceCertificateValiditySeconds':9} | ValiditySeconds",
                CREATE_ROOT_CA
                        + "| {'RootCAName':'a','ValiditySeconds':1e999,'DeviceCertificateValiditySeconds':9} | ValiditySeconds",
                CREATE_ROOT_CA
                        + "| {'RootCAName':'a','ValiditySeconds':9,'DeviceCertificateValiditySeconds':0} | DeviceCertificateValiditySeconds",
                CREATE_ROOT_CA
                        + "| {'RootCAName':'a','ValiditySeconds':9,'DeviceCertificateValiditySeconds':9,'AutomaticRenewalWindowSeconds':9} | AutomaticRenewalWindowSeconds",
                // What is no JSON object.
                SHOW + "| '' | body",
                SHOW + "| [] | body",
                SHOW + "| null | body",
                SHOW + "| { | body",
                SHOW + "| {'RoTPublicUID':'00000000000000a1'} {} | body",
                SHOW + "| {'RoTPublicUID':'00000000000000a1','RoTPublicUID':'00000000000000a2'} | body",
            })
    void bad_input_is_named_by_its_field(String path, String body, String field) throws Exception {
        client.post(path.strip(), token(), body.replace('\'', '"')).isError(400, "BAD_REQUEST", field);
    }

    @Test
    void json_that_nests_deeply_is_refused_however_short_it_is() throws Exception {
        for (String opening : List.of("[", "{\"a\":")) {
            client.post(SHOW, token(), opening.repeat(50_000)).isError(400, "BAD_REQUEST", "body");
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused_also_when_its_length_is_not_told() throws Exception {
        String head = "POST " + SHOW + " HTTP/1.1\r\nHost: localhost\r\n";
        int tooMuch = Api.MAX_BODY + 1;

        client.raw(head + "Content-Length: " + tooMuch + "\r\n\r\n").isError(413, "TOO_LARGE", "body");
        client.raw(head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(tooMuch) + "\r\n")
                .isError(413, "TOO_LARGE", "body");
    }

    @ParameterizedTest
    @CsvSource({
        "NONSENSE, ",
        "POST /v1/device/get HTTP/9.1, ",
        "POST /%zz HTTP/1.1, ",
        "POST /v1/device/get HTTP/1.1~Content-Length: many, ",
        "POST /v1/device/get HTTP/1.1~Content-Length: 10, body"
    })
    void what_is_no_request_is_answered_in_the_same_shape(String head, String field) throws Exception {
        client.raw(head.replace("~", "\r\n") + "\r\nHost: localhost\r\n\r\n").isError(400, "BAD_REQUEST", field);
    }

    @Test
    void a_list_with_bad_entries_is_answered_entry_by_entry_and_the_good_ones_are_accepted() throws Exception {
        Answer answer = client.post(
                UPDATE,
                token(),
                devices(List.of(
                        "nonsense", "", DEVICE + "", FOREIGN + "", BLACKLISTED + "", "ffffffffffffffff", DEVICE + "")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("Results"))
                .extracting(result -> result.path("Error").asString("accepted"))
                .containsExactly(
                        "MALFORMED_UID",
                        "MALFORMED_UID",
                        "accepted",
                        "UNKNOWN_DEVICE",
                        "NOT_ACTIVATED",
                        "UNKNOWN_DEVICE",
                        "accepted");
        assertThat(client.post(SHOW_CERTIFICATES, token(), device(DEVICE))
                        .body()
                        .get("Operations"))
                .as("what is asked twice is asked once")
                .extracting(operation -> operation.get("Operation").asString() + " "
                        + operation.get("State").asString())
                .containsExactly("UPDATE ACCEPTED");
    }

    @Test
    void a_list_of_ten_thousand_is_answered_and_a_longer_one_refused() throws Exception {
        List<String> many = Collections.nCopies(10_000, FOREIGN + "");

        assertThat(client.post(UPDATE, token(), devices(many))
                        .body()
                        .get("Results")
                        .size())
                .isEqualTo(10_000);
        var more = new ArrayList<>(many);
        more.add(DEVICE + "");
        client.post(UPDATE, token(), devices(more)).isError(400, "BAD_REQUEST", "RoTPublicUIDs");
    }

    @Test
    void devices_root_cas_and_profiles_of_another_domain_do_not_exist() throws Exception {
        for (String show : List.of(SHOW, SHOW_CERTIFICATES)) {
            Answer foreign = client.post(show, token(), device(FOREIGN));
            Answer none = client.post(show, token(), "{\"RoTPublicUID\":\"ffffffffffffffff\"}");
            foreign.isError(404, "NOT_FOUND", "RoTPublicUID");
            assertThat(foreign).as("nobody can tell the two apart").isEqualTo(none);
        }
        for (String rootCa : List.of("get", "crl/get", "update", "consent/create")) {
            client.post("/v1/ztp/rootca/" + rootCa, token(), "{\"RootCAID\":\"other-ca\"}")
                    .isError(404, "NOT_FOUND", "RootCAID");
        }
        client.post("/v1/deviceprofile/create", token(), "{\"DeviceProfileName\":\"p\",\"RootCAID\":\"other-ca\"}")
                .isError(404, "NOT_FOUND", "RootCAID");
        String profile = client.post(
                        "/v1/deviceprofile/create",
                        access(authenticate(TwoDomains.OTHER_KEY)),
                        "{\"DeviceProfileName\":\"p\",\"RootCAID\":\"other-ca\"}")
                .text("DeviceProfileUID");
        client.post(
                        "/v1/deviceprofile/whitelist/add",
                        token(),
                        "{\"DeviceProfileUID\":\"" + profile + "\",\"RoTPublicUIDs\":[\"" + DEVICE + "\"]}")
                .isError(404, "NOT_FOUND", "DeviceProfileUID");
    }

    @Test
    void the_sixteenth_root_ca_is_refused() throws Exception {
        String token = access(authenticate(TwoDomains.OTHER_KEY));
        String body = "{\"RootCAName\":\"More\",\"ValiditySeconds\":86400,\"DeviceCertificateValiditySeconds\":3600}";
        for (int present = 1; present < RootCa.MAX_PER_DOMAIN; present++) {
            assertThat(client.post(CREATE_ROOT_CA, token, body).status()).isEqualTo(200);
        }

        client.post(CREATE_ROOT_CA, token, body).isError(409, "TOO_MANY_ROOT_CAS", null);
        assertThat(client.post(CREATE_ROOT_CA, token(), body).status())
                .as("another domain has its own fifteen")
                .isEqualTo(200);
    }

    private JsonNode authenticate(String key) throws Exception {
        Answer answer = client.post(
                AUTHENTICATE, null, "{\"APIKey\":\"" + key + "\",\"APISecret\":\"" + TwoDomains.SECRET + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private String token() throws Exception {
        return access(authenticate(TwoDomains.KEY));
    }

    private static String access(JsonNode tokens) {
        return tokens.get("AuthToken").asString();
    }

    private static String refreshing(JsonNode tokens) {
        return "{\"RefreshToken\":" + tokens.get("RefreshToken") + "}";
    }

    private static String device(Object uid) {
        return "{\"RoTPublicUID\":\"" + uid + "\"}";
    }

    private static String devices(List<String> uids) {
        return "{\"RoTPublicUIDs\":[\"" + String.join("\",\"", uids) + "\"]}";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
