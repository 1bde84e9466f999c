package dev.rootbeat.server;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.device.HeartbeatPolicy;

/**
 * How a server serves devices.
 *
 * @param policy when devices shall speak
 * @param requestsPerSecond the ceiling over all devices together
 * @param master the manufacturer's master secret, from which the devices' keys are derived
 */
public record DeviceConfig(HeartbeatPolicy policy, int requestsPerSecond, Bytes master) {

    /** Names no secret. */
    @Override
    public String toString() {
        return "DeviceConfig[" + policy + ", " + requestsPerSecond + " requests/s]";
    }
}
