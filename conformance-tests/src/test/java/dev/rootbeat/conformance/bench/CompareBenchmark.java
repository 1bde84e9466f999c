package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.server.store.memory.MemoryStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the server does for a heartbeat without a disk: decode, judge, compare what is wanted with what is reported,
 * answer. What the device encodes and decodes is in it too.
 */
public class CompareBenchmark {

    /** Devices of which nothing is wanted. */
    @State(Scope.Benchmark)
    public static class Idle {

        private final Fleet fleet = Fleet.idle(new MemoryStore());
        private final Fleet.Turns devices = fleet.all();

        /** Ends the fleet. */
        @TearDown
        public void close() {
            fleet.close();
        }
    }

    /** Devices that are due for renewal. */
    @State(Scope.Benchmark)
    public static class Renewing {

        private final Fleet fleet = Fleet.renewing(new MemoryStore());
        private final Fleet.Turns devices = fleet.all();

        /** Ends the fleet. */
        @TearDown
        public void close() {
            fleet.close();
        }
    }

    /** A heartbeat that changes nothing. */
    @Benchmark
    public Reply idle(Idle state) {
        return state.devices.next().beat(state.fleet.service()).join();
    }

    /** A heartbeat that brings a renewed certificate, and its result. */
    @Benchmark
    public Reply renewal(Renewing state) {
        return state.devices.next().renew(state.fleet.service()).join();
    }
}
