package dev.rootbeat.server;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.event.Sender;
import dev.rootbeat.server.platform.Platform;
import dev.rootbeat.server.store.Store;
import java.util.random.RandomGenerator;

/**
 * What a server is made of, for a {@link Behaviour} that goes deeper than the messages that pass: one that implements this
 * too may put parts of its own around or in the place of the usual ones. Every method returns its argument unless
 * overridden, and is called when a server starts.
 */
public interface ServerParts {

    /** The usual parts. */
    ServerParts USUAL = new ServerParts() {};

    /** The parts that a behaviour asks for; the usual ones if it asks for none. */
    static ServerParts of(Behaviour behaviour) {
        return behaviour instanceof ServerParts parts ? parts : USUAL;
    }

    /** Where the data lives. */
    default Store store(Store store) {
        return store;
    }

    /** What answers devices. */
    default RequestHandler requests(RequestHandler requests) {
        return requests;
    }

    /** When devices shall speak, and how far the developer plan reaches. */
    default HeartbeatPolicy policy(HeartbeatPolicy policy) {
        return policy;
    }

    /** The server's own IoT platform. */
    default Platform platform(Platform platform) {
        return platform;
    }

    /** What takes messages to webhooks. */
    default Sender sender(Sender sender) {
        return sender;
    }

    /** What serial numbers of certificates are drawn from. */
    default RandomGenerator serialNumbers(RandomGenerator random) {
        return random;
    }
}
