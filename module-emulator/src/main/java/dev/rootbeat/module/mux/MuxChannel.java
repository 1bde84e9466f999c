package dev.rootbeat.module.mux;

import dev.rootbeat.module.at.AtSession;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An open channel. What is said on it while the host takes nothing waits, up to a limit. */
final class MuxChannel {

    /** What waits for a host that stopped the flow; what is beyond is lost, as at a UART that nobody reads. */
    static final int MOST_HELD = 64 * 1024;

    private final @Nullable AtSession session;
    private final int most;
    private final Consumer<byte[]> pieces;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean stopped;
    private boolean allStopped;

    /**
     * Opens a channel.
     *
     * @param conversations begin a session of AT with who takes what it says; null for a channel without AT
     * @param most octets of a piece
     * @param pieces take what is said, cut for frames
     */
    MuxChannel(
            @Nullable Function<Consumer<byte[]>, AtSession> conversations,
            boolean allStopped,
            int most,
            Consumer<byte[]> pieces) {
        this.most = most;
        this.pieces = pieces;
        this.allStopped = allStopped;
        this.session = conversations == null ? null : conversations.apply(this::say);
    }

    /** Its session of AT, if it has one. */
    @Nullable
    AtSession session() {
        return session;
    }

    /** Takes what the host sends on it. */
    void input(byte[] octets) {
        if (session != null) {
            session.input(octets);
        }
    }

    /** The host takes nothing on this channel, or again. */
    void stop(boolean stop) {
        stopped = stop;
        release();
    }

    /** The host takes nothing on any channel, or again. */
    void stopAll(boolean stop) {
        allStopped = stop;
        release();
    }

    void close() {
        if (session != null) {
            session.close();
        }
    }

    private void say(byte[] octets) {
        held.write(octets, 0, Math.min(octets.length, MOST_HELD - held.size()));
        release();
    }

    private void release() {
        if (stopped || allStopped) {
            return;
        }
        byte[] octets = held.toByteArray();
        held.reset();
        for (int from = 0; from < octets.length; from += most) {
            pieces.accept(Arrays.copyOfRange(octets, from, Math.min(octets.length, from + most)));
        }
    }
}
