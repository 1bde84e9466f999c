package dev.rootbeat.scenario.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rootbeat.conformance.world.Receivers;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.event.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A receiver of webhooks on a real port, which checks every signature. */
final class Hook implements AutoCloseable {

    private static final String PATH = "/hook";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NO_BODY = -1;

    private final DrivenTime time;
    private final Consumer<Bytes> told;
    private final HttpServer server;
    private volatile int status = OK;

    /**
     * Opens one that takes what it is told.
     *
     * @param told is given what it has taken
     */
    Hook(DrivenTime time, Consumer<Bytes> told) {
        this.time = time;
        this.told = told;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the receiver of webhooks cannot listen", e);
        }
        server.createContext(PATH, this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** Answers with this status from now on; with 0 it hangs up. */
    void answers(int newStatus) {
        status = newStatus;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var message = new Message(
                    url(),
                    Bytes.of(exchange.getRequestBody().readAllBytes()),
                    exchange.getRequestHeaders().getFirst(Message.SIGNATURE));
            int answer = Receivers.isGenuine(message) ? status : UNAUTHORIZED;
            if (answer == OK) {
                time.hand(() -> told.accept(message.body()));
            }
            if (answer != 0) {
                exchange.sendResponseHeaders(answer, NO_BODY);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
