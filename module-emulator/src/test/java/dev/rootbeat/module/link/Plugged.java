package dev.rootbeat.module.link;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.Product;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A module on an event loop, to plug hosts into. It has no Root of Trust, so it needs no server. */
final class Plugged implements AutoCloseable {

    static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("link-test-", 0).factory();

    final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    final EventLoop loop = group.next();
    final Module module = Module.builder(loop, InstantSource.system(), new SplittableRandom(1), (uid, key, on) -> {
                throw new IllegalStateException("no Root of Trust, no channel");
            })
            .product(Product.SARA_R500E_01B)
            .start();

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Has the module's own thread do something, and waits for it. */
    void onLoop(Runnable action) {
        CompletableFuture.runAsync(action, loop).join();
    }

    @Override
    public void close() {
        onLoop(module::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
