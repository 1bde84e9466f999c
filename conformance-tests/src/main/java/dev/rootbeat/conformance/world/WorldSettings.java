package dev.rootbeat.conformance.world;

import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a world is made of; everything in it follows from this.
 *
 * @param seed decides every random choice
 * @param devices how many modules there are
 * @param start when the world begins
 * @param policy when the server wants to hear from devices
 * @param heartbeats when devices send heartbeats by themselves
 * @param certificateLife how long device certificates live
 * @param renewalWindow the life left below which the server renews; null for never
 * @param deviceBehaviour what sees and may change what passes on devices
 * @param serverBehaviour the same on the server
 * @param serverFaults what the server does wrong on purpose, drawn from the same seed
 */
public record WorldSettings(
        long seed,
        int devices,
        Instant start,
        HeartbeatPolicy policy,
        HeartbeatSettings heartbeats,
        Duration certificateLife,
        @Nullable Duration renewalWindow,
        Behaviour deviceBehaviour,
        Behaviour serverBehaviour,
        List<Fault> serverFaults) {

    /** Returns a world of devices with certificates of 30 days that the server renews with ten days left. */
    public static WorldSettings of(long seed, int devices) {
        return new WorldSettings(
                seed,
                devices,
                Instant.parse("2026-01-01T00:00:00Z"),
                HeartbeatPolicy.DEFAULT,
                HeartbeatSettings.DEFAULT,
                Duration.ofDays(30),
                Duration.ofDays(10),
                Behaviour.NONE,
                Behaviour.NONE,
                List.of());
    }

    /** Returns the same world without automatic renewal. */
    public WorldSettings withoutAutomaticRenewal() {
        return new WorldSettings(
                seed,
                devices,
                start,
                policy,
                heartbeats,
                certificateLife,
                null,
                deviceBehaviour,
                serverBehaviour,
                serverFaults);
    }

    /** Returns the same world with other behaviours. */
    public WorldSettings behaving(Behaviour device, Behaviour server) {
        return new WorldSettings(
                seed, devices, start, policy, heartbeats, certificateLife, renewalWindow, device, server, serverFaults);
    }

    /** Returns the same world with a server that does this wrong. */
    public WorldSettings failing(List<Fault> faults) {
        return new WorldSettings(
                seed,
                devices,
                start,
                policy,
                heartbeats,
                certificateLife,
                renewalWindow,
                deviceBehaviour,
                serverBehaviour,
                List.copyOf(faults));
    }
}
