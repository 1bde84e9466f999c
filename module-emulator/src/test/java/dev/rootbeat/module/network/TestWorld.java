package dev.rootbeat.module.network;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** A world of peers that do as a test says. Whoever listens at a port is there; what happens, happens on the executor. */
public final class TestWorld implements SocketWorld {

    /** The peers of all connections that were made, in order. */
    public final List<Peer> peers = new ArrayList<>();

    /** What is to be told of the connections that neither were made nor refused, in order. */
    public final List<Connection.Events> dialled = new ArrayList<>();

    /** The datagrams that were sent, as {@code address:port text}. */
    public final List<String> datagrams = new ArrayList<>();

    /** The ports for datagrams that are open. */
    public final List<Datagrams.Events> ports = new ArrayList<>();

    private final Executor executor;
    private final Set<Integer> listening = new HashSet<>();
    private final Set<Integer> silent = new HashSet<>();

    /** Makes a world in which nobody listens. */
    public TestWorld(Executor executor) {
        this.executor = executor;
    }

    /** Somebody listens at a port. */
    public void listen(int port) {
        listening.add(port);
    }

    /** A port neither answers nor refuses. */
    public void silence(int port) {
        silent.add(port);
    }

    @Override
    public Connection connect(int localPort, InetSocketAddress to, Connection.Events events) {
        var peer = new Peer(events);
        if (listening.contains(to.getPort())) {
            peers.add(peer);
            executor.execute(() -> {
                if (!peer.closed) {
                    events.connected();
                }
            });
        } else if (silent.contains(to.getPort())) {
            dialled.add(events);
        } else {
            executor.execute(() -> events.ended(SocketError.REFUSED));
        }
        return peer;
    }

    @Override
    public Datagrams open(int localPort, Datagrams.Events events) {
        ports.add(events);
        return new Datagrams() {
            @Override
            public void send(InetSocketAddress to, byte[] octets) {
                datagrams.add(to.getAddress().getHostAddress() + ":" + to.getPort() + " " + text(octets));
            }

            @Override
            public void close() {
                ports.remove(events);
            }
        };
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** The other end of a connection. */
    public static final class Peer implements Connection {

        /** What it does to the module's end. */
        public final Connection.Events events;

        /** Whether the module has closed the connection. */
        public boolean closed;

        /** Whether the module has stopped to read. */
        public boolean paused;

        /** Whether it takes what is sent. */
        public boolean writable = true;

        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        Peer(Connection.Events events) {
            this.events = events;
        }

        /** What the module has sent. */
        public String heard() {
            return text(heard.toByteArray());
        }

        /** Sends to the module. */
        public void say(String text) {
            events.received(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void send(byte[] octets) {
            heard.writeBytes(octets);
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void pause(boolean value) {
            paused = value;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
