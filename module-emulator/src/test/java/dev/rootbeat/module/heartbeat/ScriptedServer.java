package dev.rootbeat.module.heartbeat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers as a test says, and records what it got. */
final class ScriptedServer implements RequestHandler {

    /** A heartbeat, and when it arrived. */
    record Beat(Instant at, Heartbeat message) {}

    final List<Beat> beats = new ArrayList<>();
    final List<Results> results = new ArrayList<>();

    /** The status in every reply. */
    DeviceStatus status = DeviceStatus.BOOTSTRAPPED;

    /** When to come next, in every reply. */
    Duration next = Duration.ofHours(24);

    /** Added to the server's clock. */
    Duration ahead = Duration.ZERO;

    /** What it answers to heartbeats; a test replaces it. */
    Function<Heartbeat, Response> onHeartbeat = heartbeat -> reply(ids(heartbeat.results()));

    /** What it answers to results; a test replaces it. */
    Function<Results, Response> onResults = message -> reply(ids(message.results()));

    private final InstantSource clock;

    ScriptedServer(InstantSource clock) {
        this.clock = clock;
    }

    Response reply(List<Long> acknowledged, Command... commands) {
        return Response.changed(Codec.encode(new Reply(
                Instant.ofEpochSecond(clock.instant().plus(ahead).getEpochSecond()),
                next,
                status,
                acknowledged,
                List.of(commands))));
    }

    /** Replies with commands to the next heartbeat only. */
    void order(Command... commands) {
        Function<Heartbeat, Response> usual = onHeartbeat;
        onHeartbeat = heartbeat -> {
            onHeartbeat = usual;
            return reply(ids(heartbeat.results()), commands);
        };
    }

    /** Answers the next heartbeat only. */
    void answer(Response response) {
        Function<Heartbeat, Response> usual = onHeartbeat;
        onHeartbeat = heartbeat -> {
            onHeartbeat = usual;
            return response;
        };
    }

    Beat last() {
        return beats.getLast();
    }

    /** The times between the heartbeats. */
    List<Duration> gaps() {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < beats.size(); i++) {
            gaps.add(Duration.between(beats.get(i - 1).at, beats.get(i).at));
        }
        return gaps;
    }

    static List<Long> ids(List<Result> results) {
        return results.stream().map(Result::id).toList();
    }

    @Override
    public void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        Bytes payload = request.payload();
        if (request.path().equals(Request.HEARTBEAT)) {
            Heartbeat heartbeat = message(Codec.decodeHeartbeat(payload));
            beats.add(new Beat(clock.instant(), heartbeat));
            answer.accept(onHeartbeat.apply(heartbeat));
        } else {
            Results message = message(Codec.decodeResults(payload));
            results.add(message);
            answer.accept(onResults.apply(message));
        }
    }

    private static <T> T message(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Message<T>(T value) -> value;
            case Decoded.Malformed<T> malformed -> throw new AssertionError(malformed.diagnostic());
        };
    }
}
