package dev.rootbeat.module.at;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way between a session and its host: plain text, or a layer such as a multiplexer. Used on the module's executor.
 */
public final class HostLink {

    /** How many octets wait behind a running command: several of the longest lines. What is beyond is lost, as in a full UART. */
    static final int MAX_WAITING = 64 * 1024;

    private final AtSession session;
    private final Consumer<byte[]> host;
    private final Octets waiting = new Octets(MAX_WAITING);
    private @Nullable LinkLayer layer;

    HostLink(AtSession session, Consumer<byte[]> host) {
        this.session = session;
        this.host = host;
    }

    /** Whether there is no layer. */
    public boolean isPlain() {
        return layer == null;
    }

    /**
     * Puts a layer between the host and its session. What has come already behind the present command line is for the
     * layer.
     *
     * @param make makes the layer with what takes octets to the host
     */
    public void interpose(Function<Consumer<byte[]>, LinkLayer> make) {
        session.catchUp();
        close();
        LinkLayer between = make.apply(host);
        layer = between;
        between.received(waiting.take(MAX_WAITING));
    }

    /**
     * Goes back to plain text.
     *
     * @param rest what has come from the host behind the end of the layer
     */
    public void plain(byte[] rest) {
        layer = null;
        take(rest);
    }

    /** Takes octets that are for the session, as a layer gets them out of what the host sends. */
    public void take(byte[] octets) {
        waiting.add(octets);
        session.drain();
    }

    /** Takes octets from the host. */
    void input(byte[] octets) {
        if (layer == null) {
            take(octets);
        } else {
            layer.received(octets);
        }
    }

    /** What the session has not taken yet. */
    Octets waiting() {
        return waiting;
    }

    /** Takes what the session says. */
    void say(byte[] octets) {
        if (layer == null) {
            host.accept(octets);
        } else {
            layer.say(octets);
        }
    }

    void show(Function<AtSession, Optional<String>> line) {
        if (layer == null) {
            line.apply(session).ifPresent(session::urc);
        } else {
            layer.show(line);
        }
    }

    void close() {
        if (layer != null) {
            layer.close();
        }
    }
}
