package dev.rootbeat.options;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP port by which a running command is worked from outside, in lines of text. One call is done after the other.
 * Whoever reaches the port may use it.
 */
public final class TextPort implements AutoCloseable {

    /** More than anybody has to say. */
    private static final int MAX_BODY = 64 * 1024;

    /** What the JDK's server wants to be told then. */
    private static final int NO_BODY = -1;

    private static final int TOO_LARGE = 413;

    /**
     * What is answered.
     *
     * @param status of HTTP
     * @param text lines, without the last line's end
     */
    public record Said(int status, String text) {

        /** Answers with 200. */
        public static Said ok(String text) {
            return new Said(200, text);
        }

        /** Answers that something is wrong with what was said. */
        public static Said badRequest(String why) {
            return new Said(400, why);
        }

        /** Answers that there is no such thing. */
        public static Said notFound(String why) {
            return new Said(404, why);
        }

        /** Answers that a method is not for a path. */
        public static Said notAllowed(String method, String path) {
            return new Said(405, method + " is not for " + path);
        }
    }

    /** Answers calls. */
    @FunctionalInterface
    public interface Answering {

        /**
         * Answers a call.
         *
         * @param method such as {@code POST}
         * @param path without a query
         * @param body stripped of blanks
         */
        Said answer(String method, String path, String body);
    }

    private final HttpServer server;
    private final Answering answering;

    private TextPort(HttpServer server, Answering answering) {
        this.server = server;
        this.answering = answering;
    }

    /**
     * Listens.
     *
     * @throws IOException if the address cannot be had
     */
    public static TextPort listen(InetSocketAddress address, Answering answering) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        var port = new TextPort(server, answering);
        server.createContext("/", port::handle);
        server.start();
        return port;
    }

    /** Where it listens, such as {@code http://127.0.0.1:7001}. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            Said said = body.length > MAX_BODY
                    ? new Said(TOO_LARGE, "at most " + MAX_BODY + " octets")
                    : answering.answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            new String(body, StandardCharsets.UTF_8).strip());
            byte[] text = (said.text.isEmpty() ? "" : said.text + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(said.status, text.length == 0 ? NO_BODY : text.length);
            if (text.length > 0) {
                exchange.getResponseBody().write(text);
            }
        }
    }
}
