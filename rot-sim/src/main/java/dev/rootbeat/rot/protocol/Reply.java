package dev.rootbeat.rot.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The server's 2.04 answer to a {@link Heartbeat} and to {@link Results}; to the latter it never carries commands.
 *
 * @param serverTime the server's clock, in whole seconds
 * @param nextHeartbeat how long the device shall wait until its next heartbeat, in whole seconds
 * @param status where the device stands; the device keeps it
 * @param acknowledged ids of the results that the server has stored and the device may forget
 * @param commands one round of commands, run in this order; usually none
 */
public record Reply(
        Instant serverTime,
        Duration nextHeartbeat,
        DeviceStatus status,
        List<Long> acknowledged,
        List<Command> commands) {}
