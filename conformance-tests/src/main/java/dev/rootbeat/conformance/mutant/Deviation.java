package dev.rootbeat.conformance.mutant;

import dev.rootbeat.module.DeviceParts;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import dev.rootbeat.server.ServerParts;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.event.Sender;
import dev.rootbeat.server.platform.Platform;
import dev.rootbeat.server.store.Store;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** A behaviour put together of what it does differently; what is not given changes nothing. */
final class Deviation implements Behaviour, DeviceParts, ServerParts {

    private BiFunction<RotPublicUid, Heartbeat, Heartbeat> heartbeat = (_, same) -> same;
    private BiFunction<RotPublicUid, Results, Results> results = (_, same) -> same;
    private BiFunction<RotPublicUid, Reply, Reply> reply = (_, same) -> same;
    private BiFunction<RotPublicUid, Command, Command> command = (_, same) -> same;
    private BiFunction<Command, Result, Result> result = (_, same) -> same;
    private UnaryOperator<Flash> flash = UnaryOperator.identity();
    private UnaryOperator<SecureChannel> channel = UnaryOperator.identity();
    private UnaryOperator<P256> p256 = UnaryOperator.identity();
    private UnaryOperator<HeartbeatSettings> settings = UnaryOperator.identity();
    private UnaryOperator<Store> store = UnaryOperator.identity();
    private UnaryOperator<RequestHandler> requests = UnaryOperator.identity();
    private UnaryOperator<HeartbeatPolicy> policy = UnaryOperator.identity();
    private UnaryOperator<Platform> platform = UnaryOperator.identity();
    private UnaryOperator<Sender> sender = UnaryOperator.identity();
    private UnaryOperator<RandomGenerator> serialNumbers = UnaryOperator.identity();

    static Deviation ofHeartbeat(UnaryOperator<Heartbeat> change) {
        return new Deviation().heartbeat((_, heartbeat) -> change.apply(heartbeat));
    }

    static Deviation ofReply(UnaryOperator<Reply> change) {
        return new Deviation().reply((_, reply) -> change.apply(reply));
    }

    static Deviation ofCommand(UnaryOperator<Command> change) {
        return new Deviation().command((_, command) -> change.apply(command));
    }

    static Deviation ofResult(BiFunction<Command, Result, Result> change) {
        return new Deviation().result(change);
    }

    static Deviation ofFlash(UnaryOperator<Flash> change) {
        var deviation = new Deviation();
        deviation.flash = change;
        return deviation;
    }

    static Deviation ofChannel(UnaryOperator<SecureChannel> change) {
        var deviation = new Deviation();
        deviation.channel = change;
        return deviation;
    }

    static Deviation ofP256(UnaryOperator<P256> change) {
        return new Deviation().p256(change);
    }

    static Deviation ofSettings(UnaryOperator<HeartbeatSettings> change) {
        var deviation = new Deviation();
        deviation.settings = change;
        return deviation;
    }

    static Deviation ofStore(UnaryOperator<Store> change) {
        return new Deviation().store(change);
    }

    static Deviation ofRequests(Function<RequestHandler, RequestHandler> change) {
        return new Deviation().requests(change::apply);
    }

    static Deviation ofPolicy(UnaryOperator<HeartbeatPolicy> change) {
        var deviation = new Deviation();
        deviation.policy = change;
        return deviation;
    }

    static Deviation ofPlatform(UnaryOperator<Platform> change) {
        var deviation = new Deviation();
        deviation.platform = change;
        return deviation;
    }

    static Deviation ofSender(UnaryOperator<Sender> change) {
        var deviation = new Deviation();
        deviation.sender = change;
        return deviation;
    }

    static Deviation ofSerialNumbers(UnaryOperator<RandomGenerator> change) {
        var deviation = new Deviation();
        deviation.serialNumbers = change;
        return deviation;
    }

    Deviation heartbeat(BiFunction<RotPublicUid, Heartbeat, Heartbeat> change) {
        heartbeat = change;
        return this;
    }

    Deviation results(BiFunction<RotPublicUid, Results, Results> change) {
        results = change;
        return this;
    }

    Deviation reply(BiFunction<RotPublicUid, Reply, Reply> change) {
        reply = change;
        return this;
    }

    Deviation command(BiFunction<RotPublicUid, Command, Command> change) {
        command = change;
        return this;
    }

    Deviation result(BiFunction<Command, Result, Result> change) {
        result = change;
        return this;
    }

    Deviation p256(UnaryOperator<P256> change) {
        p256 = change;
        return this;
    }

    Deviation store(UnaryOperator<Store> change) {
        store = change;
        return this;
    }

    Deviation requests(UnaryOperator<RequestHandler> change) {
        requests = change;
        return this;
    }

    @Override
    public Heartbeat heartbeat(RotPublicUid device, Heartbeat original) {
        return heartbeat.apply(device, original);
    }

    @Override
    public Results results(RotPublicUid device, Results original) {
        return results.apply(device, original);
    }

    @Override
    public Reply reply(RotPublicUid device, Reply original) {
        return reply.apply(device, original);
    }

    @Override
    public Command command(RotPublicUid device, Command original) {
        return command.apply(device, original);
    }

    @Override
    public Result result(RotPublicUid device, Command executed, Result original) {
        return result.apply(executed, original);
    }

    @Override
    public Flash flash(RotPublicUid device, Flash usual) {
        return flash.apply(usual);
    }

    @Override
    public SecureChannel channel(RotPublicUid device, SecureChannel usual) {
        return channel.apply(usual);
    }

    @Override
    public P256 p256(RotPublicUid device, P256 usual) {
        return p256.apply(usual);
    }

    @Override
    public HeartbeatSettings heartbeats(HeartbeatSettings usual) {
        return settings.apply(usual);
    }

    @Override
    public Store store(Store usual) {
        return store.apply(usual);
    }

    @Override
    public RequestHandler requests(RequestHandler usual) {
        return requests.apply(usual);
    }

    @Override
    public HeartbeatPolicy policy(HeartbeatPolicy usual) {
        return policy.apply(usual);
    }

    @Override
    public Platform platform(Platform usual) {
        return platform.apply(usual);
    }

    @Override
    public Sender sender(Sender usual) {
        return sender.apply(usual);
    }

    @Override
    public RandomGenerator serialNumbers(RandomGenerator usual) {
        return serialNumbers.apply(usual);
    }
}
