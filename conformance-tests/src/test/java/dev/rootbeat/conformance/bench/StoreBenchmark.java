package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.server.store.sql.SqlStore;
import java.io.IOException;
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
 * Heartbeats on SQLite: every one is durable before its reply comes. Callers that wait at one time share a commit, so
 * the more callers, the more heartbeats a commit carries.
 */
public class StoreBenchmark {

    /** Heartbeats that a thread has under way at one time, where it does not wait for each. */
    private static final int BURST = 16;

    /** Devices of which nothing is wanted, in a file. */
    @State(Scope.Benchmark)
    public static class Idle {

        private final ScratchFolder folder = ScratchFolder.create();
        private final SqlStore store = SqlStore.open(folder.file("server.db"));
        private final Fleet fleet = Fleet.idle(store);

        /** Closes and removes the file. */
        @TearDown
        public void close() throws IOException {
            fleet.close();
            store.close();
            folder.delete();
        }
    }

    /** Devices that are due for renewal, in a file. */
    @State(Scope.Benchmark)
    public static class Renewing {

        private final ScratchFolder folder = ScratchFolder.create();
        private final SqlStore store = SqlStore.open(folder.file("server.db"));
        private final Fleet fleet = Fleet.renewing(store);

        /** Closes and removes the file. */
        @TearDown
        public void close() throws IOException {
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

    /** One caller, who waits for every reply. */
    @Benchmark
    public Reply idleOfOneCaller(Idle state, Caller caller) {
        return caller.next(state.fleet).beat(state.fleet.later()).join();
    }

    /** Sixteen callers, who wait for every reply. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public Reply idleOf16Callers(Idle state, Caller caller) {
        return caller.next(state.fleet).beat(state.fleet.later()).join();
    }

    /** Sixteen callers who have sixteen heartbeats under way each. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(BURST)
    public List<Reply> idleOf256AtOnce(Idle state, Caller caller) {
        var replies = new ArrayList<CompletableFuture<Reply>>(BURST);
        for (int i = 0; i < BURST; i++) {
            replies.add(caller.next(state.fleet).beat(state.fleet.later()));
        }
        return replies.stream().map(CompletableFuture::join).toList();
    }

    /** Sixteen callers, each with a heartbeat that brings a renewed certificate, registered, and its result: four commits. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public Reply renewalOf16Callers(Renewing state, Caller caller) {
        return caller.next(state.fleet).renew(state.fleet.later());
    }
}
