package dev.rootbeat.module.link;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches all pseudo-terminals of a process with one thread. */
public final class PtyPoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PtyPoller.class);

    /** {@code struct pollfd}: a descriptor, what is waited for, what has come. */
    private static final long POLLFD_OCTETS = 8;

    private static final long EVENTS_OFFSET = 4;
    private static final long COME_OFFSET = 6;

    /** Calls to wake up that come together are taken in one go. */
    private static final int WAKE_OCTETS = 64;

    private final Arena arena = Arena.ofShared();
    private final Posix calling = new Posix(arena);
    private final MemorySegment call = arena.allocate(1);
    private final int bell;
    private final int bellPush;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<PtyLink> links = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    private PtyPoller() throws IOException {
        int[] ends = calling.pipe();
        bell = ends[0];
        bellPush = ends[1];
    }

    /**
     * Starts the thread.
     *
     * @throws IOException if the process has no descriptors left
     */
    public static PtyPoller start(ThreadFactory threads) throws IOException {
        var poller = new PtyPoller();
        threads.newThread(poller::watch).start();
        return poller;
    }

    /** Ends the thread. The links are to be closed before. */
    @Override
    public void close() {
        closed = true;
        wakeUp();
        ended.join();
        calling.close(bell);
        calling.close(bellPush);
        arena.close();
    }

    void add(PtyLink link) {
        run(() -> links.add(link));
    }

    /** Watches the link no more, and tells when that is so. */
    void remove(PtyLink link, Runnable then) {
        run(() -> {
            links.remove(link);
            then.run();
        });
    }

    private void run(Runnable task) {
        tasks.add(task);
        wakeUp();
    }

    /** Has the thread look anew at what links wait for. Callable on any thread. */
    synchronized void wakeUp() {
        try {
            // If the pipe is full, the thread will wake up anyway.
            int _ = calling.write(bellPush, call, 1);
        } catch (IOException e) {
            throw new IllegalStateException("our own pipe", e);
        }
    }

    private void watch() {
        try (Arena own = Arena.ofConfined()) {
            var posix = new Posix(own);
            MemorySegment rings = own.allocate(WAKE_OCTETS);
            MemorySegment watched = own.allocate(POLLFD_OCTETS, Long.BYTES);
            while (!closed) {
                if (watched.byteSize() <= links.size() * POLLFD_OCTETS) {
                    watched = own.allocate(2L * (links.size() + 1) * POLLFD_OCTETS, Long.BYTES);
                }
                prepare(watched);
                posix.poll(watched, links.size() + 1L);
                if (come(watched, 0) != 0) {
                    int _ = posix.read(bell, rings);
                }
                for (int i = 0; i < links.size(); i++) {
                    if (come(watched, i + 1) != 0) {
                        links.get(i).ready();
                    }
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException e) {
            LOG.error("no pseudo-terminal can be watched any more", e);
        } finally {
            ended.complete(null);
        }
    }

    private void prepare(MemorySegment watched) {
        expect(watched, 0, bell, Posix.POLLIN);
        for (int i = 0; i < links.size(); i++) {
            PtyLink link = links.get(i);
            expect(watched, i + 1, link.descriptor(), link.awaited());
        }
    }

    private static void expect(MemorySegment watched, int index, int descriptor, short events) {
        long at = index * POLLFD_OCTETS;
        watched.set(ValueLayout.JAVA_INT, at, descriptor);
        watched.set(ValueLayout.JAVA_SHORT, at + EVENTS_OFFSET, events);
        watched.set(ValueLayout.JAVA_SHORT, at + COME_OFFSET, (short) 0);
    }

    private static short come(MemorySegment watched, int index) {
        return watched.get(ValueLayout.JAVA_SHORT, index * POLLFD_OCTETS + COME_OFFSET);
    }
}
