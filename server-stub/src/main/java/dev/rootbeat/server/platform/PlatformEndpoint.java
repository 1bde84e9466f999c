package dev.rootbeat.server.platform;

import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.tls.OwnCa;
import dev.rootbeat.server.tls.ServerIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Where devices log in to the server's own IoT platform: MQTT over TLS 1.2 or 1.3, with a certificate that the platform
 * knows. One event loop does it all but the checks of TLS handshakes.
 */
public final class PlatformEndpoint implements AutoCloseable {

    /** The port of MQTT over TLS (IANA: secure-mqtt). */
    public static final int DEFAULT_PORT = 8883;

    /** How often those who are logged in are looked at again: who is disabled is out after this time. */
    public static final Duration JUDGE_AGAIN = Duration.ofSeconds(30);

    /** The largest packet, in octets, as AWS IoT has it. */
    static final int MAX_PACKET = 128 * 1024;

    /** The longest client id, in characters, as AWS IoT has it. */
    static final int MAX_CLIENT_ID = 128;

    /** Connections at one time: half of the descriptors that a process has as a rule. */
    static final int MAX_CONNECTIONS = 10_000;

    /** Slow modules on slow networks take some seconds. */
    static final Duration HANDSHAKE_WITHIN = Duration.ofSeconds(20);

    private final MultiThreadIoEventLoopGroup loops;
    private final ChannelGroup channels;
    private final Channel server;
    private final PlatformAddress address;

    private PlatformEndpoint(
            MultiThreadIoEventLoopGroup loops, ChannelGroup channels, Channel server, PlatformAddress address) {
        this.loops = loops;
        this.channels = channels;
        this.server = server;
        this.address = address;
    }

    /**
     * Starts to listen.
     *
     * @param bind the address; port 0 lets the system choose
     * @param random draws the platform's own keys
     * @param work looks into the store; not shut down by the endpoint
     * @param judgeAgain how often those who are logged in are looked at again
     * @throws IOException if the address is taken or is none of this machine
     */
    public static PlatformEndpoint start(
            InetSocketAddress bind,
            Store store,
            InstantSource clock,
            SecureRandom random,
            Executor work,
            Duration judgeAgain)
            throws IOException {
        OwnCa ca = OwnCa.of(store, random);
        ServerIdentity identity = ca.issue(List.of(bind.getHostString()));
        var gate = new Gate(store, clock);
        SslContext tls = tls(identity, gate);
        var loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("rootbeat-platform", true), NioIoHandler.newFactory());
        EventLoop loop = loops.next();
        var channels = new DefaultChannelGroup(loop);
        var broker = new Broker();
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (channels.size() >= MAX_CONNECTIONS) {
                            var _ = channel.close();
                            return;
                        }
                        channels.add(channel);
                        SslHandler handshake = tls.newHandler(channel.alloc(), work);
                        handshake.setHandshakeTimeoutMillis(HANDSHAKE_WITHIN.toMillis());
                        channel.pipeline()
                                .addLast(
                                        handshake,
                                        new MqttDecoder(MAX_PACKET, MAX_CLIENT_ID),
                                        MqttEncoder.INSTANCE,
                                        new MqttSession(gate, broker, work, judgeAgain));
                    }
                })
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            end(loops);
            throw new IOException(
                    "cannot listen on TCP " + bind.getHostString() + ":" + bind.getPort()
                            + ": the port is taken, or the address is none of this machine",
                    bound.cause());
        }
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        return new PlatformEndpoint(
                loops, channels, bound.channel(), new PlatformAddress(bind.getHostString(), port, ca.certificate()));
    }

    private static SslContext tls(ServerIdentity identity, Gate gate) throws SSLException {
        return SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(SslProvider.JDK)
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(new GateTrust(gate))
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }

    /** Where devices log in. */
    public PlatformAddress address() {
        return address;
    }

    /** Ends all connections, and lets go of the port and the thread. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        channels.close().awaitUninterruptibly();
        end(loops);
    }

    private static void end(MultiThreadIoEventLoopGroup loops) {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
