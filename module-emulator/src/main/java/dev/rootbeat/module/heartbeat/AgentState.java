package dev.rootbeat.module.heartbeat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.DeviceStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows from the last replies; it survives power-off (requirements, section 4).
 *
 * @param status where the device stands
 * @param sealPresented whether the server has accepted a heartbeat that carried the seal
 * @param serverTime the server's clock in the last reply; {@link Instant#EPOCH} before the first
 * @param due when the next heartbeat is due by the server's clock; {@link Instant#EPOCH} before the first reply
 * @param forced when forced heartbeats were accepted by the server's clock, oldest first; empty without a limit
 */
record AgentState(DeviceStatus status, boolean sealPresented, Instant serverTime, Instant due, List<Instant> forced) {

    /** Before the first contact. */
    static final AgentState NEW = new AgentState(DeviceStatus.UNKNOWN, false, Instant.EPOCH, Instant.EPOCH, List.of());

    private static final byte FORMAT = 1;
    private static final int HEADER_OCTETS = 2 + 2 * Long.BYTES;

    Bytes encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_OCTETS + forced.size() * Long.BYTES);
        int flags = (status.registered() ? 1 : 0)
                | (status.claimed() ? 2 : 0)
                | (status.activated() ? 4 : 0)
                | (sealPresented ? 8 : 0);
        out.put(FORMAT).put((byte) flags).putLong(serverTime.toEpochMilli()).putLong(due.toEpochMilli());
        forced.forEach(time -> out.putLong(time.toEpochMilli()));
        return Bytes.of(out.array());
    }

    /** Reads what {@link #encode} wrote. A value of another format is as good as none: the server knows the truth. */
    static AgentState decode(@Nullable Bytes stored) {
        if (stored == null
                || stored.size() < HEADER_OCTETS
                || stored.size() % Long.BYTES != HEADER_OCTETS % Long.BYTES) {
            return NEW;
        }
        ByteBuffer in = ByteBuffer.wrap(stored.toArray());
        if (in.get() != FORMAT) {
            return NEW;
        }
        int flags = in.get();
        DeviceStatus status = new DeviceStatus((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
        Instant serverTime = Instant.ofEpochMilli(in.getLong());
        Instant due = Instant.ofEpochMilli(in.getLong());
        List<Instant> forced = new ArrayList<>();
        while (in.hasRemaining()) {
            forced.add(Instant.ofEpochMilli(in.getLong()));
        }
        return new AgentState(status, (flags & 8) != 0, serverTime, due, List.copyOf(forced));
    }

    AgentState withStatus(DeviceStatus newStatus) {
        return new AgentState(newStatus, sealPresented, serverTime, due, forced);
    }

    AgentState withTimes(Instant newServerTime, Instant newDue) {
        return new AgentState(status, sealPresented, newServerTime, newDue, forced);
    }

    /** The server has seen the seal. */
    AgentState withSealPresented() {
        return new AgentState(status, true, serverTime, due, forced);
    }

    /** One more forced heartbeat was accepted; those of more than a day ago are forgotten. */
    AgentState withForced(Instant time) {
        List<Instant> recent = new ArrayList<>(forced);
        recent.removeIf(earlier -> !withinADay(earlier, time));
        recent.add(time);
        return new AgentState(status, sealPresented, serverTime, due, List.copyOf(recent));
    }

    /** How many forced heartbeats were accepted in the 24 h before a time. */
    long forcedWithinADay(Instant time) {
        return forced.stream().filter(earlier -> withinADay(earlier, time)).count();
    }

    private static boolean withinADay(Instant earlier, Instant time) {
        return earlier.plus(Duration.ofDays(1)).isAfter(time);
    }
}
