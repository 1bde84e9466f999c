package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who called what, how often, and what became of it. */
class AuditTest {

    private static final String AUTHENTICATE = "/v1/authenticate";
    private static final String SHOW = "/v1/device/get";
    private static final String BODY = "{\"RoTPublicUID\":\"" + TwoDomains.DEVICE + "\"}";
    private static final RestLimits FIVE = RestLimits.DEFAULT.withCallsPerSecond(5);

    private final Path folder;
    private final AtomicReference<Instant> now = new AtomicReference<>(TwoDomains.START);
    private CertificateManagerServer server;
    private RestClient client;

    AuditTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        server = TwoDomains.start(folder, now::get, FIVE);
        client = new RestClient(server.httpUrl());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void every_call_is_in_the_log_with_its_outcome_and_no_secret() throws Exception {
        String token = authenticate(TwoDomains.SECRET).text("AuthToken");
        client.post(SHOW, token, BODY);
        client.post(SHOW, token, "{\"RoTPublicUID\":\"0000000000000bad\"}");
        client.post(SHOW, token, "{\"Password\":\"hidden\"}");

        JsonNode calls = log(token).get("Calls");

        assertThat(lines(calls))
                .containsExactly(SHOW + " BAD_REQUEST", SHOW + " NOT_FOUND", SHOW + " OK", AUTHENTICATE + " OK");
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.get("APIKey").asString()).isEqualTo(TwoDomains.KEY);
            assertThat(call.get("At").asString()).isEqualTo(TwoDomains.START.toString());
            assertThat(call.get("RequestID").asString()).isEqualTo("test-1");
            assertThat(call.get("Address").asString()).isEqualTo("127.0.0.1");
        });
        assertThat(calls.toString()).doesNotContain(TwoDomains.SECRET, token, "hidden");
    }

    @Test
    void failed_authentication_is_attributed_where_a_key_or_a_genuine_token_names_the_domain() throws Exception {
        String token = authenticate(TwoDomains.SECRET).text("AuthToken");
        authenticate("guessed");
        client.post(AUTHENTICATE, null, "{\"APIKey\":\"no-such-key\",\"APISecret\":\"guessed\"}");
        client.post(SHOW, token + "x", BODY);
        client.post(SHOW, null, BODY);
        now.set(TwoDomains.START.plus(Tokens.ACCESS_LIFE));
        client.post(SHOW, token, BODY);

        String later = authenticate(TwoDomains.SECRET).text("AuthToken");
        assertThat(lines(log(later).get("Calls")))
                .containsExactly(
                        AUTHENTICATE + " OK",
                        SHOW + " UNAUTHORIZED",
                        AUTHENTICATE + " UNAUTHORIZED",
                        AUTHENTICATE + " OK");
    }

    @Test
    void the_log_of_one_domain_is_not_shown_to_another_and_outlives_the_server() throws Exception {
        authenticate(TwoDomains.SECRET);
        client.close();
        server.close();
        server = TwoDomains.restart(folder, now::get, FIVE, TwoDomains.SECRET);
        client = new RestClient(server.httpUrl());

        String other = client.post(
                        AUTHENTICATE,
                        null,
                        "{\"APIKey\":\"" + TwoDomains.OTHER_KEY + "\",\"APISecret\":\"" + TwoDomains.SECRET + "\"}")
                .text("AuthToken");
        assertThat(lines(log(other).get("Calls"))).containsExactly(AUTHENTICATE + " OK");
        String home = authenticate(TwoDomains.SECRET).text("AuthToken");
        assertThat(lines(log(home).get("Calls"))).containsExactly(AUTHENTICATE + " OK", AUTHENTICATE + " OK");
    }

    @Test
    void who_calls_too_often_is_told_when_to_come_back() throws Exception {
        String token = authenticate(TwoDomains.SECRET).text("AuthToken");
        for (int call = 0; call < FIVE.callsPerSecond(); call++) {
            assertThat(client.post(SHOW, token, BODY).status()).isEqualTo(200);
        }

        client.post(SHOW, token, BODY).isError(429, "TOO_MANY_REQUESTS", null);
        assertThat(client.headers().firstValue("Retry-After")).contains("1");
        assertThat(authenticate(TwoDomains.SECRET).status())
                .as("attempts have a rate of their own")
                .isEqualTo(200);
        now.set(TwoDomains.START.plusSeconds(1));
        assertThat(client.post(SHOW, token, BODY).status()).isEqualTo(200);
    }

    @Test
    void who_guesses_secrets_is_slowed_down_and_the_domains_scripts_are_not() throws Exception {
        String token = authenticate(TwoDomains.SECRET).text("AuthToken");
        for (int guess = 1; guess < FIVE.callsPerSecond(); guess++) {
            authenticate("guess " + guess).isError(401, "UNAUTHORIZED", null);
        }

        authenticate("guess").isError(429, "TOO_MANY_REQUESTS", null);
        assertThat(client.post(SHOW, token, BODY).status()).isEqualTo(200);
    }

    private Answer authenticate(String secret) throws Exception {
        return client.post(
                AUTHENTICATE, null, "{\"APIKey\":\"" + TwoDomains.KEY + "\",\"APISecret\":\"" + secret + "\"}");
    }

    private JsonNode log(String token) throws Exception {
        return client.post("/v1/audit/list", token, "{}").body();
    }

    private static List<String> lines(JsonNode calls) {
        var lines = new ArrayList<String>();
        calls.forEach(call -> lines.add(
                call.get("Call").asString() + " " + call.get("Outcome").asString()));
        return lines;
    }
}
