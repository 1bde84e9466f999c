package dev.rootbeat.scenario.testbed;

import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel.Outcome;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what devices send to a server on a real UDP socket, by CoAP over DTLS with each device's own key, and brings the
 * answers back. What gets no answer here gets none at all.
 */
final class DtlsLines implements RequestHandler, AutoCloseable {

    /** Sessions are resumed by an abbreviated handshake unless they were used just now: between two uses lie days. */
    private static final ChannelSettings SETTINGS = new ChannelSettings(
            ChannelSettings.STANDARD.attempt(),
            ChannelSettings.STANDARD.total(),
            ChannelSettings.STANDARD.acknowledgement(),
            ChannelSettings.STANDARD.retransmissions(),
            Duration.ofMillis(100),
            false);

    private final DrivenTime time;
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("rootbeat-devices", true), NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<RotPublicUid, Line> lines = new HashMap<>();
    private @Nullable InetSocketAddress server;

    DtlsLines(DrivenTime time) {
        this.time = time;
    }

    /** Sends everything to the server at this address from now on; what is under way is given up. */
    void connect(InetSocketAddress address) {
        server = address;
        lines.values().forEach(Line::hangUp);
    }

    /** A device boots, which has no session with the server then. */
    void booted(RotPublicUid device, Supplier<Bytes> key) {
        Line before = lines.put(device, new Line(device, key));
        if (before != null) {
            before.hangUp();
        }
    }

    @Override
    public void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        Objects.requireNonNull(lines.get(peer)).send(request, answer);
    }

    @Override
    public void close() {
        lines.values().forEach(Line::hangUp);
        background.shutdownNow();
        background.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** One device's. */
    private final class Line {

        private final RotPublicUid device;
        private final Supplier<Bytes> key;
        private @Nullable DtlsChannel channel;
        private CompletableFuture<Outcome> exchange = CompletableFuture.failedFuture(new CancellationException());

        Line(RotPublicUid device, Supplier<Bytes> key) {
            this.device = device;
            this.key = key;
        }

        void send(Request request, Consumer<Response> answer) {
            if (!exchange.isDone()) {
                hangUp();
            }
            if (channel == null) {
                channel = new DtlsChannel(device, key, Objects.requireNonNull(server), loop, background, SETTINGS);
            }
            DtlsChannel through = channel;
            var fresh = new CompletableFuture<Outcome>();
            exchange = fresh;
            loop.execute(() -> through.send(request, fresh::complete));
            var _ = time.over(fresh).thenAccept(outcome -> {
                if (outcome instanceof Outcome.Answered(Response response)) {
                    answer.accept(response);
                }
            });
        }

        void hangUp() {
            exchange.cancel(false);
            if (channel != null) {
                channel.close();
                channel = null;
            }
        }
    }
}
