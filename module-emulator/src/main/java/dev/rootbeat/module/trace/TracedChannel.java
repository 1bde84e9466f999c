package dev.rootbeat.module.trace;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A channel of which it is told what goes over it. There are no secrets in its messages (protocol, section 5). */
final class TracedChannel implements SecureChannel {

    private final SecureChannel channel;
    private final Consumer<String> notes;

    TracedChannel(SecureChannel channel, Consumer<String> notes) {
        this.channel = channel;
        this.notes = notes;
    }

    @Override
    public void send(Request request, Consumer<Outcome> outcome) {
        notes.accept(
                request.path().equals(Request.HEARTBEAT)
                        ? text(Codec.decodeHeartbeat(request.payload()), TracedChannel::text)
                        : text(Codec.decodeResults(request.payload()), TracedChannel::text));
        channel.send(request, came -> {
            notes.accept(text(came));
            outcome.accept(came);
        });
    }

    @Override
    public void close() {
        channel.close();
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NoAnswer(String why) -> "no answer: " + why;
            case Outcome.Answered(Response response) ->
                switch (response.code()) {
                    case CHANGED -> text(Codec.decodeReply(response.payload()), TracedChannel::text);
                    case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                        "refused: " + response.code() + ", again in "
                                + response.maxAge().toSeconds() + " s";
                    case BAD_REQUEST, FORBIDDEN, NOT_FOUND, TOO_LARGE, INTERNAL_ERROR ->
                        "refused: " + response.code() + " " + diagnostic(response.payload());
                };
        };
    }

    private static <T> String text(Decoded<T> decoded, Function<T, String> text) {
        return switch (decoded) {
            case Decoded.Message<T>(T message) -> text.apply(message);
            case Decoded.Malformed<T> malformed -> "malformed: " + malformed.diagnostic();
        };
    }

    private static String text(Heartbeat heartbeat) {
        return "heartbeat " + heartbeat.counter() + " " + heartbeat.reason() + text(heartbeat.results());
    }

    private static String text(Results results) {
        return "results of heartbeat " + results.counter() + text(results.results());
    }

    private static String text(List<Result> results) {
        return results.stream().map(TracedChannel::text).collect(Collectors.joining());
    }

    private static String text(Result result) {
        return switch (result) {
            case Result.Done _ -> "; done";
            case Result.KeyPairGenerated _ -> "; generated a key pair";
            case Result.CertificateRead _ -> "; read the certificate";
            case Result.Refused refused -> "; refused a command: " + refused.refusal();
            case Result.Unsupported _ -> "; does not know a command";
        };
    }

    private static String text(Reply reply) {
        DeviceStatus status = reply.status();
        return "reply " + digit(status.registered()) + "," + digit(status.claimed()) + "," + digit(status.activated())
                + ", next in " + reply.nextHeartbeat().toSeconds() + " s"
                + reply.commands().stream().map(TracedChannel::text).collect(Collectors.joining());
    }

    private static String text(Command command) {
        return switch (command) {
            case Command.GenerateKeyPair _ -> "; generate a key pair";
            case Command.SetCertificate _ -> "; set a certificate";
            case Command.DeleteCredential _ -> "; delete the credential";
            case Command.ReadCertificate _ -> "; read the certificate";
            case Command.Unknown unknown -> "; command of unknown type " + unknown.type();
        };
    }

    private static String digit(boolean flag) {
        return flag ? "1" : "0";
    }

    private static String diagnostic(Bytes payload) {
        return new String(payload.toArray(), StandardCharsets.UTF_8);
    }
}
