package dev.rootbeat.module.tls;

import static org.awaitility.Awaitility.await;

import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.CommandTable;
import dev.rootbeat.module.command.CredentialCommands;
import dev.rootbeat.module.command.SocketCommands;
import dev.rootbeat.module.command.SocketDataCommands;
import dev.rootbeat.module.command.TlsProfileCommands;
import dev.rootbeat.module.credential.CredentialLimits;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.network.Carrier;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.NettySocketWorld;
import dev.rootbeat.module.network.Sockets;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** A host of a module whose sockets are those of this machine. */
final class SocketHost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = (EventLoop) group.next();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final StringBuilder heard = new StringBuilder();
    private final Sockets sockets;
    private final AtSession session;

    SocketHost(RotSecrets rot, Instant now) {
        var flash = JournalFlash.mount(new MemoryMedium(Medium.BULK_BANK_SIZE));
        var credentials = new CredentialStore(flash, CredentialLimits.DEFAULT);
        var profiles = new TlsProfiles();
        var names = new Names(Map.of());
        var world = new NettySocketWorld(loop);
        var connector =
                new TlsConnector(world, profiles, credentials, rot, () -> now, new SecureRandom(), loop, blocking);
        sockets = new Sockets(world, connector, names, new Online(), new Timers(loop), this::urcs);
        var services = Map.<Class<?>, Object>of(
                CredentialCommands.class, new CredentialCommands(credentials, new FileStore(flash)),
                TlsProfileCommands.class, new TlsProfileCommands(profiles),
                SocketCommands.class, new SocketCommands(sockets, names, this::urcs),
                SocketDataCommands.class, new SocketDataCommands(sockets, () -> false));
        session = new AtSession(
                CommandTable.of(services.keySet().toArray(Class<?>[]::new)),
                services,
                loop,
                octets -> said(new String(octets, StandardCharsets.ISO_8859_1)));
    }

    private synchronized void said(String text) {
        heard.append(text);
    }

    private synchronized String heard() {
        return heard.toString();
    }

    private synchronized void forget() {
        heard.setLength(0);
    }

    private void urcs(Function<AtSession, Optional<String>> line) {
        line.apply(session).ifPresent(session::urc);
    }

    /** A module that is always on the network. */
    private static final class Online implements Carrier {

        @Override
        public boolean isOnline() {
            return true;
        }

        @Override
        public void count(long sent, long received) {}
    }

    /** Sends a command and returns all that is said until its final result. */
    String send(String line) {
        return input(line + "\r", said -> said.endsWith("\r\nOK\r\n") || said.endsWith("\r\nERROR\r\n"));
    }

    /** Sends a command with its data behind the prompt. */
    String send(String line, char prompt, String data) {
        input(line + "\r", said -> said.endsWith("\r\n" + prompt));
        return input(data, said -> said.contains("\r\nOK\r\n") || said.contains("\r\nERROR\r\n"));
    }

    private String input(String text, Predicate<String> complete) {
        forget();
        loop.execute(() -> session.input(text.getBytes(StandardCharsets.ISO_8859_1)));
        await(text).atMost(PATIENCE).pollInterval(OFTEN).until(() -> complete.test(heard()));
        return heard();
    }

    /** Waits until the module has said something since the last command, and returns all of that. */
    String hear(String text) {
        await("the module says " + text).atMost(PATIENCE).pollInterval(OFTEN).until(() -> heard().contains(text));
        return heard();
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    sockets.close();
                })
                .awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.close();
    }
}
