package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.server.store.sql.SqlStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * The same heartbeats over CoAP and DTLS on real sockets, the devices in the same process on one thread, the server's
 * data in an SQLite file; and as their limit requests that the server answers at once, without a look at them.
 */
public class ChannelBenchmark {

    /** Devices of a thread that have a request under way at one time. */
    private static final int BURST = 16;

    /** Requests that are answered at once. */
    @State(Scope.Benchmark)
    public static class Bare {

        private static final Bytes REPLY = Codec.encode(new Reply(
                Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(1), DeviceStatus.SEALED, List.of(), List.of()));

        private final MemoryStore store = new MemoryStore();
        private final Fleet fleet = Fleet.idle(store);
        private final Wire wire = new Wire((_, _, answer) -> answer.accept(Response.changed(REPLY)));

        /** Closes the sockets. */
        @TearDown
        public void close() {
            wire.close();
            fleet.close();
            store.close();
        }
    }

    /** Devices of which nothing is wanted. */
    @State(Scope.Benchmark)
    public static class Idle {

        private final ScratchFolder folder = ScratchFolder.create();
        private final SqlStore store = SqlStore.open(folder.file("server.db"));
        private final Fleet fleet = Fleet.idle(store);
        private final Wire wire =
                new Wire((peer, request, answer) -> fleet.later().handle(peer, request, answer));

        /** Closes the sockets and removes the file. */
        @TearDown
        public void close() throws IOException {
            wire.close();
            fleet.close();
            store.close();
            folder.delete();
        }
    }

    /** Devices that are due for renewal. */
    @State(Scope.Benchmark)
    public static class Renewing {

        private final ScratchFolder folder = ScratchFolder.create();
        private final SqlStore store = SqlStore.open(folder.file("server.db"));
        private final Fleet fleet = Fleet.renewing(store);
        private final Wire wire =
                new Wire((peer, request, answer) -> fleet.later().handle(peer, request, answer));

        /** Closes the sockets and removes the file. */
        @TearDown
        public void close() throws IOException {
            wire.close();
            fleet.close();
            store.close();
            folder.delete();
        }
    }

    /** A thread's own devices, in turn. */
    @State(Scope.Thread)
    public static class Caller {

        private Fleet.@Nullable Turns devices;

        private Peer next(Fleet fleet) {
            if (devices == null) {
                devices = fleet.slice();
            }
            return devices.next();
        }
    }

    /** Requests as large as heartbeats, and answers as large as replies. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(BURST)
    public List<Reply> bareOf256AtOnce(Bare state, Caller caller) {
        return burst(state.fleet, state.wire, caller);
    }

    /** Heartbeats that bring nothing. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(BURST)
    public List<Reply> idleOf256AtOnce(Idle state, Caller caller) {
        return burst(state.fleet, state.wire, caller);
    }

    /** Heartbeats that bring a renewed certificate each, and its result. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public Reply renewalOf16AtOnce(Renewing state, Caller caller) {
        return caller.next(state.fleet).renew(state.wire);
    }

    private static List<Reply> burst(Fleet fleet, Wire wire, Caller caller) {
        var replies = new ArrayList<CompletableFuture<Reply>>(BURST);
        for (int i = 0; i < BURST; i++) {
            replies.add(caller.next(fleet).beat(wire));
        }
        return replies.stream().map(CompletableFuture::join).toList();
    }
}
