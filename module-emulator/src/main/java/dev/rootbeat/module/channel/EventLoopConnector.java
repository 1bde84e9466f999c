package dev.rootbeat.module.channel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DTLS connector to one server whose datagrams and timers run on a shared event loop: it costs a socket, but no
 * thread. Its configuration must ask for no receiver threads. All methods are called on the event loop.
 */
final class EventLoopConnector extends DTLSConnector {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoopConnector.class);

    /** The smallest MTU of IPv6 (RFC 8200, section 5): goes through every network unfragmented. */
    private static final int MTU = 1280;

    /** Octets that are read of an inbound datagram; a server that keeps to the MTU never sends so many. */
    private static final int MAX_DATAGRAM = 2048;

    private final EventLoop loop;
    private final InetSocketAddress server;
    private @Nullable Channel datagrams;
    private boolean refused;

    EventLoopConnector(DtlsConnectorConfig config, EventLoop loop, InetSocketAddress server) {
        super(config);
        this.loop = loop;
        this.server = server;
        setExecutor(loop);
    }

    /** Returns whether the server's host has said that nobody listens there. That may be temporary, or a lie. */
    boolean refused() {
        return refused;
    }

    @Override
    protected void start(InetSocketAddress bindAddress) throws IOException {
        if (isRunning()) {
            return;
        }
        DatagramChannel socket = DatagramChannel.open();
        Channel channel = new NioDatagramChannel(socket);
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM));
        channel.pipeline().addLast(new Inbound());
        datagrams = channel;
        // On the channel's own event loop each of these is done when it returns.
        finished(loop.register(channel));
        finished(channel.connect(server, bindAddress));
        init(bindAddress, socket.socket(), MTU);
    }

    private static void finished(ChannelFuture step) throws IOException {
        if (!step.isSuccess()) {
            var _ = step.channel().close();
            throw new IOException("no socket to the server", step.cause());
        }
    }

    @Override
    public void stop() {
        if (datagrams != null) {
            var _ = datagrams.close();
            datagrams = null;
        }
        super.stop();
    }

    @Override
    protected void sendNextDatagramOverNetwork(java.net.DatagramPacket packet) {
        if (datagrams != null) {
            var _ = datagrams.writeAndFlush(
                    Unpooled.wrappedBuffer(packet.getData(), packet.getOffset(), packet.getLength()),
                    datagrams.voidPromise());
        }
    }

    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            byte[] octets = new byte[packet.content().readableBytes()];
            packet.content().readBytes(octets);
            processDatagram(new java.net.DatagramPacket(octets, octets.length, server));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof PortUnreachableException) {
                refused = true;
            } else {
                LOG.warn("datagrams to {}", server, cause);
            }
        }
    }
}
