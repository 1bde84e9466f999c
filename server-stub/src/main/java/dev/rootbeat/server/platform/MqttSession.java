package dev.rootbeat.server.platform;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Registration;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the platform, which speaks MQTT 3.1.1. What a device publishes lies under {@code devices/UID/}, and goes to
 * the subscribers of its domain with QoS 0 or 1; QoS 2, retained messages and sessions that outlive their connection are
 * not offered, as on AWS IoT in its beginnings. Whoever breaks a rule loses the connection, as the standard has it
 * (section 4.8).
 */
final class MqttSession extends SimpleChannelInboundHandler<MqttMessage> {

    /** Filters of one client, as AWS IoT has it. */
    static final int MAX_SUBSCRIPTIONS = 50;

    /** A client that has its TLS session and does not say who it is goes after this time. */
    static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);
    private static final int MAX_PACKET_ID = 65_535;

    private final Gate gate;
    private final Broker broker;
    private final Executor work;
    private final Duration judgeAgain;
    private final Map<String, MqttQoS> subscriptions = new LinkedHashMap<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Registration registration;
    private @Nullable String clientId;
    private @Nullable MqttConnectMessage will;
    private int lastPacketId;

    MqttSession(Gate gate, Broker broker, Executor work, Duration judgeAgain) {
        this.gate = gate;
        this.broker = broker;
        this.work = work;
        this.judgeAgain = judgeAgain;
    }

    /** The device that has logged in. */
    RotPublicUid device() {
        return Objects.requireNonNull(registration).device();
    }

    void close() {
        end(Objects.requireNonNull(context));
    }

    /** Hands a message to this client, if it wants it. */
    void deliver(String topic, ByteBuf payload, MqttQoS qos) {
        MqttQoS wanted = null;
        for (Map.Entry<String, MqttQoS> subscription : subscriptions.entrySet()) {
            boolean isBetter = wanted == null || subscription.getValue().value() > wanted.value();
            if (isBetter && Topics.matches(subscription.getKey(), topic)) {
                wanted = subscription.getValue();
            }
        }
        if (wanted == null) {
            return;
        }
        ChannelHandlerContext to = Objects.requireNonNull(context);
        if (!to.channel().isWritable()) {
            LOG.info("{} reads too slowly", device());
            end(to);
            return;
        }
        MqttQoS given = wanted.value() < qos.value() ? wanted : qos;
        lastPacketId = lastPacketId % MAX_PACKET_ID + 1;
        say(
                to,
                MqttMessageBuilders.publish()
                        .topicName(topic)
                        .qos(given)
                        .messageId(lastPacketId)
                        .payload(payload.retainedDuplicate())
                        .build());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        switch (event) {
            case SslHandshakeCompletionEvent handshake when handshake.isSuccess() -> loggedIn(ctx);
            case IdleStateEvent _ -> end(ctx);
            default -> super.userEventTriggered(ctx, event);
        }
    }

    /** It is judged here too, since a resumed TLS session shows its certificate no more; this takes one short read. */
    private void loggedIn(ChannelHandlerContext ctx) throws SSLPeerUnverifiedException {
        var shown = (X509Certificate)
                ctx.pipeline().get(SslHandler.class).engine().getSession().getPeerCertificates()[0];
        switch (gate.judge(shown)) {
            case Gate.Verdict.Refused _ -> end(ctx);
            case Gate.Verdict.Admitted(Registration admitted) -> {
                registration = admitted;
                gate.noteLogin(admitted);
                var silent = ctx.executor()
                        .schedule(
                                () -> closeIf(ctx, clientId == null), CONNECT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                var again = ctx.executor()
                        .scheduleWithFixedDelay(
                                () -> work.execute(() -> judgeAgain(ctx, shown)),
                                judgeAgain.toMillis(),
                                judgeAgain.toMillis(),
                                TimeUnit.MILLISECONDS);
                var _ = ctx.channel().closeFuture().addListener(_ -> {
                    silent.cancel(false);
                    again.cancel(false);
                });
            }
        }
    }

    private void judgeAgain(ChannelHandlerContext ctx, X509Certificate shown) {
        if (gate.judge(shown) instanceof Gate.Verdict.Refused(String why)) {
            LOG.info("{} is logged out: its certificate {}", shown.getSubjectX500Principal(), why);
            end(ctx);
        }
    }

    private static void closeIf(ChannelHandlerContext ctx, boolean condition) {
        if (condition) {
            end(ctx);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            malformed(ctx, message.decoderResult().cause());
            return;
        }
        MqttMessageType type = message.fixedHeader().messageType();
        if (registration == null || (type == MqttMessageType.CONNECT) == (clientId != null)) {
            end(ctx);
            return;
        }
        switch (type) {
            case CONNECT -> connect(ctx, (MqttConnectMessage) message);
            case PUBLISH -> publish(ctx, (MqttPublishMessage) message);
            case SUBSCRIBE -> subscribe(ctx, (MqttSubscribeMessage) message);
            case UNSUBSCRIBE -> {
                var gone = (MqttUnsubscribeMessage) message;
                gone.payload().topics().forEach(subscriptions::remove);
                say(
                        ctx,
                        MqttMessageBuilders.unsubAck()
                                .packetId(gone.variableHeader().messageId())
                                .build());
            }
            case PINGREQ -> say(ctx, MqttMessage.PINGRESP);
            case DISCONNECT -> {
                will = null;
                end(ctx);
            }
            case PUBACK -> {} // nothing is sent twice within a connection
            default -> end(ctx);
        }
    }

    private static void malformed(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case MqttUnacceptableProtocolVersionException _ ->
                refuse(ctx, MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
            case MqttIdentifierRejectedException _ ->
                refuse(ctx, MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            default -> end(ctx);
        }
    }

    private static void say(ChannelHandlerContext ctx, MqttMessage message) {
        var _ = ctx.writeAndFlush(message); // if it fails, the connection ends, which is noticed anyway
    }

    private static void end(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    private void connect(ChannelHandlerContext ctx, MqttConnectMessage message) {
        var header = message.variableHeader();
        if (header.version() != MqttVersion.MQTT_3_1_1.protocolLevel()) {
            refuse(ctx, MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
            return;
        }
        if (header.isWillFlag()
                && !Topics.mayPublish(device(), message.payload().willTopic())) {
            refuse(ctx, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
            return;
        }
        String given = message.payload().clientIdentifier();
        String id = given.isEmpty() ? device() + " " + ctx.channel().id().asShortText() : given;
        boolean mayBeNew = !given.isEmpty() || header.isCleanSession();
        if (!mayBeNew || !broker.enter(domain(), id, this)) {
            refuse(ctx, MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            return;
        }
        clientId = id;
        will = header.isWillFlag() ? message : null;
        if (header.keepAliveTimeSeconds() > 0) {
            // One and a half times what it promised (section 3.1.2.10).
            ctx.pipeline()
                    .addBefore(
                            ctx.name(),
                            "keep-alive",
                            new IdleStateHandler(1500L * header.keepAliveTimeSeconds(), 0, 0, TimeUnit.MILLISECONDS));
        }
        say(ctx, answer(MqttConnectReturnCode.CONNECTION_ACCEPTED));
    }

    private static void refuse(ChannelHandlerContext ctx, MqttConnectReturnCode code) {
        var _ = ctx.writeAndFlush(answer(code)).addListener(ChannelFutureListener.CLOSE);
    }

    private static MqttMessage answer(MqttConnectReturnCode code) {
        return MqttMessageBuilders.connAck()
                .returnCode(code)
                .sessionPresent(false)
                .build();
    }

    private void publish(ChannelHandlerContext ctx, MqttPublishMessage message) {
        MqttQoS qos = message.fixedHeader().qosLevel();
        String topic = message.variableHeader().topicName();
        if (qos.value() > MqttQoS.AT_LEAST_ONCE.value() || !Topics.mayPublish(device(), topic)) {
            LOG.info("{} may not publish to {} with {}", device(), topic, qos);
            end(ctx);
            return;
        }
        broker.publish(domain(), topic, message.payload(), qos);
        if (qos == MqttQoS.AT_LEAST_ONCE) {
            say(
                    ctx,
                    MqttMessageBuilders.pubAck()
                            .packetId(message.variableHeader().packetId())
                            .build());
        }
    }

    private void subscribe(ChannelHandlerContext ctx, MqttSubscribeMessage message) {
        List<Integer> granted =
                message.payload().topicSubscriptions().stream().map(this::grant).toList();
        say(
                ctx,
                new MqttSubAckMessage(
                        new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
                        MqttMessageIdVariableHeader.from(
                                message.variableHeader().messageId()),
                        new MqttSubAckPayload(granted)));
    }

    private int grant(MqttTopicSubscription wanted) {
        String filter = wanted.topicFilter();
        boolean fits = subscriptions.containsKey(filter) || subscriptions.size() < MAX_SUBSCRIPTIONS;
        if (!fits || !Topics.isFilter(filter)) {
            return MqttQoS.FAILURE.value();
        }
        MqttQoS granted =
                wanted.qualityOfService() == MqttQoS.AT_MOST_ONCE ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
        subscriptions.put(filter, granted);
        return granted.value();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (clientId != null) {
            broker.leave(domain(), clientId, this);
        }
        if (will != null) {
            ByteBuf payload = Unpooled.wrappedBuffer(will.payload().willMessageInBytes());
            MqttQoS qos = will.variableHeader().willQos() == 0 ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
            broker.publish(domain(), will.payload().willTopic(), payload, qos);
            payload.release();
        }
        super.channelInactive(ctx);
    }

    /** A connection that breaks, or whose handshake fails, is no error of the server. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("a connection ends", cause);
        end(ctx);
    }

    private String domain() {
        return Objects.requireNonNull(registration).domain();
    }
}
