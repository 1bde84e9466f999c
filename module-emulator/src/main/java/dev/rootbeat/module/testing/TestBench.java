package dev.rootbeat.module.testing;

import dev.rootbeat.module.Module;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Where a module runs that a {@link TestHost} is plugged into, and how a test waits for it. */
public interface TestBench {

    /** The module. */
    Module module();

    /** Has the module's thread find something out. */
    <T> T call(Supplier<T> task);

    /** Has the module's thread do something. */
    default void run(Runnable task) {
        var _ = call(() -> {
            task.run();
            return true;
        });
    }

    /** Waits; returns whether the outcome is there in time. */
    boolean await(CompletableFuture<?> outcome, Duration atMost);
}
