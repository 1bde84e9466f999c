package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.server.model.Device;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What devices are answered when they are let through: when to come next, what they are, what they shall do. */
final class Replies {

    private final HeartbeatPolicy policy;
    private final Behaviour behaviour;

    Replies(HeartbeatPolicy policy, Behaviour behaviour) {
        this.policy = policy;
        this.behaviour = behaviour;
    }

    /**
     * Writes a reply.
     *
     * @param results what is acknowledged
     * @param moreToCome whether it shall come again soon
     */
    Bytes reply(Visit visit, List<Result> results, List<Command> commands, boolean moreToCome) {
        var reply = new Reply(
                visit.now().truncatedTo(ChronoUnit.SECONDS),
                next(visit, moreToCome),
                status(visit),
                results.stream().map(Result::id).toList(),
                commands);
        return Codec.encode(behaviour.reply(visit.device().uid(), reply));
    }

    private Duration next(Visit visit, boolean moreToCome) {
        if (visit.device().standing() == Device.Standing.ACTIVATED && visit.isProvisioning()) {
            return Duration.ZERO;
        }
        return wholeSeconds(moreToCome ? policy.guard() : policy.period());
    }

    /** Rounds up: replies and Max-Age have no finer unit. */
    static Duration wholeSeconds(Duration duration) {
        return Duration.ofSeconds(duration.plusNanos(999_999_999).toSeconds());
    }

    private DeviceStatus status(Visit visit) {
        return switch (visit.device().standing()) {
            case REGISTERED -> DeviceStatus.BOOTSTRAPPED;
            case BLACKLISTED -> policy.blacklisted();
            case ACTIVATED -> visit.isProvisioning() ? DeviceStatus.BOOTSTRAPPED : DeviceStatus.SEALED;
        };
    }
}
