package dev.rootbeat.module.heartbeat;

import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Seal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's own values in the module's storage. */
final class AgentMemory {

    private static final Logger LOG = LoggerFactory.getLogger(AgentMemory.class);
    private static final String STATE = "agent.state";
    private static final String SEAL = "agent.seal";

    private final Flash flash;
    private AgentState state;
    private @Nullable Seal seal;

    AgentMemory(Flash flash) {
        this.flash = flash;
        this.state = AgentState.decode(flash.read(STATE));
        this.seal = decodeSeal(flash.read(SEAL));
    }

    AgentState state() {
        return state;
    }

    /** What the host wrote, or null before. */
    @Nullable
    Seal seal() {
        return seal;
    }

    /**
     * Stores the state. Without room for it the agent goes on with what it has in memory: after the next boot it asks
     * the server again.
     */
    void store(AgentState newState) {
        state = newState;
        try {
            flash.write(Map.of(STATE, newState.encode()));
        } catch (Flash.StorageFull e) {
            LOG.warn("the heartbeat agent's state is not stored: {}", e.getMessage());
        }
    }

    /** Stores the seal, before anybody hears of it. */
    void store(Seal newSeal) throws Flash.StorageFull {
        flash.write(Map.of(SEAL, encodeSeal(newSeal)));
        seal = newSeal;
    }

    /** Forgets the seal. If that cannot be stored, it is sent and refused once more after the next boot. */
    void forgetSeal() {
        seal = null;
        try {
            flash.write(Map.of(SEAL, Bytes.EMPTY));
        } catch (Flash.StorageFull e) {
            LOG.warn("the refused seal is not removed: {}", e.getMessage());
        }
    }

    private static Bytes encodeSeal(Seal seal) {
        byte[] profile = seal.profileUid().getBytes(StandardCharsets.UTF_8);
        byte[] serial = seal.serial().getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[1 + profile.length + serial.length];
        out[0] = (byte) profile.length;
        System.arraycopy(profile, 0, out, 1, profile.length);
        System.arraycopy(serial, 0, out, 1 + profile.length, serial.length);
        return Bytes.of(out);
    }

    private static @Nullable Seal decodeSeal(@Nullable Bytes stored) {
        if (stored == null) {
            return null;
        }
        byte[] in = stored.toArray();
        int profileLength = Byte.toUnsignedInt(in[0]);
        return new Seal(
                new String(in, 1, profileLength, StandardCharsets.UTF_8),
                new String(in, 1 + profileLength, in.length - 1 - profileLength, StandardCharsets.UTF_8));
    }
}
