package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What callers hold when a server is started anew. */
class RestartTest {

    private static final String AUTHENTICATE = "/v1/authenticate";
    private static final String REFRESH = "/v1/authenticate/refresh";
    private static final String OTHER_SECRET = "another secret";

    @TempDir
    private Path folder;

    @Test
    void tokens_outlive_a_restart_but_no_change_of_their_domains_secret() throws Exception {
        JsonNode home;
        JsonNode other;
        try (var server = TwoDomains.start(folder, () -> TwoDomains.START);
                var client = new RestClient(server.httpUrl())) {
            home = authenticate(client, TwoDomains.KEY, TwoDomains.SECRET).body();
            other = authenticate(client, TwoDomains.OTHER_KEY, TwoDomains.SECRET)
                    .body();
        }
        try (var server = restart(TwoDomains.SECRET);
                var client = new RestClient(server.httpUrl())) {
            assertThat(list(client, home).status()).isEqualTo(200);
            assertThat(refresh(client, home).status()).isEqualTo(200);
        }
        try (var server = restart(OTHER_SECRET);
                var client = new RestClient(server.httpUrl())) {
            list(client, home).isError(401, "UNAUTHORIZED", null);
            refresh(client, home).isError(401, "UNAUTHORIZED", null);
            authenticate(client, TwoDomains.KEY, TwoDomains.SECRET).isError(401, "UNAUTHORIZED", null);
            JsonNode anew = authenticate(client, TwoDomains.KEY, OTHER_SECRET).body();
            assertThat(list(client, anew).status()).isEqualTo(200);
            assertThat(list(client, other).status())
                    .as("the other domain kept its secret")
                    .isEqualTo(200);
        }
    }

    private CertificateManagerServer restart(String secret) throws Exception {
        return TwoDomains.restart(folder, () -> TwoDomains.START, TwoDomains.LIMITS, secret);
    }

    private static Answer authenticate(RestClient client, String key, String secret) throws Exception {
        return client.post(AUTHENTICATE, null, "{\"APIKey\":\"" + key + "\",\"APISecret\":\"" + secret + "\"}");
    }

    private static Answer refresh(RestClient client, JsonNode tokens) throws Exception {
        return client.post(REFRESH, null, "{\"RefreshToken\":" + tokens.get("RefreshToken") + "}");
    }

    private static Answer list(RestClient client, JsonNode tokens) throws Exception {
        return client.post("/v1/device/list", tokens.get("AuthToken").asString(), "{}");
    }
}
