package dev.rootbeat.conformance.world;

import dev.rootbeat.module.DeviceParts;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;

/** A device's behaviour, watched: what it sends and hears, and what runs on it. */
record WatchedBehaviour(Behaviour inner, World world) implements Behaviour {

    /** What the device is made of. */
    DeviceParts parts() {
        return DeviceParts.of(inner);
    }

    @Override
    public Heartbeat heartbeat(RotPublicUid device, Heartbeat heartbeat) {
        Heartbeat sent = inner.heartbeat(device, heartbeat);
        world.promises().beats(device, sent);
        if (sent.seal() != null) {
            world.promises().seals(device, sent.seal());
        }
        return sent;
    }

    @Override
    public Results results(RotPublicUid device, Results results) {
        return inner.results(device, results);
    }

    @Override
    public Reply reply(RotPublicUid device, Reply reply) {
        world.promises().heard(device, reply);
        return inner.reply(device, reply);
    }

    @Override
    public Command command(RotPublicUid device, Command command) {
        return inner.command(device, command);
    }

    @Override
    public Result result(RotPublicUid device, Command command, Result result) {
        world.promises().touch(device);
        world.note(device, command.getClass().getSimpleName(), result.getClass().getSimpleName());
        return inner.result(device, command, result);
    }
}
