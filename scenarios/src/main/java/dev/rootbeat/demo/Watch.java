package dev.rootbeat.demo;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Looks over a module's shoulder, counts its heartbeats and writes them down. What passes, another behaviour decides. */
final class Watch implements Behaviour {

    private final Behaviour watched;
    private final Transcript transcript;
    private final AtomicInteger accepted = new AtomicInteger();
    private String underWay = "";
    private boolean results;
    private volatile int acceptedBeforeLastCommand;
    private volatile String lastResult = "nothing";

    Watch(Behaviour watched, Transcript transcript) {
        this.watched = watched;
        this.transcript = transcript;
    }

    /** How many heartbeats the server has accepted so far. Callable on any thread. */
    int accepted() {
        return accepted.get();
    }

    /** How many it had accepted when the module ran a command last. Callable on any thread. */
    int acceptedBeforeLastCommand() {
        return acceptedBeforeLastCommand;
    }

    /** What came of the last command. Callable on any thread. */
    String lastResult() {
        return lastResult;
    }

    @Override
    public Heartbeat heartbeat(RotPublicUid device, Heartbeat heartbeat) {
        Heartbeat sent = watched.heartbeat(device, heartbeat);
        results = false;
        underWay = "heartbeat " + sent.counter() + " " + sent.reason();
        return sent;
    }

    @Override
    public Results results(RotPublicUid device, Results sent) {
        results = true;
        underWay = "results of " + sent.counter();
        return watched.results(device, sent);
    }

    @Override
    public Reply reply(RotPublicUid device, Reply received) {
        Reply reply = watched.reply(device, received);
        if (!results) {
            accepted.incrementAndGet();
        }
        String orders = reply.commands().isEmpty()
                ? ""
                : ", ordered: " + reply.commands().stream().map(Watch::name).collect(Collectors.joining(", "));
        transcript.line(device + " " + underWay + ": accepted" + orders + ", next in "
                + reply.nextHeartbeat().toSeconds() + " s");
        return reply;
    }

    @Override
    public Command command(RotPublicUid device, Command command) {
        return watched.command(device, command);
    }

    @Override
    public Result result(RotPublicUid device, Command command, Result result) {
        Result shown = watched.result(device, command, result);
        acceptedBeforeLastCommand = accepted.get();
        lastResult = name(shown);
        transcript.line(device + " did: " + name(command) + " -> " + lastResult);
        return shown;
    }

    private static String name(Command command) {
        return switch (command) {
            case Command.GenerateKeyPair _ -> "generate a key pair";
            case Command.SetCertificate _ -> "set the certificate";
            case Command.DeleteCredential _ -> "delete key and certificate";
            case Command.ReadCertificate _ -> "show the certificate";
            case Command.Unknown unknown -> "unknown command " + unknown.type();
        };
    }

    private static String name(Result result) {
        return switch (result) {
            case Result.Done _ -> "done";
            case Result.KeyPairGenerated _ -> "key pair generated";
            case Result.CertificateRead _ -> "certificate read";
            case Result.Refused refused -> "refused, " + refused.refusal();
            case Result.Unsupported _ -> "unsupported";
        };
    }
}
