package dev.rootbeat.module.link;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host at the other end of two streams, such as standard input and output, which block; so there is one thread that
 * reads and one that writes. {@link SlowHost} says what becomes of a host that does not read.
 */
public final class StreamLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLink.class);

    /** Nothing comes any more. */
    private static final byte[] END = new byte[0];

    private final Module module;
    private final Executor executor;
    private final Thread reader;
    private final Thread writer;
    private final BlockingQueue<byte[]> unread = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int unreadOctets;
    private volatile boolean closed;
    private @Nullable AtPort port;

    private StreamLink(Module module, Executor executor, InputStream in, OutputStream out, ThreadFactory threads) {
        this.module = module;
        this.executor = executor;
        this.reader = threads.newThread(() -> read(in));
        this.writer = threads.newThread(() -> write(out));
    }

    /**
     * Plugs in the host.
     *
     * @param executor runs the module
     * @param in what the host says; closed by whoever opened it
     * @param out takes what the module says; closed by whoever opened it
     * @param threads makes the two threads; where reading cannot be interrupted, as from standard input, the one that
     *     reads outlives the link until there is something to read
     */
    public static StreamLink open(
            Module module, Executor executor, InputStream in, OutputStream out, ThreadFactory threads) {
        var link = new StreamLink(module, executor, in, out, threads);
        executor.execute(link::plugIn);
        link.reader.start();
        link.writer.start();
        return link;
    }

    /** Completes when the host has ended its stream and was told what there was to tell, or listens no more. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        closed = true;
        executor.execute(this::unplug);
        reader.interrupt();
        ended.join();
    }

    private void plugIn() {
        port = module.connect(this::send);
    }

    private void unplug() {
        if (port != null) {
            port.close();
            port = null;
            unread.add(END);
        }
    }

    private synchronized void send(byte[] octets) {
        if (unreadOctets < SlowHost.MAX_UNREAD) {
            unreadOctets += octets.length;
            unread.add(octets);
        }
    }

    private void take(byte[] octets) {
        if (port != null) {
            port.input(octets);
        }
    }

    /** One piece at a time: the next is read when the module has taken the last and the host has read its answers. */
    private void read(InputStream in) {
        byte[] chunk = new byte[SlowHost.CHUNK];
        try {
            for (int octets = in.read(chunk); octets >= 0 && !closed; octets = in.read(chunk)) {
                byte[] piece = Arrays.copyOf(chunk, octets);
                CompletableFuture.runAsync(() -> take(piece), executor).join();
                awaitReadiness();
            }
        } catch (IOException | InterruptedException e) {
            LOG.debug("the host's octets end: {}", e.toString());
        }
        if (!closed) {
            executor.execute(this::unplug);
        }
    }

    private synchronized void awaitReadiness() throws InterruptedException {
        while (unreadOctets > SlowHost.PAUSE) {
            wait();
        }
    }

    private void write(OutputStream out) {
        try {
            for (byte[] octets = unread.take(); octets.length > 0; octets = unread.take()) {
                out.write(octets);
                out.flush();
                written(octets.length);
            }
        } catch (IOException | InterruptedException e) {
            LOG.debug("the host listens no more: {}", e.toString());
            executor.execute(this::unplug);
        } finally {
            ended.complete(null);
        }
    }

    private synchronized void written(int octets) {
        unreadOctets -= octets;
        notifyAll();
    }
}
