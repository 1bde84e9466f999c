package dev.rootbeat.conformance.bench;

import dev.rootbeat.module.channel.ChannelSettings;
import dev.rootbeat.module.channel.DtlsChannel;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel.Outcome;
import dev.rootbeat.server.channel.CoapsEndpoint;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A server behind real sockets: what is handed in goes over CoAP and DTLS, each device on a socket and a session of its
 * own, and both ends are in this process. The endpoint has as many threads as the product gives it.
 */
final class Wire implements RequestHandler, AutoCloseable {

    /** One for the devices, one for the server. */
    private static final int LOOPS = 2;

    private static final Bytes KEY = Bytes.of(new byte[16]);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Map<RotPublicUid, DtlsChannel> channels = new ConcurrentHashMap<>();
    private final CoapsEndpoint endpoint;

    Wire(RequestHandler server) {
        endpoint = new CoapsEndpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                _ -> Optional.of(KEY),
                server,
                group.next(),
                Runnable::run);
        try {
            endpoint.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        DtlsChannel channel = channels.computeIfAbsent(
                peer, uid -> new DtlsChannel(uid, () -> KEY, endpoint.address(), loop, loop, ChannelSettings.STANDARD));
        loop.execute(() -> channel.send(request, outcome -> {
            switch (outcome) {
                case Outcome.Answered(Response response) -> answer.accept(response);
                case Outcome.NoAnswer(String why) -> throw new IllegalStateException(peer + " got no answer: " + why);
            }
        }));
    }

    @Override
    public void close() {
        channels.values().forEach(DtlsChannel::close);
        endpoint.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
