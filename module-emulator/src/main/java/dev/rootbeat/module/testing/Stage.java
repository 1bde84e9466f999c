package dev.rootbeat.module.testing;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.real.PluggedModule;
import dev.rootbeat.module.real.RealWorld;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Where the module of a test runs, and how the test waits for it. */
sealed interface Stage extends TestBench, AutoCloseable {

    @Override
    void close();

    /** In virtual time the test is the module's thread. */
    record Virtual(VirtualTime time, Module module) implements Stage {

        @Override
        public <T> T call(Supplier<T> task) {
            return task.get();
        }

        @Override
        public boolean await(CompletableFuture<?> outcome, Duration atMost) {
            return time.runUntil(outcome::isDone, atMost);
        }

        @Override
        public void close() {
            module.close();
        }
    }

    /** In real time the module has a thread of its own. */
    record Real(RealWorld world, PluggedModule plugged) implements Stage {

        @Override
        public Module module() {
            return plugged.module();
        }

        @Override
        public <T> T call(Supplier<T> task) {
            return plugged.call(task);
        }

        @Override
        public boolean await(CompletableFuture<?> outcome, Duration atMost) {
            try {
                outcome.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            world.close();
        }
    }
}
