package dev.rootbeat.module.mux;

import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.LinkLayer;
import dev.rootbeat.module.frame.FrameFinder;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The module's end of a multiplexer in basic mode with UIH frames (3GPP TS 27.010). Channels 1 to {@value #AT_CHANNELS}
 * are sessions of AT, each with its own echo, error format and modes. On a module with a satellite receiver, channel
 * {@value #SATELLITES} can be opened too, as hosts do that tunnel to the receiver; no receiver is emulated, so it takes
 * everything and stays silent.
 *
 * <p>A frame that is harmed or too long is dropped without an answer, as is one that stays incomplete; the host asks
 * again. Of the control channel's commands, those on ports, parameters and services are answered with "not supported".
 * A close-down counts even before the control channel is opened, so that a host that has forgotten everything finds
 * back to plain text.
 */
public final class Multiplexer implements LinkLayer {

    /** Channels 1 to this one are for AT, as those of the SARA-R5. */
    static final int AT_CHANNELS = 3;

    /** The channel that leads to the satellite receiver of the SARA-R5. */
    static final int SATELLITES = 4;

    /** What an information field has room for if nobody says otherwise (3GPP TS 27.010, section 5.7.2), in octets. */
    public static final int USUAL_INFORMATION = 31;

    private static final int CONTROL = 0;

    /** The signals of a channel on which all is well: data valid, ready to receive, ready to communicate. */
    private static final int READY = 0x8D;

    private static final int STOP = 0x02;
    private static final int OCTET = 0xFF;
    private static final int SHORTEST_MSC = 2;

    private final int most;
    private final boolean satellites;
    private final Consumer<byte[]> host;
    private final Function<Consumer<byte[]>, AtSession> conversations;
    private final Consumer<byte[]> ended;
    private final FrameFinder frames;
    private final SortedMap<Integer, MuxChannel> channels = new TreeMap<>();
    private boolean controlled;
    private boolean allStopped;
    private boolean closed;

    /**
     * Begins to multiplex.
     *
     * @param most octets of information in a frame, both ways; commands of the control channel may always have
     *     {@value #USUAL_INFORMATION}
     * @param satellites whether the module has a satellite receiver
     * @param host takes what goes to the host
     * @param conversations begin a session of AT with who takes what it says
     * @param ended told when the host has closed the multiplexer down, with the octets that came behind
     */
    public Multiplexer(
            int most,
            boolean satellites,
            Consumer<byte[]> host,
            ScheduledExecutorService executor,
            Function<Consumer<byte[]>, AtSession> conversations,
            Consumer<byte[]> ended) {
        this.most = most;
        this.satellites = satellites;
        this.host = host;
        this.conversations = conversations;
        this.ended = ended;
        this.frames = new FrameFinder(
                MuxFrame.form(Math.max(most, USUAL_INFORMATION)), executor, octets -> take(MuxFrame.read(octets)));
    }

    /** How much information a frame has room for, in octets. */
    public int mostInformation() {
        return most;
    }

    /** Whether it has come to its end. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether a session is on one of the channels. */
    public boolean serves(AtSession session) {
        return channels.values().stream().anyMatch(channel -> session.equals(channel.session()));
    }

    @Override
    public void received(byte[] octets) {
        if (!closed) {
            frames.input(octets);
        }
    }

    /** The session below has handed its link over and has nothing to say. */
    @Override
    public void say(byte[] octets) {}

    @Override
    public void show(Function<AtSession, Optional<String>> line) {
        for (MuxChannel channel : List.copyOf(channels.values())) {
            AtSession session = channel.session();
            if (session != null) {
                session.show(line);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        channels.values().forEach(MuxChannel::close);
        channels.clear();
        frames.close();
    }

    private void take(MuxFrame frame) {
        switch (frame.type()) {
            case SABM -> answer(frame, open(frame.channel()));
            case DISC -> disconnect(frame);
            case UIH, UI -> information(frame);
            case UA, DM -> {} // to nothing that this end has asked
        }
    }

    private boolean open(int channel) {
        if (channel == CONTROL) {
            controlled = true;
            return true;
        }
        boolean at = channel <= AT_CHANNELS;
        if (!controlled || !(at || (channel == SATELLITES && satellites))) {
            return false;
        }
        MuxChannel before = channels.put(
                channel, new MuxChannel(at ? conversations : null, allStopped, most, octets -> say(channel, octets)));
        if (before != null) {
            before.close();
        }
        return true;
    }

    private void disconnect(MuxFrame frame) {
        if (frame.channel() == CONTROL) {
            answer(frame, controlled);
            end();
            return;
        }
        MuxChannel channel = channels.remove(frame.channel());
        answer(frame, channel != null);
        if (channel != null) {
            channel.close();
        }
    }

    private void information(MuxFrame frame) {
        if (frame.channel() == CONTROL) {
            ControlMessage.read(frame.information()).stream()
                    .filter(ControlMessage::isCommand)
                    .takeWhile(_ -> !closed)
                    .forEach(this::control);
            return;
        }
        MuxChannel channel = channels.get(frame.channel());
        if (channel == null) {
            answer(frame, false);
        } else {
            channel.input(frame.information().toArray());
        }
    }

    private void control(ControlMessage message) {
        switch (message.type()) {
            case ControlMessage.TEST, ControlMessage.PSC -> say(message.response());
            case ControlMessage.CLD -> {
                say(message.response());
                end();
            }
            case ControlMessage.FCON, ControlMessage.FCOFF -> {
                say(message.response());
                allStopped = message.type() == ControlMessage.FCOFF;
                List.copyOf(channels.values()).forEach(channel -> channel.stopAll(allStopped));
            }
            case ControlMessage.MSC -> {
                say(message.response());
                signals(message.value().toArray());
            }
            default -> say(message.notSupported());
        }
    }

    private void signals(byte[] value) {
        MuxChannel channel = value.length < SHORTEST_MSC ? null : channels.get((value[0] & OCTET) >> 2);
        if (channel != null) {
            channel.stop((value[1] & STOP) != 0);
        }
    }

    /** Answers a command of the host, and tells the signals of a channel that is open now. */
    private void answer(MuxFrame frame, boolean good) {
        send(new MuxFrame(
                frame.channel(), true, good ? MuxFrame.Type.UA : MuxFrame.Type.DM, frame.poll(), Bytes.EMPTY));
        if (good && frame.type() == MuxFrame.Type.SABM && frame.channel() != CONTROL) {
            byte address = (byte) (frame.channel() << 2 | 0x03);
            say(new ControlMessage(ControlMessage.MSC, Bytes.of(address, (byte) READY)));
        }
    }

    private void say(ControlMessage message) {
        say(CONTROL, message.encode().toArray());
    }

    private void say(int channel, byte[] octets) {
        send(new MuxFrame(channel, false, MuxFrame.Type.UIH, false, Bytes.of(octets)));
    }

    private void send(MuxFrame frame) {
        host.accept(frame.toArray());
    }

    private void end() {
        byte[] rest = frames.rest();
        close();
        ended.accept(rest);
    }
}
