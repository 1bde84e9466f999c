package dev.rootbeat.module.command;

import static dev.rootbeat.module.command.SocketCommands.LAST;
import static dev.rootbeat.module.command.SocketCommands.MAX_HOST;
import static dev.rootbeat.module.command.SocketCommands.MAX_PORT;
import static dev.rootbeat.module.command.SocketCommands.answer;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.network.ModuleSocket;
import dev.rootbeat.module.network.Protocol;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.Sockets;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What goes over sockets (AT reference, section 4.1). Octets after the prompt go as they are. In a quoted text they are
 * hexadecimal digits if the host has switched to them ({@code AT+UDCONF=1,1}), and so are those that are read.
 */
public final class SocketDataCommands {

    private static final int MOST = Sockets.MAX_OCTETS;

    /** How long the module waits for data after the prompt (ours). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Sockets sockets;
    private final BooleanSupplier hexMode;

    /**
     * Answers for a module with these sockets.
     *
     * @param hexMode whether quoted octets are hexadecimal digits
     */
    public SocketDataCommands(Sockets sockets, BooleanSupplier hexMode) {
        this.sockets = sockets;
        this.hexMode = hexMode;
    }

    private Answer with(int socket, Function<ModuleSocket, Answer> command) {
        return sockets.find(socket).map(command).orElseGet(() -> answer(SocketError.BAD_SOCKET));
    }

    @AtCommand("+USOWR=")
    Answer write(@Range(to = LAST) int socket, @Range(from = 1, to = MOST) int octets) {
        return with(socket, found -> prompt(octets, data -> write(found, data)));
    }

    @AtCommand("+USOWR=")
    Answer write(
            @Range(to = LAST) int socket, @Range(from = 1, to = MOST) int octets, @Length(max = 2 * MOST) String data) {
        return with(socket, found -> quoted(octets, data, given -> write(found, given)));
    }

    private Answer write(ModuleSocket socket, byte[] data) {
        SocketError error = sockets.write(socket, data);
        return error == SocketError.NONE ? Answer.of("+USOWR: " + socket.number() + "," + data.length) : answer(error);
    }

    @AtCommand("+USOST=")
    Answer sendTo(
            @Range(to = LAST) int socket,
            @Length(min = 1, max = MAX_HOST) String host,
            @Range(from = 1, to = MAX_PORT) int port,
            @Range(from = 1, to = MOST) int octets) {
        return with(socket, found -> prompt(octets, data -> sendTo(found, host, port, data)));
    }

    @AtCommand("+USOST=")
    Answer sendTo(
            @Range(to = LAST) int socket,
            @Length(min = 1, max = MAX_HOST) String host,
            @Range(from = 1, to = MAX_PORT) int port,
            @Range(from = 1, to = MOST) int octets,
            @Length(max = 2 * MOST) String data) {
        return with(socket, found -> quoted(octets, data, given -> sendTo(found, host, port, given)));
    }

    private Answer sendTo(ModuleSocket socket, String host, int port, byte[] data) {
        SocketError error = sockets.sendTo(socket, host, port, data);
        return error == SocketError.NONE ? Answer.of("+USOST: " + socket.number() + "," + data.length) : answer(error);
    }

    private static Answer prompt(int octets, Function<byte[], Answer> then) {
        return new Answer.Prompt('@', octets, PATIENCE, AtError.COMMAND_TIMEOUT, then);
    }

    private Answer quoted(int octets, String data, Function<byte[], Answer> then) {
        return decode(data)
                .filter(decoded -> decoded.length == octets)
                .map(then)
                .orElseGet(() -> Answer.error(AtError.INCORRECT_PARAMETERS));
    }

    private Optional<byte[]> decode(String data) {
        if (!hexMode.getAsBoolean()) {
            return Optional.of(data.getBytes(StandardCharsets.ISO_8859_1));
        }
        try {
            return Optional.of(HexFormat.of().parseHex(data));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @AtCommand("+USORD=")
    Answer read(@Range(to = LAST) int socket, @Range(to = MOST) int octets) {
        return with(socket, found -> {
            String start = "+USORD: " + socket + ",";
            return octets == 0
                    ? Answer.of(start + found.pending())
                    : data(
                            start,
                            found.protocol() == Protocol.TCP
                                    ? found.read(octets)
                                    : found.receive(octets).octets().toArray());
        });
    }

    @AtCommand("+USORF=")
    Answer receive(@Range(to = LAST) int socket, @Range(to = MOST) int octets) {
        return with(socket, found -> {
            if (found.protocol() != Protocol.UDP) {
                return answer(sockets.refuse(found, SocketError.NOT_SUPPORTED));
            }
            String start = "+USORF: " + socket + ",";
            if (octets == 0) {
                return Answer.of(start + found.pending());
            }
            ModuleSocket.Received datagram = found.receive(octets);
            InetSocketAddress from = datagram.from();
            return data(
                    start + "\"" + from.getAddress().getHostAddress() + "\"," + from.getPort() + ",",
                    datagram.octets().toArray());
        });
    }

    private Answer data(String start, byte[] octets) {
        String text = hexMode.getAsBoolean()
                ? HexFormat.of().withUpperCase().formatHex(octets)
                : new String(octets, StandardCharsets.ISO_8859_1);
        return Answer.of(start + octets.length + ",\"" + text + "\"");
    }
}
