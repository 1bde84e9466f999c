package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Reply;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Threads;

/**
 * Heartbeats on SQLite: every one is durable before its reply comes. Callers that wait at one time share a commit, so
 * the more callers, the more heartbeats a commit carries.
 */
public class StoreBenchmark {

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

    /** One caller, who waits for every reply. */
    @Benchmark
    public Reply idleOfOneCaller(Idle idle, Caller caller) {
        return caller.one(idle.fleet(), idle.server(), Peer::beat);
    }

    /** Sixteen callers, who wait for every reply. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public Reply idleOf16Callers(Idle idle, Caller caller) {
        return caller.one(idle.fleet(), idle.server(), Peer::beat);
    }

    /** Sixteen callers who have sixteen heartbeats under way each. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(Caller.BURST)
    public List<Reply> idleOf256AtOnce(Idle idle, Caller caller) {
        return caller.burst(idle.fleet(), idle.server(), Peer::beat);
    }

    /** Sixteen callers, each with a heartbeat that brings a renewed certificate, registered, and its result: two commits. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    public Reply renewalOf16Callers(Renewing renewing, Caller caller) {
        return caller.one(renewing.fleet(), renewing.server(), Peer::renew);
    }

    /** Sixteen callers who have sixteen renewals under way each. */
    @Benchmark
    @Threads(Fleet.MAX_THREADS)
    @OperationsPerInvocation(Caller.BURST)
    public List<Reply> renewalOf256AtOnce(Renewing renewing, Caller caller) {
        return caller.burst(renewing.fleet(), renewing.server(), Peer::renew);
    }
}
