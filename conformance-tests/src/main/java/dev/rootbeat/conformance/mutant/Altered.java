package dev.rootbeat.conformance.mutant;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SlotReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages with one part changed. */
final class Altered {

    private Altered() {}

    static Heartbeat counter(Heartbeat was, Counter counter) {
        return new Heartbeat(
                was.version(),
                counter,
                was.nonce(),
                was.product(),
                was.firmware(),
                was.seal(),
                was.reason(),
                was.slots(),
                was.results());
    }

    static Heartbeat product(Heartbeat was, String product) {
        return new Heartbeat(
                was.version(),
                was.counter(),
                was.nonce(),
                product,
                was.firmware(),
                was.seal(),
                was.reason(),
                was.slots(),
                was.results());
    }

    static Heartbeat seal(Heartbeat was, @Nullable Seal seal) {
        return new Heartbeat(
                was.version(),
                was.counter(),
                was.nonce(),
                was.product(),
                was.firmware(),
                seal,
                was.reason(),
                was.slots(),
                was.results());
    }

    static Heartbeat nonce(Heartbeat was, Bytes nonce) {
        return new Heartbeat(
                was.version(),
                was.counter(),
                nonce,
                was.product(),
                was.firmware(),
                was.seal(),
                was.reason(),
                was.slots(),
                was.results());
    }

    static Heartbeat slots(Heartbeat was, List<SlotReport> slots) {
        return new Heartbeat(
                was.version(),
                was.counter(),
                was.nonce(),
                was.product(),
                was.firmware(),
                was.seal(),
                was.reason(),
                slots,
                was.results());
    }

    static Heartbeat results(Heartbeat was, List<Result> results) {
        return new Heartbeat(
                was.version(),
                was.counter(),
                was.nonce(),
                was.product(),
                was.firmware(),
                was.seal(),
                was.reason(),
                was.slots(),
                results);
    }

    static Reply serverTime(Reply was, Instant time) {
        return new Reply(time, was.nextHeartbeat(), was.status(), was.acknowledged(), was.commands());
    }

    static Reply next(Reply was, Duration next) {
        return new Reply(was.serverTime(), next, was.status(), was.acknowledged(), was.commands());
    }

    static Reply status(Reply was, DeviceStatus status) {
        return new Reply(was.serverTime(), was.nextHeartbeat(), status, was.acknowledged(), was.commands());
    }

    static Reply acknowledged(Reply was, List<Long> ids) {
        return new Reply(was.serverTime(), was.nextHeartbeat(), was.status(), ids, was.commands());
    }

    static Reply commands(Reply was, List<Command> commands) {
        return new Reply(was.serverTime(), was.nextHeartbeat(), was.status(), was.acknowledged(), commands);
    }

    /** The reply with some of its certificates handed out in another way, or something else in their place. */
    static Reply certificates(Reply was, Function<Command.SetCertificate, Command> change) {
        return commands(
                was,
                was.commands().stream()
                        .map(command -> certificate(command, change))
                        .toList());
    }

    static Command certificate(Command was, Function<Command.SetCertificate, Command> change) {
        return was instanceof Command.SetCertificate set ? change.apply(set) : was;
    }
}
