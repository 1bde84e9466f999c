package dev.rootbeat.server.channel;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DTLS connector for all devices whose datagrams and timers run on an event loop, so that no message goes from thread
 * to thread on its way through DTLS and CoAP. Its configuration must ask for no receiver threads.
 */
final class ServerConnector extends DTLSConnector {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnector.class);

    /** The smallest MTU of IPv6 (RFC 8200, section 5): goes through every network unfragmented. */
    private static final int MTU = 1280;

    /** Octets that are read of an inbound datagram; a device that keeps to the MTU never sends so many. */
    private static final int MAX_DATAGRAM = 2048;

    /** Datagrams that are read before what they brought is worked on. */
    private static final int READ_AT_ONCE = 64;

    /** Lets some thousand datagrams wait while a garbage collector runs; the system may grant less. */
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    private final EventLoop loop;
    private volatile @Nullable Channel datagrams;

    ServerConnector(DtlsConnectorConfig config, EventLoop loop) {
        super(config);
        this.loop = loop;
        setExecutor(loop);
    }

    @Override
    public void stop() {
        Channel channel = datagrams;
        if (channel != null) {
            datagrams = null;
            channel.close().awaitUninterruptibly();
            // The port is free when the loop's selector has looked once more, which it does before a timer of later.
            loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
        super.stop();
    }

    @Override
    protected void start(InetSocketAddress address) throws IOException {
        if (!isRunning()) {
            listen(address, DatagramChannel.open());
        }
    }

    private void listen(InetSocketAddress address, DatagramChannel socket) throws IOException {
        Channel channel = new NioDatagramChannel(socket);
        channel.config().setOption(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER);
        channel.config().setAutoRead(false);
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(MAX_DATAGRAM).maxMessagesPerRead(READ_AT_ONCE));
        channel.pipeline().addLast(new Inbound());
        loop.register(channel).syncUninterruptibly();
        var bound = channel.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            channel.close().awaitUninterruptibly();
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        datagrams = channel;
        init(address, socket.socket(), MTU);
        channel.config().setAutoRead(true);
    }

    @Override
    protected void sendNextDatagramOverNetwork(java.net.DatagramPacket packet) {
        Channel channel = datagrams;
        if (channel != null) {
            var octets = Unpooled.wrappedBuffer(packet.getData(), packet.getOffset(), packet.getLength());
            var to = (InetSocketAddress) packet.getSocketAddress();
            var _ = channel.writeAndFlush(new DatagramPacket(octets, to), channel.voidPromise());
        }
    }

    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            byte[] octets = ByteBufUtil.getBytes(packet.content());
            processDatagram(new java.net.DatagramPacket(octets, octets.length, packet.sender()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Where a device is gone, the system says so to whoever sends next.
            if (cause instanceof SocketException) {
                LOG.debug("a datagram", cause);
            } else {
                LOG.warn("a datagram", cause);
            }
        }
    }
}
