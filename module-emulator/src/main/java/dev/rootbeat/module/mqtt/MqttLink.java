package dev.rootbeat.module.mqtt;

import dev.rootbeat.module.network.Connection;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.SocketError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.ReferenceCountUtil;

/** Packets to a broker and back over a connection of the module. */
final class MqttLink implements Connection.Events {

    /** The largest packet that is taken from a broker, so that memory is bounded: as much as can be unread (ours). */
    private static final int MAX_PACKET = Inbound.MAX_OCTETS;

    /** What is told of a link. */
    interface Events {

        /** Packets can be sent. */
        void connected();

        /** A packet has come; it is released afterwards. One that cannot be decoded says so. */
        void received(MqttMessage packet);

        /** There is no connection, or no more. Nothing is told afterwards. */
        void ended(SocketError why);
    }

    private final EmbeddedChannel codec = new EmbeddedChannel(new MqttDecoder(MAX_PACKET), MqttEncoder.INSTANCE);
    private final Events events;
    private final Connection connection;
    private boolean over;

    /** Dials a broker. */
    MqttLink(Dialer dialer, Dialer.Server broker, Events events) {
        this.events = events;
        this.connection = dialer.dial(broker, this);
    }

    /** Whether the broker takes what is sent. */
    boolean isWritable() {
        return connection.isWritable();
    }

    void send(MqttMessage packet) {
        codec.writeOutbound(packet);
        for (ByteBuf out = codec.readOutbound(); out != null; out = codec.readOutbound()) {
            connection.send(ByteBufUtil.getBytes(out));
            out.release();
        }
    }

    /** Ends the connection after what was sent; nothing is told any more. */
    void close() {
        if (!over) {
            over = true;
            connection.close();
            codec.finishAndReleaseAll();
        }
    }

    @Override
    public void connected() {
        events.connected();
    }

    @Override
    public void received(byte[] octets) {
        codec.writeInbound(Unpooled.wrappedBuffer(octets));
        for (MqttMessage packet = codec.readInbound(); packet != null; packet = codec.readInbound()) {
            try {
                events.received(packet);
            } finally {
                ReferenceCountUtil.release(packet);
            }
        }
    }

    @Override
    public void ended(SocketError why) {
        if (!over) {
            over = true;
            codec.finishAndReleaseAll();
            events.ended(why);
        }
    }
}
