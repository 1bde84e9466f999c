package dev.rootbeat.module.network;

import dev.rootbeat.module.at.Urcs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a module, the same for all its hosts (AT reference, section 4.1). Every method is called on the
 * module's executor.
 */
public final class Sockets implements AutoCloseable {

    /** How many there can be. */
    public static final int MOST = 7;

    /** How many octets one command writes or reads. */
    public static final int MAX_OCTETS = 1024;

    /** How long connecting may take, with the handshake (ours; a host waits 332 s). */
    static final Duration CONNECT_TIME = Duration.ofMinutes(2);

    private final SocketWorld world;
    private final SecureConnector secure;
    private final Names names;
    private final Carrier carrier;
    private final Timers timers;
    private final Urcs urcs;
    private final SortedMap<Integer, ModuleSocket> open = new TreeMap<>();
    private SocketError last = SocketError.NONE;

    /**
     * Makes a module without open sockets.
     *
     * @param world what plain sockets reach
     * @param secure opens those with a TLS profile
     * @param carrier the module's way onto the network
     * @param urcs where the hosts are told
     */
    public Sockets(SocketWorld world, SecureConnector secure, Names names, Carrier carrier, Timers timers, Urcs urcs) {
        this.world = world;
        this.secure = secure;
        this.names = names;
        this.carrier = carrier;
        this.timers = timers;
        this.urcs = urcs;
    }

    /** What the last operation that failed came to. */
    public SocketError last() {
        return last;
    }

    /** Returns a socket that is open. */
    public Optional<ModuleSocket> find(int number) {
        ModuleSocket socket = open.get(number);
        if (socket == null) {
            last = SocketError.BAD_SOCKET;
        }
        return Optional.ofNullable(socket);
    }

    /**
     * Makes a socket.
     *
     * @param localPort 0 for any
     * @return its number, or nothing if there are too many
     */
    public Optional<Integer> create(Protocol protocol, int localPort) {
        for (int number = 0; number < MOST; number++) {
            if (!open.containsKey(number)) {
                open.put(number, new ModuleSocket(number, protocol, localPort, new Hosts()));
                return Optional.of(number);
            }
        }
        last = SocketError.NO_BUFFERS;
        return Optional.empty();
    }

    /** Gives a socket a TLS profile, or takes it away; not when it is connected. */
    public SocketError secure(ModuleSocket socket, @Nullable Integer profile) {
        if (socket.isInUse()) {
            return fail(socket, SocketError.IS_CONNECTED);
        }
        socket.secure(profile);
        return SocketError.NONE;
    }

    /** Connects a socket; the outcome is told once, possibly before this method returns. */
    public void connect(ModuleSocket socket, String host, int port, Consumer<SocketError> outcome) {
        Consumer<SocketError> tell = error -> outcome.accept(fail(socket, error));
        InetAddress address = names.find(host).orElse(null);
        if (!carrier.isOnline()) {
            tell.accept(SocketError.NETWORK_DOWN);
        } else if (socket.isInUse()) {
            tell.accept(socket.isConnected() ? SocketError.IS_CONNECTED : SocketError.IN_PROGRESS);
        } else if (address == null) {
            tell.accept(SocketError.HOST_UNREACHABLE);
        } else {
            connect(socket, host, new InetSocketAddress(address, port), tell);
        }
    }

    private void connect(ModuleSocket socket, String host, InetSocketAddress to, Consumer<SocketError> tell) {
        Integer profile = socket.profile();
        if (profile == null && socket.protocol() == Protocol.UDP) {
            socket.connect(to);
            tell.accept(SocketError.NONE);
            return;
        }
        Timers.Timer timer = timers.after(CONNECT_TIME, () -> socket.fail(SocketError.TIMED_OUT));
        ModuleSocket.Opening opening = profile == null
                ? world::connect
                : (localPort, peer, events) ->
                        secure.connect(profile, socket.protocol(), localPort, peer, host, events);
        socket.connect(to, opening, error -> {
            timer.cancel();
            tell.accept(error);
        });
    }

    /** Gives up connecting a socket. */
    public void abort(ModuleSocket socket) {
        socket.fail(SocketError.ABORTED);
    }

    /** Writes down that a socket is not made for an operation, and returns that. */
    public SocketError refuse(ModuleSocket socket, SocketError why) {
        return fail(socket, why);
    }

    /** Writes to a connected socket. */
    public SocketError write(ModuleSocket socket, byte[] octets) {
        if (!socket.isConnected()) {
            return fail(socket, SocketError.NOT_CONNECTED);
        }
        if (!socket.isWritable()) {
            return fail(socket, SocketError.WOULD_BLOCK);
        }
        socket.send(world, octets);
        return SocketError.NONE;
    }

    /** Sends a datagram to any peer. */
    public SocketError sendTo(ModuleSocket socket, String host, int port, byte[] octets) {
        InetAddress address = names.find(host).orElse(null);
        if (socket.protocol() != Protocol.UDP || socket.profile() != null) {
            return fail(socket, SocketError.NOT_SUPPORTED);
        }
        if (!carrier.isOnline()) {
            return fail(socket, SocketError.NETWORK_DOWN);
        }
        if (address == null) {
            return fail(socket, SocketError.HOST_UNREACHABLE);
        }
        socket.sendTo(world, new InetSocketAddress(address, port), octets);
        return SocketError.NONE;
    }

    /** Closes a socket; its number is free again. */
    public void close(ModuleSocket socket) {
        open.remove(socket.number());
        socket.close();
    }

    /** The network is lost: all sockets end, and their hosts are told. */
    public void drop() {
        List.copyOf(open.values()).forEach(socket -> socket.fail(SocketError.NETWORK_DOWN));
    }

    /** The power goes off: all sockets end. */
    @Override
    public void close() {
        List.copyOf(open.values()).forEach(this::close);
    }

    private SocketError fail(ModuleSocket socket, SocketError error) {
        if (error != SocketError.NONE) {
            last = error;
        }
        return socket.note(error);
    }

    /** Tells the hosts. */
    private final class Hosts implements ModuleSocket.Owner {

        @Override
        public void arrived(ModuleSocket socket) {
            String line = socket.protocol() == Protocol.TCP ? "+UUSORD: " : "+UUSORF: ";
            urcs.show(line + socket.number() + "," + socket.pending());
        }

        @Override
        public void carried(long sent, long received) {
            carrier.count(sent, received);
        }

        @Override
        public void ended(ModuleSocket socket) {
            close(socket);
            if (socket.error() != SocketError.NONE) {
                last = socket.error();
            }
            urcs.show("+UUSOCL: " + socket.number());
        }
    }
}
