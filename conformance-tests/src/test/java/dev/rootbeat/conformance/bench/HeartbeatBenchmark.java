package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.server.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Heartbeats of devices whose server keeps its data in an SQLite file: every one is durable before its reply comes. Those
 * that wait at one time share a commit, so the more devices, the more heartbeats a commit carries. Their limit on real
 * sockets are requests that the server answers at once, without a look at them.
 */
public class HeartbeatBenchmark {

    /** Requests that are answered at once. */
    @State(Scope.Benchmark)
    public static class Bare {

        private static final Bytes REPLY = Codec.encode(new Reply(
                Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(1), DeviceStatus.SEALED, List.of(), List.of()));

        private final Fleet fleet = Fleet.idle(new MemoryStore());
        private final Wire wire = new Wire((_, _, answer) -> answer.accept(Response.changed(REPLY)));

        /** Closes the sockets. */
        @TearDown
        public void close() {
            wire.close();
            fleet.close();
        }
    }

    /** Devices of which nothing is wanted. */
    public static class Idle extends Served {
        /** Makes them. */
        public Idle() {
            super(Fleet::idle);
        }
    }

    /** Devices that are due for renewal. */
    public static class Renewing extends Served {
        /** Makes them. */
        public Renewing() {
            super(Fleet::renewing);
        }
    }

    /** Requests as large as heartbeats, and answers as large as replies, of 256 devices at a time. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(Caller.BURST)
    public List<Reply> bareOf256AtOnce(Bare bare, Caller caller) {
        return caller.burst(bare.fleet, bare.wire, Peer::beat);
    }

    /** Heartbeats that bring nothing, one at a time. */
    @Benchmark
    public Reply idleOfOne(Idle idle, Caller caller) {
        return caller.one(idle.fleet(), idle.server(), Peer::beat);
    }

    /** The same of 256 devices at a time. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(Caller.BURST)
    public List<Reply> idleOf256AtOnce(Idle idle, Caller caller) {
        return caller.burst(idle.fleet(), idle.server(), Peer::beat);
    }

    /** Heartbeats that bring a renewed certificate each, registered, and its result: two commits, of 16 devices at a time. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public Reply renewalOf16AtOnce(Renewing renewing, Caller caller) {
        return caller.one(renewing.fleet(), renewing.server(), Peer::renew);
    }

    /** The same of 256 devices at a time. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(Caller.BURST)
    public List<Reply> renewalOf256AtOnce(Renewing renewing, Caller caller) {
        return caller.burst(renewing.fleet(), renewing.server(), Peer::renew);
    }
}
