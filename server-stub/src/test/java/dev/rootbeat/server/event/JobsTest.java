package dev.rootbeat.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JobsTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime(START);
    private final MemoryStore store = new MemoryStore();
    private final List<String> log = new ArrayList<>();

    @Test
    void a_new_job_runs_at_once_and_then_when_it_is_due_to_the_nanosecond() {
        start("a", logging("backup", now -> now.plus(DAY).plusNanos(1)));
        time.runFor(DAY.multipliedBy(2).plusNanos(2));
        assertThat(log)
                .containsExactly(
                        "backup 2026-11-24T00:00:00Z",
                        "backup 2026-11-25T00:00:00.000000001Z",
                        "backup 2026-11-26T00:00:00.000000002Z");
    }

    @Test
    void a_job_that_was_missed_while_the_server_was_down_runs_once_when_it_starts() {
        ScheduledExecutorService first = start("a", logging("backup", now -> START.plus(DAY)));
        time.runFor(LOOK);
        first.shutdownNow();
        time.runFor(Duration.ofDays(3));
        log.clear();
        start("b", logging("backup", now -> now.plus(DAY)));
        time.runFor(LOOK);
        assertThat(log).containsExactly("backup 2026-11-27T01:00:00Z");
    }

    @Test
    void a_job_that_is_not_due_yet_does_not_run_at_a_restart() {
        start("a", logging("backup", now -> START.plus(DAY))).shutdown();
        time.runFor(LOOK);
        log.clear();
        start("b", logging("backup", now -> now.plus(DAY)));
        time.runFor(DAY.minus(LOOK).minusNanos(1));
        assertThat(log).isEmpty();
    }

    @Test
    void several_processes_on_one_store_run_a_job_once() {
        for (String process : List.of("a", "b", "c")) {
            start(process, logging("backup", now -> now.plus(DAY)));
        }
        time.runFor(DAY.multipliedBy(9));
        assertThat(log).hasSize(10);
        assertThat(log).doesNotHaveDuplicates();
    }

    @Test
    void what_is_left_of_a_batch_follows_at_once() {
        start(
                "a",
                logging("batch", now -> log.size() < 3 ? now : now.plus(DAY)),
                logging("other", now -> now.plus(DAY)));
        time.runFor(LOOK);
        assertThat(log)
                .containsExactly(
                        "batch 2026-11-24T00:00:00Z", "other 2026-11-24T00:00:00Z", "batch 2026-11-24T00:00:00Z");
    }

    @Test
    void a_job_that_fails_leaves_nothing_behind_holds_nobody_up_and_is_tried_again() {
        Job failing = job("failing", (tx, now) -> {
            log.add("failing " + now);
            tx.save(new Consent("code", "root", false));
            throw new IllegalStateException("this failure belongs to the test");
        });
        start("a", failing, logging("healthy", now -> now.plus(DAY)));
        time.runFor(Jobs.REST_AFTER_FAILURE);
        assertThat(log)
                .containsExactly(
                        "failing 2026-11-24T00:00:00Z", "healthy 2026-11-24T00:00:00Z", "failing 2026-11-24T00:01:00Z");
        List<Optional<?>> left = store.read(view -> List.of(view.due("failing"), view.consent("code")));
        assertThat(left).containsOnly(Optional.empty());
    }

    @Test
    void what_comes_afterwards_finds_the_transaction_done() {
        Job job = job(
                "mail",
                (tx, now) ->
                        new Job.Outcome(now.plus(DAY), () -> log.add("due " + store.read(view -> view.due("mail")))));
        start("a", job);
        time.runFor(LOOK);
        assertThat(log).containsExactly("due Optional[2026-11-25T00:00:00Z]");
    }

    @Test
    void a_clock_that_is_set_forward_is_noticed_at_the_next_look() {
        var clock = new SteppedClock(time);
        new Jobs(store, clock, time.executor("a"), LOOK, List.of(logging("backup", now -> now.plus(DAY)))).start();
        time.runFor(LOOK.dividedBy(2));
        clock.step(DAY.multipliedBy(30));
        time.runFor(LOOK.dividedBy(2));
        assertThat(log).containsExactly("backup 2026-11-24T00:00:00Z", "backup 2026-12-24T01:00:00Z");
    }

    /** Starts a process. */
    private ScheduledExecutorService start(String name, Job... jobs) {
        ScheduledExecutorService executor = time.executor(name);
        new Jobs(store, time, executor, LOOK, List.of(jobs)).start();
        return executor;
    }

    private Job logging(String name, Function<Instant, Instant> next) {
        return job(name, (tx, now) -> {
            log.add(name + " " + now);
            return Job.Outcome.next(next.apply(now));
        });
    }

    private interface Run {
        Job.Outcome run(Transaction tx, Instant now);
    }

    private static Job job(String name, Run run) {
        return new Job() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Outcome run(Transaction tx, Instant now) {
                return run.run(tx, now);
            }
        };
    }
}
