package dev.rootbeat.module.command;

import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.Map;

/**
 * What a host has set of the security services. It is kept in the module's storage and survives power-off (ours).
 *
 * @param mode 1 if the secure data suite is on, 0 if it is off
 * @param endToEndFormat 0 for V1 of end-to-end protection, 1 for V2
 */
public record SecurityPreferences(int mode, int endToEndFormat) {

    /** What a new module has. */
    static final SecurityPreferences DEFAULT = new SecurityPreferences(1, 0);

    private static final String NAME = "module.security";
    private static final int OCTETS = 2;

    /** Reads what is stored. */
    public static SecurityPreferences read(Flash flash) {
        Bytes stored = flash.read(NAME);
        if (stored == null || stored.size() != OCTETS) {
            return DEFAULT;
        }
        byte[] octets = stored.toArray();
        return new SecurityPreferences(octets[0], octets[1]);
    }

    /** Whether the secure data suite is on. */
    public boolean isOn() {
        return mode == 1;
    }

    void write(Flash flash) throws Flash.StorageFull {
        flash.write(Map.of(NAME, Bytes.of((byte) mode, (byte) endToEndFormat)));
    }
}
