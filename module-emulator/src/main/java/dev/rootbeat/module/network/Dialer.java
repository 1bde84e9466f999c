package dev.rootbeat.module.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of the module's own clients to their servers: by name or address, in plain or with a TLS profile, over the
 * network that the module is on, where all of it is counted. Every method is called on the module's executor.
 */
public final class Dialer {

    private static final int ANY_PORT = 0;

    private final SocketWorld world;
    private final SecureConnector secure;
    private final Names names;
    private final Carrier carrier;
    private final Timers timers;
    private final Set<Call> calls = new LinkedHashSet<>();

    /**
     * A server.
     *
     * @param host its name or its address
     * @param profile the number of the TLS profile, or null for none
     */
    public record Server(String host, int port, @Nullable Integer profile) {}

    /**
     * Makes a module without connections.
     *
     * @param world what plain connections reach
     * @param secure opens those with a TLS profile
     * @param carrier the module's way onto the network
     */
    public Dialer(SocketWorld world, SecureConnector secure, Names names, Carrier carrier, Timers timers) {
        this.world = world;
        this.secure = secure;
        this.names = names;
        this.carrier = carrier;
        this.timers = timers;
    }

    /** Whether there is a network. */
    public boolean isOnline() {
        return carrier.isOnline();
    }

    /** Opens a connection, for which it waits without end: the client has to know how long. */
    public Connection dial(Server server, Connection.Events events) {
        var call = new Call(events);
        calls.add(call);
        InetAddress address = names.find(server.host).orElse(null);
        if (address == null) {
            timers.after(Duration.ZERO, () -> call.ended(SocketError.HOST_UNREACHABLE));
        } else {
            call.below = open(server, new InetSocketAddress(address, server.port), call);
        }
        return call;
    }

    private Connection open(Server server, InetSocketAddress to, Connection.Events events) {
        Integer profile = server.profile;
        return profile == null
                ? world.connect(ANY_PORT, to, events)
                : secure.connect(profile, Protocol.TCP, ANY_PORT, to, server.host, events);
    }

    /** The network is lost, or the power goes off: all connections end, and the clients are told. */
    public void drop() {
        List.copyOf(calls).forEach(call -> {
            call.release();
            call.ended(SocketError.NETWORK_DOWN);
        });
    }

    /** A connection that is counted. */
    private final class Call implements Connection, Connection.Events {

        private final Connection.Events events;
        private @Nullable Connection below;

        Call(Connection.Events events) {
            this.events = events;
        }

        @Override
        public void send(byte[] octets) {
            if (below != null) {
                carrier.count(octets.length, 0);
                below.send(octets);
            }
        }

        @Override
        public boolean isWritable() {
            return below != null && below.isWritable();
        }

        @Override
        public void pause(boolean paused) {
            if (below != null) {
                below.pause(paused);
            }
        }

        @Override
        public void close() {
            calls.remove(this);
            release();
        }

        private void release() {
            if (below != null) {
                below.close();
                below = null;
            }
        }

        @Override
        public void connected() {
            events.connected();
        }

        @Override
        public void received(byte[] octets) {
            carrier.count(0, octets.length);
            events.received(octets);
        }

        @Override
        public void ended(SocketError why) {
            if (calls.remove(this)) {
                below = null;
                events.ended(why);
            }
        }
    }
}
