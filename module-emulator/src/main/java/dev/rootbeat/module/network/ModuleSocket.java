package dev.rootbeat.module.network;

import dev.rootbeat.rot.protocol.Bytes;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One socket of a module. */
public final class ModuleSocket implements Connection.Events, Datagrams.Events {

    /** How many unread octets a connection gathers before its peer has to wait, and a port before it loses datagrams (ours). */
    static final int WINDOW = 16 * 1024;

    /** Octets from a peer: a datagram, or a part of a stream or of a datagram. */
    public record Received(InetSocketAddress from, Bytes octets) {}

    /** What its owner hears of a socket. */
    interface Owner {

        /** There is something to read of which the host was not told. */
        void arrived(ModuleSocket socket);

        /** Octets have gone out, or come in. */
        void carried(long sent, long received);

        /** It has ended, and all is read. */
        void ended(ModuleSocket socket);
    }

    private final int number;
    private final Protocol protocol;
    private final int localPort;
    private final Owner owner;
    private final Inbox inbox = new Inbox();
    private final Map<String, String> options = new TreeMap<>();
    private @Nullable Integer profile;
    private @Nullable Datagrams port;
    private @Nullable Connection connection;
    private @Nullable InetSocketAddress peer;
    private @Nullable Consumer<SocketError> connecting;
    private boolean ended;
    private boolean announced;
    private long sent;
    private long received;
    private SocketError error = SocketError.NONE;

    ModuleSocket(int number, Protocol protocol, int localPort, Owner owner) {
        this.number = number;
        this.protocol = protocol;
        this.localPort = localPort;
        this.owner = owner;
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** What it speaks. */
    public Protocol protocol() {
        return protocol;
    }

    /** The number of its TLS profile, or null if it has none. */
    public @Nullable Integer profile() {
        return profile;
    }

    /** Where it is connected to, or null. */
    public @Nullable InetSocketAddress peer() {
        return peer;
    }

    /** The options that its host has set, by level and name. They are kept and have no effect. */
    public Map<String, String> options() {
        return options;
    }

    /** How many octets can be read. */
    public int pending() {
        return inbox.size();
    }

    /** How many octets were sent. */
    public long sent() {
        return sent;
    }

    /** How many octets have come. */
    public long received() {
        return received;
    }

    /** What its last operation came to. */
    public SocketError error() {
        return error;
    }

    /** Whether it is connected, or about to be. */
    public boolean isInUse() {
        return connection != null || peer != null;
    }

    /** Whether there is a connection over which octets can go now. */
    public boolean isConnected() {
        return peer != null && connecting == null && !ended;
    }

    /** Whether it has ended, and only what has come is left. */
    public boolean hasEnded() {
        return ended;
    }

    void secure(@Nullable Integer with) {
        profile = with;
    }

    SocketError note(SocketError what) {
        error = what;
        return what;
    }

    /** Begins to connect; the outcome is told once, unless it is given up. */
    void connect(InetSocketAddress to, Opening opening, Consumer<SocketError> outcome) {
        peer = to;
        connecting = outcome;
        connection = opening.open(localPort, to, this);
    }

    /** Sends datagrams to one peer from now on. */
    void connect(InetSocketAddress to) {
        peer = to;
    }

    /** Opens the port for datagrams unless it is open. */
    Datagrams port(SocketWorld world) {
        if (port == null) {
            port = world.open(localPort, this);
        }
        return port;
    }

    boolean isWritable() {
        return connection == null || connection.isWritable();
    }

    void send(SocketWorld world, byte[] octets) {
        sent(octets.length);
        if (connection != null) {
            connection.send(octets);
        } else if (peer != null) {
            port(world).send(peer, octets);
        }
    }

    void sendTo(SocketWorld world, InetSocketAddress to, byte[] octets) {
        sent(octets.length);
        port(world).send(to, octets);
    }

    private void sent(int octets) {
        sent += octets;
        owner.carried(octets, 0);
    }

    /** Takes at most so many octets. */
    public byte[] read(int most) {
        byte[] octets = inbox.takeAll(most);
        readSome();
        return octets;
    }

    /** Takes at most so many octets of the oldest datagram; none from nobody if there is none. */
    public Received receive(int most) {
        Received piece = inbox.take(most).orElseGet(() -> new Received(new InetSocketAddress(0), Bytes.EMPTY));
        readSome();
        return piece;
    }

    private void readSome() {
        announced = false;
        if (connection != null && inbox.size() < WINDOW) {
            connection.pause(false);
        }
        if (inbox.size() > 0) {
            announce();
        } else if (ended) {
            owner.ended(this);
        }
    }

    private void announce() {
        if (!announced) {
            announced = true;
            owner.arrived(this);
        }
    }

    /** Breaks off; its owner is told as if it had ended. One that has ended stays as it is. */
    void fail(SocketError why) {
        if (!ended) {
            release();
            ended(why);
        }
    }

    /** Lets go of everything; nothing more is told. */
    void close() {
        connecting = null;
        ended = true;
        release();
    }

    private void release() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
        if (port != null) {
            port.close();
            port = null;
        }
    }

    @Override
    public void connected() {
        tellConnecting(SocketError.NONE);
    }

    private boolean tellConnecting(SocketError outcome) {
        Consumer<SocketError> waiting = connecting;
        connecting = null;
        if (waiting != null) {
            waiting.accept(outcome);
        }
        return waiting != null;
    }

    @Override
    public void received(byte[] octets) {
        if (peer != null) {
            arrived(peer, octets);
        }
    }

    @Override
    public void received(InetSocketAddress from, byte[] octets) {
        if (inbox.size() + octets.length <= WINDOW) {
            arrived(from, octets);
        }
    }

    private void arrived(InetSocketAddress from, byte[] octets) {
        received += octets.length;
        owner.carried(0, octets.length);
        inbox.add(new Received(from, Bytes.of(octets)));
        if (connection != null && inbox.size() >= WINDOW) {
            connection.pause(true);
        }
        announce();
    }

    @Override
    public void ended(SocketError why) {
        note(why);
        connection = null;
        port = null;
        if (tellConnecting(why)) {
            peer = null;
        } else {
            ended = true;
            if (inbox.size() == 0) {
                owner.ended(this);
            }
        }
    }

    /** How a connection is opened. */
    @FunctionalInterface
    interface Opening {
        Connection open(int localPort, InetSocketAddress to, Connection.Events events);
    }
}
