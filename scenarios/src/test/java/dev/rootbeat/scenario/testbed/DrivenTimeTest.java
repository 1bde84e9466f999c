package dev.rootbeat.scenario.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Virtual time that waits for what is on its way over sockets. */
class DrivenTimeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final DrivenTime driven = new DrivenTime(time);
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void end() {
        elsewhere.close();
    }

    @Test
    void time_stands_still_until_an_answer_has_come_and_been_read() {
        var answer = new CompletableFuture<String>();
        after(Duration.ofHours(1), () -> see("an hour has passed"));
        var _ = driven.over(answer).thenAccept(this::see);
        elsewhere.execute(() -> answer.complete("answered"));

        pass(Duration.ofDays(1));

        assertThat(seen).containsExactly("PT0S answered", "PT1H an hour has passed");
        assertThat(time.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void what_nobody_answers_holds_time_up_for_a_moment_only() {
        var answer = new CompletableFuture<String>();
        var _ = driven.over(answer).thenAccept(this::see);
        after(Duration.ofHours(1), () -> elsewhere.execute(() -> answer.complete("answered at last")));
        after(Duration.ofHours(2), () -> see("two hours have passed"));

        pass(Duration.ofDays(1));

        assertThat(seen).containsExactly("PT1H answered at last", "PT2H two hours have passed");
    }

    @Test
    void tasks_of_other_threads_run_in_this_time_on_the_thread_that_drives_it() {
        var executor = driven.open("server", 2);
        Thread driver = Thread.currentThread();
        CompletableFuture.runAsync(
                        () -> {
                            var _ = executor.schedule(
                                    () -> see(Thread.currentThread() == driver ? "here" : "elsewhere"),
                                    5,
                                    TimeUnit.MINUTES);
                        },
                        elsewhere)
                .join();
        var cancelled = executor.schedule(() -> see("cancelled"), 6, TimeUnit.MINUTES);
        cancelled.cancel(false);

        pass(Duration.ofDays(1));
        executor.shutdownNow();
        CompletableFuture.runAsync(() -> executor.execute(() -> see("after the end")), elsewhere)
                .join();
        pass(Duration.ofDays(1));

        assertThat(seen).containsExactly("PT5M here");
        assertThat(executor.isTerminated()).isTrue();
    }

    private void see(String what) {
        seen.add(Duration.between(START, time.instant()) + " " + what);
    }

    private void after(Duration delay, Runnable what) {
        var _ = time.executor("test").schedule(what, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pass(Duration span) {
        time.runUntil(
                () -> {
                    driven.settle();
                    return false;
                },
                span);
    }
}
