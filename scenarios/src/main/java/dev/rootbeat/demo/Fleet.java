package dev.rootbeat.demo;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.Product;
import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The modules of the demonstration, each with a host, on event loops and UDP sockets of their own. */
final class Fleet implements AutoCloseable {

    /** The products that support the certificate manager (requirements, section 2). */
    static final List<Product> PRODUCTS =
            List.of(Product.SARA_R500S_01B, Product.SARA_R510S_01B, Product.SARA_R510M8S_01B, Product.ALEX_R510M8S_01B);

    /** As many as the smallest machine has cores. */
    private static final int LOOPS = 2;

    /** In the demonstration everybody asks for heartbeats; none comes by itself without a reason. */
    private static final Duration PERIOD = Duration.ofHours(24);

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            LOOPS, new DefaultThreadFactory("rootbeat-devices", true), NioIoHandler.newFactory());
    private final ExecutorService threads;
    private final List<Device> devices = new ArrayList<>();

    /**
     * Makes the modules, without power yet.
     *
     * @param threads does what the demonstration does with many devices at a time
     */
    Fleet(
            DemoSettings settings,
            InetSocketAddress server,
            InstantSource clock,
            Transcript transcript,
            ExecutorService threads) {
        this.threads = threads;
        var random = new SplittableRandom(settings.seed());
        for (int i = 0; i < settings.devices(); i++) {
            EventLoop loop = loops.next();
            var watch = new Watch(settings.behaviour(), transcript);
            Module module = Module.builder(
                            loop,
                            clock,
                            random.split(),
                            (uid, key, _) -> new DtlsChannel(uid, key, server, loop, loop, ChannelSettings.STANDARD))
                    .product(PRODUCTS.get(i % PRODUCTS.size()))
                    .heartbeats(HeartbeatSettings.of(PERIOD, settings.guard()))
                    .behaviour(watch)
                    .build();
            devices.add(new Device(module.product(), module.uid().toString(), new Host(module, loop), watch));
        }
    }

    /** All of them, in the order of the table. */
    List<Device> devices() {
        return devices;
    }

    /** What wakes up those who wait. */
    ScheduledExecutorService timers() {
        return loops;
    }

    /**
     * Does something with each device, all at the same time, and waits until it is done with every one.
     *
     * @throws DemoFailure naming the first device that failed, in the order of the list, and how many others did
     */
    void each(List<Device> some, Screen screen, Consumer<Device> work) {
        var done = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (Device device : some) {
            all.add(threads.submit(() -> {
                try {
                    work.accept(device);
                } catch (RuntimeException e) {
                    Object why = e instanceof DemoFailure ? e.getMessage() : e;
                    throw new DemoFailure("device " + device.uid() + ": " + why, e);
                }
                synchronized (done) {
                    screen.progress(done.incrementAndGet(), some.size());
                }
            }));
        }
        List<String> failures =
                all.stream().map(Fleet::failure).filter(why -> !why.isEmpty()).toList();
        if (!failures.isEmpty()) {
            int others = failures.size() - 1;
            throw new DemoFailure(failures.getFirst() + (others == 0 ? "" : " (and " + others + " others)"));
        }
    }

    /** Powers off, and lets go of sockets and threads. */
    @Override
    public void close() {
        devices.forEach(device -> device.host().powerOff().join());
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static String failure(Future<?> work) {
        try {
            work.get();
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
        }
    }
}
