package dev.rootbeat.scenario.testbed;

import dev.rootbeat.module.DeviceParts;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
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

/** Writes a testbed's timeline; on devices it listens to a behaviour, and changes nothing itself. */
final class Recorder implements Behaviour, DeviceParts {

    private final Behaviour inner;
    private final InstantSource clock;
    private final Instant start;
    private final List<Moment> moments = new ArrayList<>();
    private final Map<RotPublicUid, Integer> heartbeats = new HashMap<>();
    private final Map<RotPublicUid, Bytes> first = new HashMap<>();

    Recorder(Behaviour inner, Instant start, InstantSource clock) {
        this.inner = inner;
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
    public Heartbeat heartbeat(RotPublicUid device, Heartbeat meant) {
        Heartbeat heartbeat = inner.heartbeat(device, meant);
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
        return inner.reply(device, reply);
    }

    @Override
    public Results results(RotPublicUid device, Results results) {
        return inner.results(device, results);
    }

    @Override
    public Command command(RotPublicUid device, Command command) {
        return inner.command(device, command);
    }

    @Override
    public Result result(RotPublicUid device, Command command, Result result) {
        boolean certificate = command instanceof Command.SetCertificate || command instanceof Command.DeleteCredential;
        add(
                certificate ? Kind.CERTIFICATE : Kind.COMMAND,
                device.toString(),
                command.getClass().getSimpleName() + ": " + result.getClass().getSimpleName());
        return inner.result(device, command, result);
    }

    @Override
    public Flash flash(RotPublicUid device, Flash flash) {
        return DeviceParts.of(inner).flash(device, flash);
    }

    @Override
    public SecureChannel channel(RotPublicUid device, SecureChannel channel) {
        return DeviceParts.of(inner).channel(device, channel);
    }

    @Override
    public P256 p256(RotPublicUid device, P256 p256) {
        return DeviceParts.of(inner).p256(device, p256);
    }

    @Override
    public HeartbeatSettings heartbeats(HeartbeatSettings settings) {
        return DeviceParts.of(inner).heartbeats(settings);
    }
}
