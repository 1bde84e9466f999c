package dev.rootbeat.module.link;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pseudo-terminal at which a host speaks AT to a module. Hosts may open and close it as they like; to the module it
 * is one host that goes on. The module's executor reads and writes; the poller's thread only waits, and only for hosts
 * that have been silent for a while, because to wake it and be woken takes longer than most answers. {@link SlowHost}
 * says what becomes of a host that does not read.
 */
public final class PtyLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(PtyLink.class);

    /**
     * So often the executor looks for more from a host that has just spoken, before it leaves the waiting to the
     * poller: most hosts have read an answer and said what is next by then, and others do not wait long for it.
     */
    private static final int LOOKS = 16;

    private final PseudoTerminal terminal;
    private final @Nullable StableName name;
    private final PtyPoller poller;
    private final Executor executor;
    private final Module module;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private final ByteBuf unread = Unpooled.buffer(0);
    private @Nullable AtPort port;
    private boolean unplugged;
    private boolean broken;
    private boolean serving;

    /** What the poller is to wait for; only it makes this 0, and only the executor anything else. */
    private volatile short awaited;

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
        rest();
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
        return awaited == 0 ? -1 : terminal.descriptor();
    }

    /** What the poller is to wait for. */
    short awaited() {
        return awaited;
    }

    /** Called by the poller when it has come; it waits for nothing more until it is told to. */
    void ready() {
        awaited = 0;
        executor.execute(() -> {
            if (!serving) {
                serving = true;
                serve(LOOKS);
            }
        });
    }

    /** Looks for what the host says until it has been silent for so many looks; others have their turns in between. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint, to the kernel's thread that carries the octets and to the host's
    private void serve(int looks) {
        if (unplugged || broken) {
            return;
        }
        write();
        int left = read() ? LOOKS : looks - 1;
        if (left < LOOKS) {
            Thread.yield();
        }
        if (left > 0) {
            executor.execute(() -> serve(left));
        } else {
            serving = false;
            rest();
        }
    }

    /** Leaves the waiting to the poller. */
    private void rest() {
        awaited = (short) ((isSlow() ? 0 : Posix.POLLIN) | (unread.isReadable() ? Posix.POLLOUT : 0));
        poller.wakeUp();
    }

    private boolean isSlow() {
        return unread.readableBytes() > SlowHost.PAUSE;
    }

    private boolean read() {
        if (isSlow() || port == null) {
            return false;
        }
        try {
            byte[] octets = terminal.read();
            if (octets.length > 0) {
                port.input(octets);
            }
            return octets.length > 0;
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    private void send(byte[] octets) {
        if (broken || unread.readableBytes() >= SlowHost.MAX_UNREAD) {
            return;
        }
        boolean blocked = unread.isReadable();
        unread.writeBytes(octets);
        if (!blocked) {
            write();
            if (unread.isReadable() && !serving) {
                rest();
            }
        }
    }

    private void write() {
        try {
            terminal.write(unread);
            unread.discardSomeReadBytes();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException cause) {
        broken = true;
        unread.clear();
        LOG.error("{} is out of order: {}", path(), cause.getMessage());
    }
}
