package dev.rootbeat.sim;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final ScheduledExecutorService executor = time.executor("device 1");
    private final List<String> ran = new ArrayList<>();

    @Test
    void events_run_by_instant_and_then_by_submission() {
        later("third", 2);
        later("first", 1);
        later("fourth", 2);
        later("second", 1);
        executor.execute(() -> ran.add("at once"));

        while (time.step()) {}

        assertThat(ran).containsExactly("at once", "first", "second", "third", "fourth");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void a_task_sees_the_instant_that_it_was_scheduled_for() {
        var seen = new ArrayList<Instant>();
        var _ = executor.schedule(() -> seen.add(time.instant()), 1, NANOSECONDS);
        var _ = executor.schedule(() -> seen.add(time.instant()), 90, SECONDS);

        time.runFor(Duration.ofDays(365));

        assertThat(seen).containsExactly(START.plusNanos(1), START.plusSeconds(90));
        assertThat(time.instant()).isEqualTo(START.plus(Duration.ofDays(365)));
    }

    @Test
    void a_run_includes_its_end_and_nothing_after_it() {
        later("at the end", 10);
        later("too late", 11);

        time.runUntil(START.plusSeconds(10));

        assertThat(ran).containsExactly("at the end");
        assertThat(time.pending()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> time.runUntil(START));
    }

    @Test
    void a_run_for_a_condition_stops_at_the_event_that_brings_it() {
        later("a", 1);
        later("b", 2);
        later("c", 3);

        assertThat(time.runUntil(() -> ran.contains("b"), Duration.ofHours(1))).isTrue();
        assertThat(time.instant()).isEqualTo(START.plusSeconds(2));
        assertThat(time.runUntil(() -> ran.contains("z"), Duration.ofHours(1))).isFalse();
        assertThat(time.instant()).isEqualTo(START.plusSeconds(3602));
    }

    @Test
    void an_event_in_the_past_or_beyond_the_clock_keeps_its_order() {
        var _ = executor.schedule(() -> ran.add("never"), Long.MAX_VALUE, SECONDS);
        later("now", -5);

        time.runFor(Duration.ofDays(36_500));

        assertThat(ran).containsExactly("now");
    }

    @Test
    void a_periodic_task_runs_until_it_is_cancelled_also_by_itself() {
        var ticks = new ArrayList<Instant>();
        ScheduledFuture<?> other = executor.scheduleWithFixedDelay(() -> ran.add("tick"), 0, 2, SECONDS);
        var self = new ArrayList<Future<?>>();
        self.add(executor.scheduleAtFixedRate(
                () -> {
                    ticks.add(time.instant());
                    if (ticks.size() == 3) {
                        self.getFirst().cancel(false);
                    }
                },
                10,
                5,
                SECONDS));
        time.runUntil(START.plusSeconds(5));
        other.cancel(false);
        time.runFor(Duration.ofDays(1));

        assertThat(ran).hasSize(3);
        assertThat(ticks).containsExactly(START.plusSeconds(10), START.plusSeconds(15), START.plusSeconds(20));
        assertThat(self.getFirst().isCancelled()).isTrue();
        assertThat(time.pending()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> executor.scheduleAtFixedRate(() -> {}, 0, 0, SECONDS));
    }

    @Test
    void cancelled_tasks_neither_run_nor_count_nor_pile_up() {
        var tasks = new ArrayList<Future<?>>();
        for (int i = 0; i < 10_000; i++) {
            tasks.add(executor.schedule(() -> ran.add("cancelled"), 1, SECONDS));
        }
        later("kept", 1);
        for (Future<?> task : tasks) {
            assertThat(task.cancel(true)).isTrue();
            assertThat(task.cancel(true)).isFalse();
        }

        assertThat(time.pending()).isEqualTo(1);
        assertThat(time.step()).isTrue();
        assertThat(time.step()).isFalse();
        assertThat(ran).containsExactly("kept");
    }

    @Test
    void a_shutdown_at_once_cancels_the_tasks_of_its_owner_only() {
        ScheduledExecutorService other = time.executor("device 2");
        var _ = other.schedule(() -> ran.add("device 2"), 1, SECONDS);
        Future<?> task = executor.schedule(() -> ran.add("device 1"), 1, SECONDS);
        var _ = executor.scheduleAtFixedRate(() -> ran.add("device 1 again"), 1, 1, SECONDS);

        assertThat(executor.shutdownNow()).hasSize(2);
        time.runFor(Duration.ofMinutes(1));

        assertThat(ran).containsExactly("device 2");
        assertThat(task.isCancelled()).isTrue();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(other.isShutdown()).isFalse();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> executor.execute(() -> {}))
                .withMessageContaining("device 1");
    }

    @Test
    void a_shutdown_at_once_returns_what_still_waits_by_submission() {
        Future<?> a = executor.schedule(() -> ran.add("a"), 1, SECONDS);
        Future<?> b = executor.schedule(() -> ran.add("b"), 9, SECONDS);
        Future<?> c = executor.schedule(() -> ran.add("c"), 3, SECONDS);
        Future<?> d = executor.schedule(() -> ran.add("d"), 4, SECONDS);
        Future<?> e = executor.schedule(() -> ran.add("e"), 5, SECONDS);
        c.cancel(false);
        e.cancel(false);
        time.runFor(Duration.ofSeconds(2));

        assertThat(a.isDone()).isTrue();
        assertThat(executor.shutdownNow()).isEqualTo(List.of(b, d));
    }

    @Test
    void a_periodic_task_that_shuts_its_executor_down_does_not_come_back() {
        var _ = executor.scheduleAtFixedRate(
                () -> {
                    ran.add("tick");
                    executor.shutdownNow();
                },
                1,
                1,
                SECONDS);

        time.runFor(Duration.ofMinutes(1));

        assertThat(ran).containsExactly("tick");
        assertThat(executor.isTerminated()).isTrue();
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_orderly_shutdown_lets_delayed_tasks_run_and_ends_periodic_ones() throws InterruptedException {
        later("delayed", 1);
        var _ = executor.scheduleAtFixedRate(() -> ran.add("periodic"), 1, 1, SECONDS);

        executor.shutdown();
        assertThat(executor.isTerminated()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> executor.awaitTermination(1, SECONDS));
        time.runFor(Duration.ofMinutes(1));

        assertThat(ran).containsExactly("delayed");
        assertThat(executor.isTerminated()).isTrue();
        assertThat(executor.awaitTermination(1, SECONDS)).isTrue();
    }

    @Test
    void what_a_task_throws_ends_the_run_and_the_next_run_goes_on() {
        executor.execute(() -> {
            throw new AssertionError("the certificate is gone");
        });
        var _ = executor.submit((Runnable) () -> {
            throw new IllegalStateException("the slot is empty");
        });
        later("afterwards", 1);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(time::step).withMessage("the certificate is gone");
        assertThatIllegalStateException().isThrownBy(time::step).withMessage("the slot is empty");
        assertThat(time.step()).isTrue();
        assertThat(ran).containsExactly("afterwards");
    }

    @Test
    void the_future_of_a_callable_tells_its_value_or_its_failure() throws Exception {
        Future<String> value = executor.submit(() -> "value");
        Future<String> failure = executor.schedule(
                (Callable<String>) () -> {
                    throw new java.io.IOException("broken");
                },
                1,
                SECONDS);
        Future<?> cancelled = executor.submit(() -> "never");
        cancelled.cancel(false);

        time.runFor(Duration.ofSeconds(1));

        assertThat(value.get()).isEqualTo("value");
        assertThat(value.resultNow()).isEqualTo("value");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(failure::get)
                .withMessageContaining("broken");
        assertThatExceptionOfType(CancellationException.class).isThrownBy(cancelled::get);
    }

    @Test
    void waiting_for_a_task_fails_at_once_instead_of_hanging() {
        Future<String> later = executor.schedule(() -> "value", 1, SECONDS);
        executor.execute(() -> {
            try {
                later.get(1, MILLISECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThatIllegalStateException().isThrownBy(time::step).withMessageContaining("virtual time stands still");
        assertThatIllegalStateException().isThrownBy(() -> executor.invokeAll(List.of()));
        assertThatIllegalStateException().isThrownBy(() -> executor.invokeAny(List.of(() -> "value")));
    }

    @Test
    void time_cannot_be_run_from_inside_an_event() {
        executor.execute(time::step);
        assertThatIllegalStateException().isThrownBy(time::step).withMessageContaining("inside an event");
    }

    @Test
    void the_hook_runs_after_every_event_and_its_failure_ends_the_run() {
        time.afterEveryEvent(() -> {
            if (ran.size() == 2) {
                throw new AssertionError("promise 2 is broken at " + time.instant());
            }
        });
        later("a", 1);
        later("b", 2);
        later("c", 3);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> time.runFor(Duration.ofMinutes(1)))
                .withMessage("promise 2 is broken at 2026-01-01T00:00:02Z");
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void one_seed_gives_one_run() {
        assertThat(randomRun(7))
                .hasSizeGreaterThan(1000)
                .isEqualTo(randomRun(7))
                .isNotEqualTo(randomRun(8));
    }

    @Test
    void a_stepped_clock_jumps_while_its_base_and_the_timers_go_on() {
        var clock = new SteppedClock(time);
        later("timer", 10);
        time.runFor(Duration.ofSeconds(5));

        clock.step(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5 - 3600));
        clock.step(Duration.ofMinutes(30));
        time.runFor(Duration.ofSeconds(5));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10 - 1800));
        assertThat(ran).containsExactly("timer");
    }

    private void later(String name, long seconds) {
        var _ = executor.schedule(() -> ran.add(name), seconds, SECONDS);
    }

    /** Tasks that schedule and cancel others at random; returns what ran when. */
    private static List<String> randomRun(long seed) {
        var world = new VirtualTime(START);
        var random = new Random(seed);
        var trace = new ArrayList<String>();
        var tasks = new ArrayList<Future<?>>();
        for (int device = 0; device < 10; device++) {
            String name = "device " + device;
            ScheduledExecutorService own = world.executor(name);
            own.execute(new Runnable() {
                @Override
                public void run() {
                    trace.add(world.instant() + " " + name);
                    tasks.add(own.schedule(this, random.nextInt(50), MILLISECONDS));
                    tasks.add(own.schedule(this, random.nextInt(50), MILLISECONDS));
                    tasks.get(random.nextInt(tasks.size())).cancel(false);
                }
            });
        }
        for (int i = 0; i < 2000 && world.step(); i++) {}
        return trace;
    }
}
