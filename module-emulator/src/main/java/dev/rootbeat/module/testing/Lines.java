package dev.rootbeat.module.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Lines in the order in which they came, and who waits for some that have not. On the module's thread. */
final class Lines {

    private record Wait(String beginning, CompletableFuture<String> line) {}

    private final List<String> all = new ArrayList<>();
    private final List<String> untaken = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();

    void add(String line) {
        all.add(line);
        waits.removeIf(wait -> wait.line.isDone()); // given up
        for (Wait wait : waits) {
            if (line.startsWith(wait.beginning)) {
                waits.remove(wait);
                wait.line.complete(line);
                return;
            }
        }
        untaken.add(line);
    }

    List<String> all() {
        return List.copyOf(all);
    }

    /** Waits for a line, which is then taken. */
    String await(TestBench bench, String beginning, Duration atMost) {
        CompletableFuture<String> line = bench.call(() -> take(beginning));
        if (bench.await(line, atMost)) {
            return line.join();
        }
        throw new AssertionError("no line " + beginning + " within " + atMost + "; there were "
                + bench.call(() -> {
                    line.cancel(false);
                    return all();
                }));
    }

    /** The first line that begins so and was not taken before, now or later. Who gives up waiting cancels it. */
    CompletableFuture<String> take(String beginning) {
        for (String line : untaken) {
            if (line.startsWith(beginning)) {
                untaken.remove(line);
                return CompletableFuture.completedFuture(line);
            }
        }
        var line = new CompletableFuture<String>();
        waits.add(new Wait(beginning, line));
        return line;
    }
}
