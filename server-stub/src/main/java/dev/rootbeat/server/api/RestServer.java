package dev.rootbeat.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The REST interface over HTTP. Besides the calls under {@code /v1} it serves {@code /openapi.yaml}, {@code /health} and
 * the revocation lists that certificates point to ({@code /crl/ID.crl}, DER).
 */
public final class RestServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final String JSON = "application/json";

    private final WebServer server;
    private volatile @Nullable Api api;

    private RestServer(String host, int port) {
        this.server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .maxPayloadSize(Api.MAX_BODY)
                .routing(this::route)
                .build();
    }

    /**
     * Binds the interface; until {@link #serve} it answers 503. The two steps exist because certificates name the address
     * that is bound here.
     *
     * @param port the TCP port; 0 for any that is free
     */
    public static RestServer bind(String host, int port) {
        var rest = new RestServer(host, port);
        rest.server.start();
        return rest;
    }

    /** Serves calls from now on. */
    public void serve(Services services) {
        api = new Api(services, new Contract());
    }

    /** The TCP port that is bound. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get(
                        "/health",
                        (request, response) -> response.status(
                                        api == null ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200)
                                .send(api == null ? "starting" : "ok"))
                .get("/openapi.yaml", this::openApi)
                .get("/crl/{file}", this::crl)
                .post("/*", this::call);
    }

    private void call(ServerRequest request, ServerResponse response) {
        Api ready = api;
        if (ready == null) {
            send(response, new ApiError(503, "STARTING", null, "the server is starting"));
            return;
        }
        String path = request.path().path();
        try {
            byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
            String authorization =
                    request.headers().first(HeaderNames.AUTHORIZATION).orElse(null);
            switch (ready.call(path, authorization, body)) {
                case ApiAnswer.Success(var answer) -> send(response, 200, answer.toString());
                case ApiAnswer.Failure(ApiError error) -> send(response, error);
            }
        } catch (RuntimeException e) {
            LOG.error("{} failed", path, e);
            send(response, new ApiError(500, "INTERNAL", null, "the server failed"));
        }
    }

    private void openApi(ServerRequest request, ServerResponse response) {
        Api ready = api;
        if (ready == null) {
            send(response, new ApiError(503, "STARTING", null, "the server is starting"));
        } else {
            response.header(HeaderNames.CONTENT_TYPE, "application/yaml")
                    .send(ready.contract().text());
        }
    }

    private void crl(ServerRequest request, ServerResponse response) {
        String file = request.path().pathParameters().get("file");
        Api ready = api;
        Optional<byte[]> der = ready != null && file.endsWith(".crl")
                ? ready.crl(file.substring(0, file.length() - ".crl".length()))
                        .map(crl -> crl.der().toArray())
                : Optional.empty();
        if (der.isPresent()) {
            response.header(HeaderNames.CONTENT_TYPE, "application/pkix-crl").send(der.get());
        } else {
            send(response, ApiError.notFound(null, "there is no such revocation list"));
        }
    }

    private static void send(ServerResponse response, ApiError error) {
        ObjectNode body = Json.object().put("Error", error.code()).put("Message", error.message());
        if (error.field() != null) {
            body.put("Field", error.field());
        }
        send(response, error.status(), body.toString());
    }

    private static void send(ServerResponse response, int status, String body) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, JSON).send(body.getBytes(StandardCharsets.UTF_8));
    }
}
