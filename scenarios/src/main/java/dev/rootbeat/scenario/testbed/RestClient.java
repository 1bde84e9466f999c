package dev.rootbeat.scenario.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Operators of several domains, who call the REST interface over HTTP. A domain's name is also its key and secret. */
final class RestClient implements AutoCloseable {

    /** A server on the same machine answers within milliseconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient http = HttpClient.newBuilder().build();
    private final Map<String, String> tokens = new HashMap<>();

    /** Makes a call, and signs in before where that is necessary. */
    Testbed.Answer call(String url, String domain, String path, ObjectNode body) {
        HttpResponse<String> response = post(url + path, tokens.getOrDefault(domain, ""), body);
        if (response.statusCode() == UNAUTHORIZED) {
            tokens.put(domain, signIn(url, domain));
            response = post(url + path, tokens.get(domain), body);
        }
        return Testbed.Answer.of(
                response.statusCode() == OK, JsonMapper.shared().readTree(response.body()));
    }

    private String signIn(String url, String domain) {
        ObjectNode credentials =
                JsonMapper.shared().createObjectNode().put("APIKey", domain).put("APISecret", domain);
        String answer = post(url + "/v1/authenticate", "", credentials).body();
        return JsonMapper.shared().readTree(answer).path("AuthToken").asString("");
    }

    private HttpResponse<String> post(String url, String token, ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", token)
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(url + " cannot be called: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
