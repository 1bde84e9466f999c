package dev.rootbeat.module.mqtt;

import dev.rootbeat.module.mqtt.MqttProfile.Parameter;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.Timers;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lasts from the beginning of a login until there is no connection any more. */
final class MqttSession implements MqttLink.Events, KeepAlive.Actions {

    /** How long logging in may take, with the connection and TLS (ours; a host waits for 120 s). */
    static final Duration LOGIN_TIME = Duration.ofSeconds(100);

    /** How long a broker may take to answer anything else (ours; a host waits for 120 s). */
    static final Duration ANSWER_TIME = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    private final MqttMessage login;
    private final Duration inactivity;
    private final boolean secure;
    private final Timers timers;
    private final Inbound inbound;
    private final Consumer<MqttReport> reports;
    private final Timers.Timer loginDeadline;
    private final MqttLink link;
    private @Nullable KeepAlive keepAlive;
    private @Nullable Pending pending;

    /**
     * What the broker's answer is awaited for.
     *
     * @param operation of the command
     * @param number of the packet
     * @param answer what completes it
     * @param topic what it is about
     * @param qos the quality of service that is asked for
     * @param deadline when it fails
     */
    private record Pending(
            int operation, int number, MqttMessageType answer, String topic, int qos, Timers.Timer deadline) {

        MqttReport failure(MqttError why) {
            return operation == MqttReport.SUBSCRIBE
                    ? MqttReport.notSubscribed(qos, topic, why)
                    : MqttReport.failure(operation, why);
        }
    }

    /**
     * Dials the broker of a profile.
     *
     * @param inbound takes what is published
     * @param reports takes what the hosts are to be told, the last of it when there is no connection any more
     */
    MqttSession(
            MqttProfile profile,
            String imei,
            Dialer dialer,
            Timers timers,
            Inbound inbound,
            Consumer<MqttReport> reports) {
        Dialer.Server broker = profile.broker();
        this.login = Packets.connect(profile, imei);
        this.inactivity = Duration.ofSeconds(profile.number(Parameter.TIMEOUT));
        this.secure = broker.profile() != null;
        this.timers = timers;
        this.inbound = inbound;
        this.reports = reports;
        this.loginDeadline = timers.after(LOGIN_TIME, () -> end(MqttError.TIMED_OUT, MqttReport.LOST));
        this.link = new MqttLink(dialer, broker, this);
    }

    /** Whether it is logged in, and nothing is under way. */
    boolean isFree() {
        return keepAlive != null && pending == null && link.isWritable();
    }

    /** Keeps itself alive from now on, or not; returns whether it is logged in. */
    boolean keepAlive(boolean on) {
        if (keepAlive != null) {
            keepAlive.pings(on);
        }
        return keepAlive != null;
    }

    void send(MqttMessage packet) {
        link.send(packet);
        if (keepAlive != null) {
            keepAlive.sent();
        }
    }

    /** What was sent has an answer. */
    void await(int operation, int number, MqttMessageType answer, String topic, int qos) {
        Timers.Timer deadline = timers.after(ANSWER_TIME, () -> fail(MqttError.TIMED_OUT));
        pending = new Pending(operation, number, answer, topic, qos, deadline);
    }

    private void fail(MqttError why) {
        if (pending != null) {
            reports.accept(settle(pending).failure(why));
        }
    }

    private Pending settle(Pending settled) {
        pending = null;
        settled.deadline.cancel();
        return settled;
    }

    /** Ends the connection; what waits for an answer fails first. */
    void end(MqttError why, int result) {
        link.close();
        loginDeadline.cancel();
        fail(why);
        if (keepAlive == null) {
            reports.accept(MqttReport.notLoggedIn(why));
        } else {
            keepAlive.stop();
            reports.accept(MqttReport.ended(result, why));
        }
    }

    @Override
    public void ping() {
        if (link.isWritable()) {
            link.send(MqttMessage.PINGREQ);
        }
    }

    @Override
    public void inactive() {
        link.send(MqttMessage.DISCONNECT);
        end(MqttError.NONE, MqttReport.INACTIVE);
    }

    @Override
    public void unanswered() {
        end(MqttError.TIMED_OUT, MqttReport.LOST);
    }

    @Override
    public void connected() {
        link.send(login);
    }

    @Override
    public void ended(SocketError why) {
        end(MqttError.of(why, secure && keepAlive == null), MqttReport.LOST);
    }

    @Override
    public void received(MqttMessage packet) {
        boolean isExpected = !packet.decoderResult().isFailure()
                && (keepAlive == null ? loggedIn(packet) : received(packet, keepAlive));
        if (!isExpected) {
            LOG.info("the MQTT broker does not keep to the protocol: {}", packet);
            end(MqttError.FAILED, MqttReport.VIOLATED);
        }
    }

    /** Takes the answer to the login; returns whether it is that. */
    private boolean loggedIn(MqttMessage packet) {
        if (!(packet instanceof MqttConnAckMessage answer)) {
            return false;
        }
        MqttConnectReturnCode code = answer.variableHeader().connectReturnCode();
        if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            LOG.info("the MQTT broker refuses: {}", code);
            end(MqttError.FAILED, MqttReport.LOST);
            return true;
        }
        loginDeadline.cancel();
        if (!answer.variableHeader().isSessionPresent()) {
            inbound.forgetSession();
        }
        keepAlive = new KeepAlive(timers, inactivity, ANSWER_TIME, this);
        reports.accept(MqttReport.success(MqttReport.LOGIN));
        return true;
    }

    /** Takes a packet; returns whether a broker may send it. */
    private boolean received(MqttMessage packet, KeepAlive alive) {
        MqttMessageType type = packet.fixedHeader().messageType();
        switch (type) {
            case PUBLISH -> published((MqttPublishMessage) packet);
            case PUBREL -> {
                MqttMessage answer = inbound.released(number(packet));
                if (link.isWritable()) {
                    send(answer);
                }
            }
            case PUBACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK -> answered(type, packet);
            case PINGRESP -> alive.answered();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void published(MqttPublishMessage packet) {
        int before = inbound.count();
        inbound.published(packet, link.isWritable()).ifPresent(this::send);
        if (inbound.count() > before) {
            reports.accept(MqttReport.unread(inbound.count()));
        }
    }

    /** An answer to nothing came too late. */
    private void answered(MqttMessageType type, MqttMessage packet) {
        if (pending == null || pending.answer != type || pending.number != number(packet)) {
            return;
        }
        Pending answered = settle(pending);
        switch (packet) {
            case MqttSubAckMessage answer ->
                subscribed(answered, answer.payload().grantedQoSLevels().getFirst());
            case MqttMessage answer
            when type == MqttMessageType.PUBREC -> {
                send(Packets.acknowledge(MqttMessageType.PUBREL, number(answer)));
                await(answered.operation, answered.number, MqttMessageType.PUBCOMP, answered.topic, answered.qos);
            }
            default -> reports.accept(MqttReport.success(answered.operation));
        }
    }

    private void subscribed(Pending answered, int granted) {
        reports.accept(
                granted > MqttQoS.EXACTLY_ONCE.value()
                        ? answered.failure(MqttError.FAILED)
                        : MqttReport.subscribed(granted, answered.topic));
    }

    private static int number(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }
}
