package dev.rootbeat.module.mqtt;

import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.Timers;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT client of a module (MQTT 3.1.1; AT reference, section 4.3): one connection, and one operation at a time, whose
 * outcome the hosts are told by {@code +UUMQTTC}. An operation that cannot begin is refused at once. Every method is
 * called on the module's executor.
 */
public final class MqttClient {

    private static final int LAST_PACKET_NUMBER = 65_535;

    private final Dialer dialer;
    private final Timers timers;
    private final Urcs urcs;
    private final Inbound inbound = new Inbound();
    private MqttError error = MqttError.NONE;
    private @Nullable MqttSession session;
    private int lastNumber;

    /**
     * Makes a client that is not logged in.
     *
     * @param urcs where the hosts are told
     */
    public MqttClient(Dialer dialer, Timers timers, Urcs urcs) {
        this.dialer = dialer;
        this.timers = timers;
        this.urcs = urcs;
    }

    /** What the last operation came to. */
    public MqttError error() {
        return error;
    }

    /** Begins to log in; returns whether it could. */
    public boolean login(MqttProfile profile, String imei) {
        if (session != null || profile.broker().host().isEmpty()) {
            return refuse(MqttError.FAILED);
        }
        if (!dialer.isOnline()) {
            return refuse(MqttError.NO_NETWORK);
        }
        session = new MqttSession(profile, imei, dialer, timers, inbound, this::report);
        return true;
    }

    /** Logs out, so that the will is not published; returns whether it was logged in and has nothing else to do. */
    public boolean logout() {
        return ifFree(free -> {
            free.send(MqttMessage.DISCONNECT);
            free.end(MqttError.NONE, MqttReport.SUCCEEDED);
        });
    }

    /**
     * Begins to publish; returns whether it could.
     *
     * @param operation of the command
     * @param topic one octet a character, without wildcards
     */
    public boolean publish(int operation, int qos, boolean retain, String topic, byte[] content) {
        return ifFree(free -> {
            int number = nextNumber();
            free.send(Packets.publish(number, qos, retain, topic, content));
            switch (qos) {
                case 0 -> report(MqttReport.success(operation));
                case 1 -> free.await(operation, number, MqttMessageType.PUBACK, topic, qos);
                default -> free.await(operation, number, MqttMessageType.PUBREC, topic, qos);
            }
        });
    }

    /** Begins to subscribe; returns whether it could. */
    public boolean subscribe(int qos, String filter) {
        return ifFree(free -> {
            int number = nextNumber();
            free.send(Packets.subscribe(number, qos, filter));
            free.await(MqttReport.SUBSCRIBE, number, MqttMessageType.SUBACK, filter, qos);
        });
    }

    /** Begins to unsubscribe; returns whether it could. */
    public boolean unsubscribe(String filter) {
        return ifFree(free -> {
            int number = nextNumber();
            free.send(Packets.unsubscribe(number, filter));
            free.await(MqttReport.UNSUBSCRIBE, number, MqttMessageType.UNSUBACK, filter, 0);
        });
    }

    /** Has the client keep an inactive connection alive, until it ends; returns whether there is one. */
    public boolean keepAlive(boolean on) {
        return (session != null && session.keepAlive(on)) || refuse(MqttError.FAILED);
    }

    /** Takes the oldest message, or all, oldest first. When only some were taken, the hosts are told how many are left. */
    public List<ReceivedMessage> read(boolean all) {
        var messages = new ArrayList<ReceivedMessage>();
        Optional<ReceivedMessage> message = inbound.take();
        while (message.isPresent()) {
            messages.add(message.get());
            message = all ? inbound.take() : Optional.empty();
        }
        if (inbound.count() > 0) {
            tell(MqttReport.unread(inbound.count()));
        }
        return messages;
    }

    private boolean refuse(MqttError why) {
        error = why;
        return false;
    }

    private interface Operation {
        void begin(MqttSession free);
    }

    private boolean ifFree(Operation operation) {
        if (session == null || !session.isFree()) {
            return refuse(MqttError.FAILED);
        }
        operation.begin(session);
        return true;
    }

    private int nextNumber() {
        lastNumber = lastNumber % LAST_PACKET_NUMBER + 1;
        return lastNumber;
    }

    private void report(MqttReport report) {
        if (report.isOutcome()) {
            error = report.error();
        }
        if (report.isLast()) {
            session = null;
        }
        tell(report);
    }

    private void tell(MqttReport report) {
        urcs.show("+UUMQTTC: " + report.line());
    }
}
