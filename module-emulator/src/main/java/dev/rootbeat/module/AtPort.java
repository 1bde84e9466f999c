package dev.rootbeat.module;

import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.fault.Fault.Way;
import dev.rootbeat.module.fault.Faults;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a host is plugged in. It outlives reboots: each power-on begins a new conversation, and while the power is off
 * what the host sends is lost, but may wake the module. All methods are called on the module's executor.
 */
public final class AtPort implements AutoCloseable {

    private final AtObserver observer;
    private final Consumer<byte[]> host;
    private final Consumer<byte[]> module;
    private final Faults faults;
    private final Consumer<AtPort> unplug;
    private final Runnable knock;
    private @Nullable AtSession session;

    /**
     * Makes a port.
     *
     * @param line makes of where octets arrive where they are sent to: the pace of a direction
     * @param faults what happens to octets on their way
     * @param unplug is told when it is closed
     * @param knock is told of input that nobody is there to take
     */
    AtPort(
            AtObserver observer,
            Consumer<byte[]> host,
            UnaryOperator<Consumer<byte[]>> line,
            Faults faults,
            Consumer<AtPort> unplug,
            Runnable knock) {
        Consumer<byte[]> toHost = line.apply(host);
        this.observer = observer;
        this.host = said -> carry(Way.TO_HOST, said, toHost);
        this.module = line.apply(this::arrive);
        this.faults = faults;
        this.unplug = unplug;
        this.knock = knock;
    }

    /** Takes octets from the host, as they come. */
    public void input(byte[] octets) {
        carry(Way.FROM_HOST, octets, module);
    }

    private void carry(Way way, byte[] octets, Consumer<byte[]> arrival) {
        byte[] left = faults.carry(way, octets);
        if (left.length > 0) {
            arrival.accept(left);
        }
    }

    private void arrive(byte[] octets) {
        if (session == null) {
            knock.run();
        } else {
            session.input(octets);
        }
    }

    /** Unplugs the host. */
    @Override
    public void close() {
        silence();
        unplug.accept(this);
    }

    void converse(BiFunction<AtObserver, Consumer<byte[]>, AtSession> begin) {
        session = begin.apply(observer, host);
    }

    void show(Function<AtSession, Optional<String>> line) {
        if (session != null) {
            session.show(line);
        }
    }

    void silence() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
