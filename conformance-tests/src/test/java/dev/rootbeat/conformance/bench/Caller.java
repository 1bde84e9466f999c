package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A thread that speaks for devices of its own, in turn. */
@State(Scope.Thread)
public class Caller {

    /** Devices of a thread that have something under way at one time, where it does not wait for each. */
    static final int BURST = 16;

    private Fleet.@Nullable Turns devices;

    /** One device does something. */
    Reply one(Fleet fleet, RequestHandler server, BiFunction<Peer, RequestHandler, CompletableFuture<Reply>> deed) {
        return deed.apply(next(fleet), server).join();
    }

    /** So many devices do something at once. */
    List<Reply> burst(
            Fleet fleet, RequestHandler server, BiFunction<Peer, RequestHandler, CompletableFuture<Reply>> deed) {
        var replies = new ArrayList<CompletableFuture<Reply>>(BURST);
        for (int i = 0; i < BURST; i++) {
            replies.add(deed.apply(next(fleet), server));
        }
        return replies.stream().map(CompletableFuture::join).toList();
    }

    private Peer next(Fleet fleet) {
        if (devices == null) {
            devices = fleet.slice();
        }
        return devices.next();
    }
}
