package dev.rootbeat.module.link;

import io.netty.buffer.Unpooled;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Links with nothing behind them: whatever comes is answered with {@code OK}, by a thread that does nothing else. */
final class BareEcho {

    private static final byte[] OK = "\r\nOK\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private BareEcho() {}

    /** Serves one connection, with the blocking sockets of the JDK. */
    static final class Tcp implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> ended = inThread(this::serve);

        Tcp() throws IOException {}

        InetSocketAddress address() {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }

        private void serve() throws IOException {
            try (Socket host = server.accept()) {
                host.setTcpNoDelay(true);
                byte[] come = new byte[SlowHost.CHUNK];
                while (host.getInputStream().read(come) > 0) {
                    host.getOutputStream().write(OK);
                }
            }
        }

        /** The host has hung up before. */
        @Override
        public void close() throws IOException {
            ended.join();
            server.close();
        }
    }

    /** Serves a pseudo-terminal, waiting for it with {@code poll}. */
    static final class Pty implements AutoCloseable {

        private static final byte END = 'Z';

        private final PseudoTerminal terminal = PseudoTerminal.open();
        private final CompletableFuture<Void> ended = inThread(this::serve);

        Pty() throws IOException {}

        Path path() {
            return terminal.name();
        }

        private void serve() throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                var posix = new Posix(arena);
                MemorySegment watched = arena.allocate(8, Long.BYTES);
                watched.set(ValueLayout.JAVA_INT, 0, terminal.descriptor());
                watched.set(ValueLayout.JAVA_SHORT, 4, Posix.POLLIN);
                byte[] come = {};
                while (come.length == 0 || come[0] != END) {
                    posix.poll(watched, 1);
                    come = terminal.read();
                    terminal.write(Unpooled.wrappedBuffer(OK));
                }
            }
        }

        /** Ends the thread as a host does. */
        @Override
        public void close() throws IOException {
            try (var host = new FileOutputStream(path().toFile())) {
                host.write(END);
            }
            ended.join();
            terminal.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inThread(Work work) {
        var ended = new CompletableFuture<Void>();
        Thread.ofPlatform().daemon().name("bare echo").start(() -> {
            try {
                work.run();
                ended.complete(null);
            } catch (IOException e) {
                ended.completeExceptionally(e);
            }
        });
        return ended;
    }
}
