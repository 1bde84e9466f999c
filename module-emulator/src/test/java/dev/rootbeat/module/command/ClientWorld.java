package dev.rootbeat.module.command;

import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.network.Carrier;
import dev.rootbeat.module.network.Connection;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.TestWorld;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.sim.VirtualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is around a client of the module in tests: a network of memory in virtual time, and a host. */
final class ClientWorld {

    final VirtualTime time = new VirtualTime(Instant.EPOCH);
    final TestWorld world = new TestWorld(time.executor("world"));
    final Timers timers = new Timers(time.executor("module"));

    /** How TLS was asked for: the profile, the protocol, the host and the port. */
    final List<String> secured = new ArrayList<>();

    boolean online = true;
    long carried;
    final Dialer dialer = new Dialer(
            world,
            (profile, protocol, localPort, to, host, events) ->
                    secured(profile + " " + protocol + " " + host + " " + to.getPort(), to, events),
            new Names(Map.of()),
            new Carrier() {
                @Override
                public boolean isOnline() {
                    return online;
                }

                @Override
                public void count(long sent, long received) {
                    carried += sent + received;
                }
            },
            timers);
    private Conversation host = new Conversation();

    private Connection secured(String how, InetSocketAddress to, Connection.Events events) {
        secured.add(how);
        return world.connect(0, to, events);
    }

    /** Plugs a host into these services. */
    Conversation plug(Object... services) {
        host = new Conversation(services);
        return host;
    }

    void urcs(Function<AtSession, Optional<String>> line) {
        host.urcs(line);
    }

    /** Sends a line, and returns what is said then. */
    String send(String line) {
        String said = host.send(line + "\r");
        time.runFor(Duration.ofMillis(1));
        return said + host.heard();
    }
}
