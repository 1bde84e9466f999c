package dev.rootbeat.module.link;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pseudo-terminal at which a host speaks AT to a module. Hosts may open and close it as they like; to the module it
 * is one host that goes on. The poller's thread reads, the module's executor writes. {@link SlowHost} says what becomes
 * of a host that does not read.
 */
public final class PtyLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(PtyLink.class);

    /** What the poller has read and a busy module has not taken: the host's next octets wait then. */
    private static final int MAX_UNTAKEN = 8 * SlowHost.CHUNK;

    private final PseudoTerminal terminal;
    private final @Nullable StableName name;
    private final PtyPoller poller;
    private final Executor executor;
    private final Module module;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private final AtomicInteger untaken = new AtomicInteger();
    private final ByteBuf unread = Unpooled.buffer(0);
    private @Nullable AtPort port;
    private boolean unplugged;
    private volatile boolean slow;
    private volatile boolean blocked;
    private volatile boolean broken;

    private PtyLink(
            PseudoTerminal terminal, @Nullable StableName name, PtyPoller poller, Executor executor, Module module) {
        this.terminal = terminal;
        this.name = name;
        this.poller = poller;
        this.executor = executor;
        this.module = module;
    }

    /**
     * Opens a pseudo-terminal for the host of a module.
     *
     * @param executor runs the module
     * @param stable a symbolic link to make to it, or null for none; one that is there already is pointed to it
     * @throws IOException with a sentence that says what is wrong, if there is none to be had or no link to be made
     */
    public static PtyLink open(PtyPoller poller, Executor executor, Module module, @Nullable Path stable)
            throws IOException {
        PseudoTerminal terminal = PseudoTerminal.open();
        try {
            StableName name = stable == null ? null : StableName.make(stable, terminal.name());
            var link = new PtyLink(terminal, name, poller, executor, module);
            executor.execute(link::plugIn);
            return link;
        } catch (IOException e) {
            terminal.close();
            throw e;
        }
    }

    /** What a host is to open: the stable name if there is one. */
    public Path path() {
        return name == null ? terminal.name() : name.link();
    }

    /** Unplugs the host and closes the terminal; what it has not read is lost. */
    @Override
    public void close() {
        executor.execute(this::unplug);
        closed.join();
    }

    private void plugIn() {
        port = module.connect(this::send);
        poller.add(this);
    }

    private void unplug() {
        unplugged = true;
        if (port != null) {
            port.close();
            port = null;
            poller.remove(this, this::closeTerminal);
        }
    }

    /** Called by the poller, when nobody reads or writes any more. */
    private void closeTerminal() {
        try {
            if (name != null) {
                name.close();
            }
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", path(), e.toString());
        } finally {
            terminal.close();
            closed.complete(null);
        }
    }

    /** What the poller is to wait on, or a negative number for nothing. */
    int descriptor() {
        return broken ? -1 : terminal.descriptor();
    }

    /** What the poller is to wait for. */
    short awaited() {
        boolean readable = !slow && untaken.get() < MAX_UNTAKEN;
        return (short) ((readable ? Posix.POLLIN : 0) | (blocked ? Posix.POLLOUT : 0));
    }

    /** Called by the poller with what has come. */
    void ready(short come) {
        if ((come & Posix.POLLOUT) != 0) {
            blocked = false;
            executor.execute(this::write);
        }
        if ((come & ~Posix.POLLOUT) != 0) {
            read();
        }
    }

    private void read() {
        byte[] octets;
        try {
            octets = terminal.read();
        } catch (IOException e) {
            fail(e);
            return;
        }
        untaken.addAndGet(octets.length);
        executor.execute(() -> take(octets));
    }

    private void take(byte[] octets) {
        if (port != null) {
            port.input(octets);
        }
        int before = untaken.getAndAdd(-octets.length);
        if (before >= MAX_UNTAKEN) {
            poller.wakeUp();
        }
    }

    private void send(byte[] octets) {
        if (unread.readableBytes() < SlowHost.MAX_UNREAD) {
            unread.writeBytes(octets);
            if (blocked) {
                slow = unread.readableBytes() > SlowHost.PAUSE;
            } else {
                write();
            }
        }
    }

    private void write() {
        if (unplugged) {
            return;
        }
        try {
            terminal.write(unread);
        } catch (IOException e) {
            fail(e);
            unread.clear();
        }
        boolean wasSlow = slow;
        slow = unread.readableBytes() > SlowHost.PAUSE;
        blocked = unread.isReadable();
        unread.discardSomeReadBytes();
        if (blocked || wasSlow) {
            poller.wakeUp();
        }
    }

    private void fail(IOException cause) {
        broken = true;
        LOG.error("{} is out of order: {}", path(), cause.getMessage());
    }
}
