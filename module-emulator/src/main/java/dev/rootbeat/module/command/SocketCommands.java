package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.network.ModuleSocket;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.Protocol;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.Sockets;
import dev.rootbeat.module.tls.TlsProfiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sockets from their making to their end, and names (AT reference, section 4.1). */
public final class SocketCommands {

    /** The number of the last socket. */
    static final int LAST = Sockets.MOST - 1;

    /** The longest host name. */
    static final int MAX_HOST = 128;

    /** The last port. */
    static final int MAX_PORT = 65_535;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TYPE = 0;
    private static final int LAST_ERROR = 1;
    private static final int SENT = 2;
    private static final int RECEIVED = 3;
    private static final int PEER = 4;
    private static final int TCP_STATE = 10;
    private static final int UNACKNOWLEDGED = 11;

    /** The states of a TCP connection that a host can see: closed, about to connect, established, ended by the peer. */
    private static final int CLOSED = 0;

    private static final int SYN_SENT = 2;
    private static final int ESTABLISHED = 4;
    private static final int CLOSE_WAIT = 7;

    /** What a new socket has, by level and name of an option. All others do not exist. */
    private static final Map<String, String> OPTIONS = Map.of(
            "0,1", "0", // type of service
            "0,2", "255", // time to live
            "6,1", "0", // no delay
            "6,2", "7200000", // keep-alive time in milliseconds
            "65535,4", "0", // reuse of addresses
            "65535,8", "0", // keep-alive
            "65535,32", "0", // broadcast
            "65535,128", "0,0"); // linger, and for how many milliseconds

    private final Sockets sockets;
    private final Names names;
    private final Urcs urcs;

    /**
     * Answers for a module with these sockets.
     *
     * @param urcs where the hosts are told
     */
    public SocketCommands(Sockets sockets, Names names, Urcs urcs) {
        this.sockets = sockets;
        this.names = names;
        this.urcs = urcs;
    }

    /** Every failure has its number in {@code AT+USOER}. */
    static Answer answer(SocketError error) {
        return error == SocketError.NONE ? Answer.OK : Answer.error(AtError.OPERATION_NOT_ALLOWED);
    }

    private Answer with(int socket, Function<ModuleSocket, Answer> command) {
        return sockets.find(socket).map(command).orElseGet(() -> answer(SocketError.BAD_SOCKET));
    }

    @AtCommand("+USOCR=")
    Answer create(@OneOf({TCP, UDP}) int protocol, @Range(to = MAX_PORT) @Nullable Integer localPort) {
        return sockets.create(protocol == TCP ? Protocol.TCP : Protocol.UDP, localPort == null ? 0 : localPort)
                .map(number -> Answer.of("+USOCR: " + number))
                .orElseGet(() -> answer(SocketError.NO_BUFFERS));
    }

    @AtCommand("+USOSEC=")
    Answer secure(
            @Range(to = LAST) int socket,
            @OneOf({0, 1}) int on,
            @Range(to = TlsProfiles.LAST) @Nullable Integer profile) {
        Integer with = on == 0 ? null : Integer.valueOf(profile == null ? 0 : profile);
        return with(socket, found -> answer(sockets.secure(found, with)));
    }

    @AtCommand("+USOSEC=")
    Answer secure(@Range(to = LAST) int socket) {
        return with(socket, found -> {
            Integer profile = found.profile();
            return Answer.of("+USOSEC: " + socket + "," + (profile == null ? "0" : "1," + profile));
        });
    }

    @AtCommand("+USOCO=")
    Answer connect(
            @Range(to = LAST) int socket,
            @Length(min = 1, max = MAX_HOST) String host,
            @Range(from = 1, to = MAX_PORT) int port) {
        return with(
                socket,
                found -> new Answer.Later(
                        outcome -> sockets.connect(found, host, port, error -> outcome.accept(answer(error))),
                        () -> sockets.abort(found)));
    }

    /** Closing at once and closing later differ in that the latter is confirmed by an unsolicited line. */
    @AtCommand("+USOCL=")
    Answer close(@Range(to = LAST) int socket, @OneOf({0, 1}) @Nullable Integer later) {
        return with(socket, found -> {
            sockets.close(found);
            return later != null && later == 1
                    ? new Answer.Done(List.of(), () -> urcs.show("+UUSOCL: " + socket))
                    : Answer.OK;
        });
    }

    @AtCommand("+USOER")
    Answer lastError() {
        return Answer.of("+USOER: " + sockets.last().number());
    }

    @AtCommand("+USOCTL=")
    Answer control(
            @Range(to = LAST) int socket,
            @OneOf({TYPE, LAST_ERROR, SENT, RECEIVED, PEER, TCP_STATE, UNACKNOWLEDGED}) int operation) {
        return with(socket, found -> switch (operation) {
            case TYPE -> shown(socket, operation, found.protocol().number());
            case LAST_ERROR -> shown(socket, operation, found.error().number());
            case SENT -> shown(socket, operation, found.sent());
            case RECEIVED -> shown(socket, operation, found.received());
            case PEER -> {
                InetSocketAddress peer = found.peer();
                yield peer == null
                        ? answer(SocketError.NOT_CONNECTED)
                        : Answer.of("+USOCTL: " + socket + "," + operation + ",\""
                                + peer.getAddress().getHostAddress() + "\"," + peer.getPort());
            }
            default ->
                found.protocol() == Protocol.TCP
                        ? shown(socket, operation, operation == TCP_STATE ? state(found) : 0)
                        : answer(SocketError.NOT_SUPPORTED);
        });
    }

    private static Answer shown(int socket, int operation, long value) {
        return Answer.of("+USOCTL: " + socket + "," + operation + "," + value);
    }

    private static int state(ModuleSocket socket) {
        if (!socket.isInUse()) {
            return CLOSED;
        }
        return socket.isConnected() ? ESTABLISHED : socket.hasEnded() ? CLOSE_WAIT : SYN_SENT;
    }

    @AtCommand("+USOSO=")
    Answer option(
            @Range(to = LAST) int socket,
            @Range(to = 65_535) int level,
            @Range(to = 65_535) int option,
            @Range(to = Integer.MAX_VALUE) int value,
            @Range(to = Integer.MAX_VALUE) @Nullable Integer second) {
        String name = level + "," + option;
        String initial = OPTIONS.get(name);
        if (initial == null || initial.contains(",") == (second == null)) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        return with(socket, found -> {
            found.options().put(name, second == null ? String.valueOf(value) : value + "," + second);
            return Answer.OK;
        });
    }

    @AtCommand("+USOGO=")
    Answer option(@Range(to = LAST) int socket, @Range(to = 65_535) int level, @Range(to = 65_535) int option) {
        String name = level + "," + option;
        String initial = OPTIONS.get(name);
        return initial == null
                ? Answer.error(AtError.INCORRECT_PARAMETERS)
                : with(socket, found -> Answer.of("+USOGO: " + found.options().getOrDefault(name, initial)));
    }

    @AtCommand("+UDNSRN=")
    Answer lookUp(@OneOf({0, 1}) int direction, @Length(min = 1, max = MAX_HOST) String what) {
        return (direction == 0
                        ? names.find(what).map(InetAddress::getHostAddress)
                        : names.find(what).flatMap(names::nameOf))
                .map(found -> Answer.of("+UDNSRN: \"" + found + "\""))
                .orElseGet(() -> Answer.error(AtError.OPERATION_NOT_ALLOWED));
    }
}
