package dev.rootbeat.scenario.testbed;

import dev.rootbeat.module.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a scenario plays on: a certificate manager, the operators of its domains, modules with a host each, a webhook
 * receiver and an IoT platform, all on one clock. For one thread, the scenario's; time passes only in the methods that
 * say so. What does not hold ends in an {@link AssertionError}.
 */
public interface Testbed extends AutoCloseable {

    /** The first domain. */
    String HOME = "home";

    /** Another one. */
    String OTHER = "away";

    /** The time now, which is also the server's unless {@link #stepServerClock} was called. */
    Instant now();

    /**
     * Lets time pass until something holds.
     *
     * @return whether it holds; if not, that much time has passed
     */
    boolean await(BooleanSupplier holds, Duration atMost);

    /** Lets time pass. */
    default void pass(Duration span) {
        await(() -> false, span);
    }

    /**
     * An answer of the REST interface.
     *
     * @param error the code of the error; empty if the call succeeded
     */
    record Answer(String error, JsonNode body) {

        static Answer of(boolean good, JsonNode body) {
            return new Answer(good ? "" : body.path("Error").asString(""), body);
        }

        /** Whether the call succeeded. */
        public boolean isOk() {
            return error.isEmpty();
        }
    }

    /**
     * Makes a REST call.
     *
     * @param domain whose operator calls
     * @param path such as {@code /v1/device/get}
     */
    Answer call(String domain, String path, ObjectNode body);

    /** Adds a module, new and without power, whose host is plugged in. */
    Unit add(Product product);

    /** The modules, in the order in which they were added. */
    List<Unit> units();

    /** The server process dies at once; its data stays. */
    void killServer();

    /** A server process starts on the data that the last one left. */
    void startServer();

    /** Moves the server's clock. */
    void stepServerClock(Duration step);

    /** The network between all devices and the server carries nothing any more, or does again. */
    void network(boolean up);

    /**
     * Has the server do something wrong.
     *
     * @param fault as {@code --fault} of the server takes it, but for crashes, which would end the testbed's process too
     */
    void serverFault(String fault);

    /** Ends all that is wrong on purpose with the server. */
    void noServerFaults();

    /** The receiver of webhooks. */
    Receiver receiver();

    /** What has happened so far. */
    Timeline timeline();

    /** Ends it; nothing stays. */
    @Override
    void close();
}
