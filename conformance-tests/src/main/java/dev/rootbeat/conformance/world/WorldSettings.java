package dev.rootbeat.conformance.world;

import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.device.PlanLimit;
import dev.rootbeat.server.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a world is made of; everything in it follows from this.
 *
 * @param seed decides every random choice
 * @param devices how many modules there are
 * @param only the devices that are ever switched on, by their places from 0; null for all. The others are there, so that
 *     those that remain live as they would among all
 * @param times when things happen by themselves
 * @param oddities what is wrong on purpose
 */
public record WorldSettings(
        long seed, int devices, @Nullable Set<Integer> only, Times times, Oddities oddities) {

    /**
     * When things happen by themselves.
     *
     * @param start when the world begins
     * @param policy when the server wants to hear from devices
     * @param heartbeats when devices send heartbeats by themselves
     * @param certificateLife how long device certificates live
     * @param renewalWindow the life left below which the server renews; null for never
     */
    public record Times(
            Instant start,
            HeartbeatPolicy policy,
            HeartbeatSettings heartbeats,
            Duration certificateLife,
            @Nullable Duration renewalWindow) {

        Times renewing(Duration life, @Nullable Duration window) {
            return new Times(start, policy, heartbeats, life, window);
        }
    }

    /**
     * What is wrong on purpose.
     *
     * @param device what sees and may change what passes on devices
     * @param server the same on the server
     * @param serverFaults what the server does wrong, drawn from the world's seed
     */
    public record Oddities(Behaviour device, Behaviour server, List<Fault> serverFaults) {}

    /** Returns a world of devices with certificates of 30 days that the server renews with ten days left. */
    public static WorldSettings of(long seed, int devices) {
        var times = new Times(
                Instant.parse("2026-01-01T00:00:00Z"),
                HeartbeatPolicy.DEFAULT,
                HeartbeatSettings.DEFAULT,
                Duration.ofDays(30),
                Duration.ofDays(10));
        return new WorldSettings(seed, devices, null, times, new Oddities(Behaviour.NONE, Behaviour.NONE, List.of()));
    }

    /** Returns the same world without automatic renewal. */
    public WorldSettings withoutAutomaticRenewal() {
        return with(times.renewing(times.certificateLife, null));
    }

    /** Returns the same world with certificates of this life and automatic renewal this long before their end. */
    public WorldSettings renewing(Duration life, Duration window) {
        return with(times.renewing(life, window));
    }

    private WorldSettings with(Times newTimes) {
        return new WorldSettings(seed, devices, only, newTimes, oddities);
    }

    /** Returns the same world in which so many devices of a domain may have the developer plan. */
    public WorldSettings limitingDevelopers(int most) {
        HeartbeatPolicy policy = times.policy;
        return with(new Times(
                times.start,
                new HeartbeatPolicy(policy.guard(), policy.period(), policy.blacklisted(), new PlanLimit(most)),
                times.heartbeats,
                times.certificateLife,
                times.renewalWindow));
    }

    /** Returns the same world with other behaviours. */
    public WorldSettings behaving(Behaviour device, Behaviour server) {
        return new WorldSettings(seed, devices, only, times, new Oddities(device, server, oddities.serverFaults));
    }

    /** Returns the same world with a server that does this wrong. */
    public WorldSettings failing(List<Fault> faults) {
        return new WorldSettings(
                seed, devices, only, times, new Oddities(oddities.device, oddities.server, List.copyOf(faults)));
    }

    /** Returns the same world in which only these devices are ever switched on. */
    public WorldSettings only(Set<Integer> newOnly) {
        return new WorldSettings(seed, devices, Set.copyOf(newOnly), times, oddities);
    }

    /** Whether a device is ever switched on. */
    boolean takesPart(int device) {
        return only == null || only.contains(device);
    }

    /** Whether a deed is done to a device that is ever switched on, or to none. */
    boolean takesPart(Deed deed) {
        return !(deed instanceof Deed.OnDevice onDevice) || takesPart(onDevice.device());
    }
}
