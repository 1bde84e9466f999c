package dev.rootbeat.scenario.testbed;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.scenario.testbed.Timeline.Kind;
import dev.rootbeat.scenario.testbed.Timeline.Moment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes a testbed's timeline; on devices it listens and changes nothing. */
final class Recorder implements Behaviour {

    private final InstantSource clock;
    private final Instant start;
    private final List<Moment> moments = new ArrayList<>();
    private final Map<RotPublicUid, Integer> heartbeats = new HashMap<>();
    private final Map<RotPublicUid, Bytes> first = new HashMap<>();

    Recorder(Instant start, InstantSource clock) {
        this.start = start;
        this.clock = clock;
    }

    void add(Kind kind, String subject, String what) {
        moments.add(new Moment(clock.instant(), kind, subject, what));
    }

    /** How many heartbeats a device has sent. */
    int heartbeats(RotPublicUid device) {
        return heartbeats.getOrDefault(device, 0);
    }

    /** The first heartbeat that a device has sent. */
    Bytes firstHeartbeat(RotPublicUid device) {
        return Objects.requireNonNull(first.get(device), "it has sent none yet");
    }

    Timeline timeline() {
        return new Timeline(start, clock.instant(), moments);
    }

    @Override
    public Heartbeat heartbeat(RotPublicUid device, Heartbeat heartbeat) {
        heartbeats.merge(device, 1, Integer::sum);
        first.putIfAbsent(device, Codec.encode(heartbeat));
        add(
                Kind.HEARTBEAT,
                device.toString(),
                "sends a heartbeat, " + heartbeat.reason().name().toLowerCase(Locale.ROOT) + ", "
                        + heartbeat.counter());
        return heartbeat;
    }

    @Override
    public Reply reply(RotPublicUid device, Reply reply) {
        add(
                Kind.HEARTBEAT,
                device.toString(),
                "gets a reply with " + reply.commands().size() + " commands, next heartbeat in "
                        + reply.nextHeartbeat());
        return reply;
    }

    @Override
    public Result result(RotPublicUid device, Command command, Result result) {
        boolean certificate = command instanceof Command.SetCertificate || command instanceof Command.DeleteCredential;
        add(
                certificate ? Kind.CERTIFICATE : Kind.COMMAND,
                device.toString(),
                command.getClass().getSimpleName() + ": " + result.getClass().getSimpleName());
        return result;
    }
}
