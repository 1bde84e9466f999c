package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who speaks HTTP with the server, well or badly. */
final class RestClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final AnswerContract contract = new AnswerContract();
    private HttpHeaders headers = HttpHeaders.of(Map.of(), (_, _) -> true);

    RestClient(String base) {
        this.base = URI.create(base);
    }

    /** What came back; the body is {@code null} in JSON where there is none. */
    record Answer(int status, JsonNode body) {

        String text(String field) {
            return body.path(field).asString("");
        }

        /** The shape that every error has. */
        void isError(int expectedStatus, String code, @Nullable String field) {
            assertThat(status).as(body.toString()).isEqualTo(expectedStatus);
            assertThat(text("Error")).isEqualTo(code);
            assertThat(body.has("Field") ? text("Field") : null).isEqualTo(field);
            assertThat(text("Message"))
                    .as("a sentence, without the insides of the program")
                    .isNotBlank()
                    .doesNotContain("Exception", "tools.jackson", "\tat ", "`");
        }
    }

    Answer post(String path, @Nullable String token, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).POST(BodyPublishers.ofString(body));
        request.header("X-Request-Id", "test-1");
        if (token != null) {
            request.header("Authorization", token);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        headers = response.headers();
        return checked(path, response.statusCode(), response.body());
    }

    /** The header fields of the last answer to a post. */
    HttpHeaders headers() {
        return headers;
    }

    /** What all answers are held to. */
    AnswerContract contract() {
        return contract;
    }

    private Answer checked(String path, int status, String body) {
        contract.check(path, status, json(body));
        return new Answer(status, json(body));
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends octets as they are, and nothing after them. */
    Answer raw(String octets) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(response).contains("\r\n\r\n");
            int status = Integer.parseInt(response.substring(9, 12));
            return checked("", status, response.substring(response.indexOf("\r\n\r\n")));
        }
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Override
    public void close() {
        http.close();
    }
}
