package dev.rootbeat.module.real;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.module.link.PtyPoller;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.NettySocketWorld;
import dev.rootbeat.module.network.SocketAccess;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where modules run in the real world: a few event loops for all of them, and one thread for all pseudo-terminals. It
 * belongs to one thread, which is none of its own.
 */
public final class RealWorld implements AutoCloseable {

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("rootbeat-module-", 0).factory();

    private final MultiThreadIoEventLoopGroup loops;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final List<PluggedModule> modules = new ArrayList<>();
    private @Nullable PtyPoller terminals;

    private RealWorld(int threads) {
        loops = new MultiThreadIoEventLoopGroup(threads, THREADS, NioIoHandler.newFactory());
    }

    /**
     * Opens a world without modules.
     *
     * @param threads how many event loops share the modules; a module is on one for good
     */
    public static RealWorld open(int threads) {
        return new RealWorld(threads);
    }

    /**
     * Builds a module and switches it on.
     *
     * @param builder begins to build it for the event loop that it is to run on
     * @return the module, whose power is on
     * @throws IllegalArgumentException if its storage is that of another device
     * @throws IllegalStateException if its storage has no room
     */
    public PluggedModule start(Function<EventLoop, ModuleBuilder> builder) {
        EventLoop loop = loops.next();
        Module module = builder.apply(loop).build();
        var plugged = new PluggedModule(module, loop, this);
        plugged.run(module::powerOn);
        modules.add(plugged);
        return plugged;
    }

    /** Sockets of this machine for a module on this event loop, which knows these host names and {@code localhost}. */
    public SocketAccess sockets(EventLoop loop, Map<String, InetAddress> names) {
        return new SocketAccess(new NettySocketWorld(loop), new Names(names), new SecureRandom(), background);
    }

    /** A module's way to the server at an address, for a module on this event loop. */
    public SecureChannel channel(RotPublicUid uid, Supplier<Bytes> key, InetSocketAddress server, EventLoop loop) {
        return new DtlsChannel(uid, key, server, loop, background, ChannelSettings.STANDARD);
    }

    /** Unplugs all hosts, switches all modules off, and ends the threads. */
    @Override
    public void close() {
        modules.forEach(PluggedModule::close);
        if (terminals != null) {
            terminals.close();
        }
        // What it prepares it hands over to a loop, so the loops end last.
        background.shutdownNow();
        background.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    PtyPoller terminals() throws IOException {
        if (terminals == null) {
            terminals = PtyPoller.start(THREADS);
        }
        return terminals;
    }

    ThreadFactory threads() {
        return THREADS;
    }
}
