package dev.rootbeat.module.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real world: sockets of this machine, on the event loop that the module runs on. */
public final class NettySocketWorld implements SocketWorld {

    private static final Logger LOG = LoggerFactory.getLogger(NettySocketWorld.class);

    /** Octets of the largest datagram of IPv4 and IPv6 alike; of a larger one the end is lost. */
    private static final int MAX_DATAGRAM = 65_535;

    private final EventLoop loop;

    /** Opens sockets on the event loop of a module. */
    public NettySocketWorld(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public Connection connect(int localPort, InetSocketAddress to, Connection.Events events) {
        var stream = new Stream(events);
        stream.opened(new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the module's sockets have their own
                .handler(stream)
                .connect(to, new InetSocketAddress(localPort)));
        return stream;
    }

    @Override
    public Datagrams open(int localPort, Datagrams.Events events) {
        var port = new Port(events);
        port.opened(new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_BROADCAST, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(port)
                .bind(localPort));
        return port;
    }

    private static SocketError error(Throwable cause) {
        return switch (cause) {
            case BindException _ -> SocketError.ADDRESS_IN_USE;
            case NoRouteToHostException _ -> SocketError.NETWORK_UNREACHABLE;
            case ConnectException _, PortUnreachableException _ -> SocketError.REFUSED;
            default -> SocketError.RESET;
        };
    }

    /** A TCP connection. */
    private static final class Stream extends SimpleChannelInboundHandler<ByteBuf> implements Connection {

        private final Connection.Events events;
        private @Nullable Channel channel;
        private boolean over;

        Stream(Connection.Events events) {
            this.events = events;
        }

        void opened(ChannelFuture opening) {
            channel = opening.channel();
            var _ = opening.addListener(opened -> {
                if (!opened.isSuccess()) {
                    end(error(opened.cause()));
                }
            });
        }

        private void end(SocketError why) {
            if (!over) {
                over = true;
                events.ended(why);
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (!over) {
                events.connected();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf received) {
            if (!over) {
                events.received(ByteBufUtil.getBytes(received));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(SocketError.NONE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("connection to {}: {}", context.channel().remoteAddress(), cause.toString());
            end(error(cause));
            var _ = context.close();
        }

        @Override
        public void send(byte[] octets) {
            if (channel != null && channel.isActive()) {
                var _ = channel.writeAndFlush(Unpooled.copiedBuffer(octets), channel.voidPromise());
            }
        }

        @Override
        public boolean isWritable() {
            return channel != null && channel.isWritable();
        }

        @Override
        public void pause(boolean paused) {
            if (channel != null) {
                channel.config().setAutoRead(!paused);
            }
        }

        @Override
        public void close() {
            over = true;
            if (channel != null && channel.isActive()) {
                // What was sent before still goes out.
                var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            } else if (channel != null) {
                var _ = channel.close();
            }
        }
    }

    /** A port for datagrams. */
    private static final class Port extends SimpleChannelInboundHandler<DatagramPacket> implements Datagrams {

        private final Datagrams.Events events;
        private @Nullable ChannelFuture opening;
        private boolean over;

        Port(Datagrams.Events events) {
            this.events = events;
        }

        void opened(ChannelFuture binding) {
            opening = binding;
            var _ = binding.addListener(opened -> {
                if (!opened.isSuccess() && !over) {
                    over = true;
                    events.ended(error(opened.cause()));
                }
            });
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket received) {
            if (!over) {
                events.received(received.sender(), ByteBufUtil.getBytes(received.content()));
            }
        }

        /** A peer that is not there makes a port of no use only for itself. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("port {}: {}", context.channel().localAddress(), cause.toString());
        }

        @Override
        public void send(InetSocketAddress to, byte[] octets) {
            if (opening != null) {
                // What comes before the port is bound waits for that; afterwards the listener runs at once.
                var packet = new DatagramPacket(Unpooled.copiedBuffer(octets), to);
                Channel channel = opening.channel();
                var _ = opening.addListener(_ -> {
                    var _ = channel.writeAndFlush(packet, channel.voidPromise());
                });
            }
        }

        @Override
        public void close() {
            over = true;
            if (opening != null) {
                var _ = opening.channel().close();
            }
        }
    }
}
