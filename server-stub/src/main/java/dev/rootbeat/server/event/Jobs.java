package dev.rootbeat.server.event;

import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs when they are due. The due times live in the store: a job that was missed while the server was down runs
 * when it starts, and of several processes on one database one runs it. Everything happens on the executor that is
 * passed in, one job at a time.
 */
public final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** A job that fails rests for so long, so that it does not fill the log. */
    static final Duration REST_AFTER_FAILURE = Duration.ofMinutes(1);

    private final Store store;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final Duration look;
    private final List<Job> jobs;
    private final Map<String, Instant> resting = new HashMap<>();

    /**
     * Assembles the jobs; nothing runs before {@link #start}. They end with the executor.
     *
     * @param clock tells what is due
     * @param executor runs the jobs, and waits between them
     * @param look how long to wait at most before looking again: clocks are set, and other processes change due times;
     *     only a job that is due costs a write
     */
    public Jobs(Store store, InstantSource clock, ScheduledExecutorService executor, Duration look, List<Job> jobs) {
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.look = look;
        this.jobs = List.copyOf(jobs);
    }

    /** Runs what is due, and goes on until the executor is shut down. */
    public void start() {
        executor.execute(this::lookRound);
    }

    private void lookRound() {
        Duration wait = look;
        for (Job job : jobs) {
            Instant now = clock.instant();
            Duration ofJob = Duration.between(now, runIfDue(job, now));
            wait = ofJob.compareTo(wait) < 0 ? ofJob : wait;
        }
        if (!executor.isShutdown()) {
            var _ = executor.schedule(this::lookRound, Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        }
    }

    /** Returns when the job is due next. */
    private Instant runIfDue(Job job, Instant now) {
        Instant rested = resting.getOrDefault(job.name(), now);
        if (now.isBefore(rested)) {
            return rested;
        }
        try {
            Instant due = store.read(view -> view.due(job.name())).orElse(now);
            return now.isBefore(due) ? due : run(job, now);
        } catch (RuntimeException e) {
            if (!executor.isShutdown()) {
                LOG.error("the job {} failed and will be tried again", job.name(), e);
            }
            resting.put(job.name(), now.plus(REST_AFTER_FAILURE));
            return now.plus(REST_AFTER_FAILURE);
        }
    }

    /** Runs a job unless another process was faster; then another look tells when it is due. */
    private Instant run(Job job, Instant now) {
        Job.Outcome outcome = store.write(tx -> {
                    if (!tx.claim(job.name(), now)) {
                        return Job.Outcome.next(now);
                    }
                    Job.Outcome ofRun = job.run(tx, now);
                    tx.save(new DueJob(job.name(), ofRun.next()));
                    return ofRun;
                })
                .join();
        outcome.afterwards().run();
        return outcome.next();
    }
}
