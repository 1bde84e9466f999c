package dev.rootbeat.module;

import dev.rootbeat.module.at.AtSession;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a host is plugged in. It outlives reboots: each power-on begins a new conversation, and while the power is off
 * what the host sends is lost. All methods are called on the module's executor.
 */
public final class AtPort implements AutoCloseable {

    private final Consumer<byte[]> host;
    private final Consumer<AtPort> unplug;
    private @Nullable AtSession session;

    AtPort(Consumer<byte[]> host, Consumer<AtPort> unplug) {
        this.host = host;
        this.unplug = unplug;
    }

    /** Takes octets from the host, as they come. */
    public void input(byte[] octets) {
        if (session != null) {
            session.input(octets);
        }
    }

    /** Unplugs the host. */
    @Override
    public void close() {
        silence();
        unplug.accept(this);
    }

    void converse(Function<Consumer<byte[]>, AtSession> begin) {
        session = begin.apply(host);
    }

    void silence() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
