package dev.rootbeat.module.secure;

import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.LinkLayer;
import dev.rootbeat.module.frame.FrameFinder;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * An open chip-to-chip session (AT reference, section 2.4): everything that the host and the module say to each other
 * is protected in frames. What is not framed, or not by this pairing, is dropped without an answer.
 */
public final class SecureLink implements LinkLayer {

    /** The most data of a host in one frame, in octets. */
    static final int MOST_OF_HOST = 256;

    /** The most data of the module in one frame, in octets. */
    static final int MOST_OF_MODULE = 1040;

    private final Pairing pairing;
    private final AtSession session;
    private final Consumer<byte[]> host;
    private final RandomGenerator random;
    private final FrameFinder frames;
    private boolean closed;

    /**
     * Begins to protect.
     *
     * @param session what the host talks to
     * @param host takes frames to the host
     * @param random draws initial vectors
     */
    public SecureLink(
            Pairing pairing,
            AtSession session,
            Consumer<byte[]> host,
            ScheduledExecutorService executor,
            RandomGenerator random) {
        this.pairing = pairing;
        this.session = session;
        this.host = host;
        this.random = random;
        this.frames = new FrameFinder(
                new SecureFrame(pairing.longest(MOST_OF_HOST)),
                executor,
                frame -> pairing.open(SecureFrame.body(frame)).ifPresent(session.link()::take));
    }

    @Override
    public void received(byte[] octets) {
        frames.input(octets);
    }

    @Override
    public void say(byte[] octets) {
        for (int from = 0; from < octets.length; from += MOST_OF_MODULE) {
            byte[] data = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + MOST_OF_MODULE));
            host.accept(SecureFrame.around(pairing.protect(data, Pairing.octets(random))));
        }
    }

    @Override
    public void show(Function<AtSession, Optional<String>> line) {
        line.apply(session).ifPresent(session::urc);
    }

    @Override
    public void close() {
        closed = true;
        frames.close();
    }

    /** Whether the session has ended. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the session: what the host and the module say from now on is plain. */
    public void end() {
        byte[] rest = frames.rest();
        close();
        session.link().plain(rest);
    }
}
