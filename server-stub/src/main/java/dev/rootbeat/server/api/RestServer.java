package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.Bytes;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST interface over HTTP. Besides the calls under {@code /v1} it serves the contract ({@code /openapi.yaml}, and as a
 * page at {@code /}), {@code /health} and the revocation lists that certificates point to ({@code /crl/ID.crl}, DER).
 */
public final class RestServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final String CALLS = "/v1/";

    /** What is shown needs no more than itself, and a browser shall not be talked into more. */
    private static final String LOADS_NOTHING = "default-src 'none'; style-src 'unsafe-inline'";

    private static final HeaderName CONTENT_SECURITY_POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Bodies are read in pieces of this size. */
    private static final int PIECE = 8192;

    private final WebServer server;
    private final RestLimits limits;
    private final String origin;
    private volatile @Nullable Serving serving;

    /** What serves calls, the clock that it goes by, and who counts. */
    private record Serving(Api api, InstantSource clock, CallMeter meter) {}

    private RestServer(String host, int port, RestLimits limits, @Nullable SSLContext tls) {
        this.limits = limits;
        this.origin = (tls == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":";
        WebServerConfig.Builder builder = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .maxPayloadSize(Api.MAX_BODY)
                .maxTcpConnections(limits.connections())
                .idleConnectionTimeout(limits.silence())
                .idleConnectionPeriod(limits.silence().dividedBy(2))
                .directHandlers(HttpAnswers.outsideRoutes())
                .routing(this::route);
        if (tls != null) {
            builder.tls(Tls.builder().sslContext(tls).build());
        }
        this.server = builder.build();
    }

    /**
     * Binds the interface; until {@link #serve} it answers 503. The two steps exist because certificates name the address
     * that is bound here.
     *
     * @param port the TCP port; 0 for any that is free
     * @param tls protects it; null for plain HTTP
     * @throws IOException if the port is taken, or the address is none of this machine
     */
    public static RestServer bind(String host, int port, RestLimits limits, @Nullable SSLContext tls)
            throws IOException {
        // Helidon only logs that it cannot listen, and leaks the socket: so the port is tried first.
        try {
            new ServerSocket(port, 1, InetAddress.getByName(host)).close();
        } catch (IOException e) {
            throw cannotListen(host, port, e);
        }
        var rest = new RestServer(host, port, limits, tls);
        rest.server.start();
        if (rest.port() < 0) { // it was taken meanwhile
            throw cannotListen(host, port, null);
        }
        return rest;
    }

    private static IOException cannotListen(String host, int port, @Nullable IOException cause) {
        return new IOException(
                "cannot listen on TCP " + host + ":" + port
                        + ": the port is taken, or the address is none of this machine",
                cause);
    }

    /** Serves calls from now on, and has them counted. */
    public void serve(Services services, CallMeter meter) {
        serving = new Serving(new Api(services, new Contract(new OpenApi()), limits), services.clock(), meter);
    }

    private int port() {
        return server.port();
    }

    /** Where it listens, without a path. */
    public String url() {
        return origin + port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get(
                        "/health",
                        (request, response) -> response.status(
                                        serving == null ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200)
                                .send(serving == null ? "starting" : "ok"))
                .get("/", (_, response) -> document(response, "text/html", Contract::page))
                .get("/openapi.yaml", (_, response) -> document(response, "application/yaml", Contract::text))
                .get("/crl/{file}", this::crl)
                .post("/*", this::call)
                .any("/*", RestServer::nothing)
                .error(
                        InsufficientDataAvailableException.class,
                        (request, response, e) ->
                                HttpAnswers.send(response, ApiError.badField(ApiError.BODY, "breaks off")));
    }

    private static void nothing(ServerRequest request, ServerResponse response) {
        String path = request.path().path();
        if (path.startsWith(CALLS)) {
            response.header(HeaderNames.ALLOW, "POST");
            HttpAnswers.send(response, new ApiError(405, ErrorCode.METHOD_NOT_ALLOWED, null, "every call is a POST"));
        } else {
            HttpAnswers.send(response, ApiError.notFound(null, "there is nothing at " + path));
        }
    }

    private void call(ServerRequest request, ServerResponse response) {
        Serving ready = serving;
        if (ready == null) {
            HttpAnswers.send(response, new ApiError(503, ErrorCode.STARTING, null, "the server is starting"));
            return;
        }
        Instant arrival = ready.clock().instant();
        call(ready, request, response);
        String path = request.path().path();
        Duration time = Duration.between(arrival, ready.clock().instant());
        int status = response.status().code();
        ready.meter().answered(ready.api().contract().paths().contains(path) ? path : "other", status, time);
        LOG.atDebug()
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .addKeyValue("millis", time.toMillis())
                .addKeyValue("from", request.remotePeer().host())
                .log("a call is answered");
    }

    private void call(Serving ready, ServerRequest request, ServerResponse response) {
        Bytes body = body(request, ready.clock());
        if (body == null) {
            response.header(HeaderValues.CONNECTION_CLOSE);
            HttpAnswers.send(
                    response,
                    new ApiError(
                            408,
                            ErrorCode.REQUEST_TIMEOUT,
                            ApiError.BODY,
                            "took more than " + limits.bodyTime().toSeconds() + " s"));
            return;
        }
        String path = request.path().path();
        String id = request.headers()
                .first(REQUEST_ID)
                .filter(text -> SHOWABLE.matcher(text).matches())
                .orElse(null);
        if (id != null) {
            response.header(REQUEST_ID, id);
        }
        var call = new ApiRequest(
                path,
                request.headers().first(HeaderNames.AUTHORIZATION).orElse(null),
                body,
                id,
                request.remotePeer().host());
        try {
            HttpAnswers.send(response, ready.api().call(call));
        } catch (RuntimeException e) {
            LOG.error("{} failed", path, e);
            HttpAnswers.send(response, ApiError.internal());
        }
    }

    /** Reads a body; returns null if that takes too long. That it is too large, Helidon finds. */
    private @Nullable Bytes body(ServerRequest request, InstantSource clock) {
        var body = new ByteArrayOutputStream();
        if (request.content().hasEntity()) {
            Instant end = clock.instant().plus(limits.bodyTime());
            var piece = new byte[PIECE];
            try (InputStream in = request.content().inputStream()) {
                for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                    body.write(piece, 0, size);
                    if (clock.instant().isAfter(end)) {
                        return null;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Bytes.of(body.toByteArray());
    }

    private void document(ServerResponse response, String type, Function<Contract, String> text) {
        Serving ready = serving;
        if (ready == null) {
            HttpAnswers.send(response, new ApiError(503, ErrorCode.STARTING, null, "the server is starting"));
        } else {
            response.header(HeaderNames.CONTENT_TYPE, type)
                    .header(CONTENT_SECURITY_POLICY, LOADS_NOTHING)
                    .send(text.apply(ready.api().contract()));
        }
    }

    private void crl(ServerRequest request, ServerResponse response) {
        String file = request.path().pathParameters().get("file");
        Serving ready = serving;
        Optional<byte[]> der = ready != null && file.endsWith(".crl")
                ? ready.api()
                        .crl(file.substring(0, file.length() - ".crl".length()))
                        .map(crl -> crl.der().toArray())
                : Optional.empty();
        if (der.isPresent()) {
            response.header(HeaderNames.CONTENT_TYPE, "application/pkix-crl").send(der.get());
        } else {
            HttpAnswers.send(response, ApiError.notFound(null, "there is no such revocation list"));
        }
    }
}
