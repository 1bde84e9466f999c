package dev.rootbeat.module.link;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP port at which hosts speak AT to a module; each connection is a port of its own. Everything happens on the
 * event loop that the module runs on, so no octet changes threads. {@link SlowHost} says what becomes of a host that
 * does not read.
 */
public final class TcpLink implements Link {

    /** More hosts than a module has serial ports; one that forgets to close its connections ends here. */
    static final int MAX_HOSTS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(TcpLink.class);

    private final ChannelGroup hosts;
    private final Channel server;

    private TcpLink(ChannelGroup hosts, Channel server) {
        this.hosts = hosts;
        this.server = server;
    }

    /**
     * Listens for the hosts of a module. Not to be called on the event loop.
     *
     * @param loop runs the module
     * @param address port 0 for any that is free
     * @throws IOException with a sentence that names the address, if it cannot be had
     */
    public static TcpLink listen(EventLoop loop, Module module, InetSocketAddress address) throws IOException {
        var hosts = new DefaultChannelGroup(loop);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(SlowHost.CHUNK))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(SlowHost.PAUSE / 2, SlowHost.PAUSE))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Host(module, hosts));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on TCP " + address.getHostString() + ":" + address.getPort() + ": "
                    + bound.cause().getMessage());
        }
        return new TcpLink(hosts, bound.channel());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Stops to listen and hangs up on all hosts. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        hosts.close().awaitUninterruptibly();
    }

    /** One connection. */
    private static final class Host extends SimpleChannelInboundHandler<ByteBuf> {

        private final Module module;
        private final ChannelGroup hosts;
        private @Nullable AtPort port;

        Host(Module module, ChannelGroup hosts) {
            this.module = module;
            this.hosts = hosts;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            if (hosts.size() == MAX_HOSTS) {
                LOG.warn(
                        "{} has {} hosts already, {} is turned away", module.uid(), MAX_HOSTS, channel.remoteAddress());
                var _ = channel.close();
                return;
            }
            hosts.add(channel);
            port = module.connect(octets -> send(channel, octets));
        }

        private static void send(Channel channel, byte[] octets) {
            if (channel.bytesBeforeWritable() < SlowHost.MAX_UNREAD) {
                var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(octets), channel.voidPromise());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf received) {
            if (port != null) {
                port.input(ByteBufUtil.getBytes(received));
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (port != null) {
                port.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("{}: {} hangs up: {}", module.uid(), context.channel().remoteAddress(), cause.toString());
            var _ = context.close();
        }
    }
}
