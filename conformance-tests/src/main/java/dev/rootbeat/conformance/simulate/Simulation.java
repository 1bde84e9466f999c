package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.Course;
import dev.rootbeat.conformance.world.FaultProfile;
import dev.rootbeat.conformance.world.Life;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.options.SidedBehaviours;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs with successive seeds, each a fleet that lives through what its seed draws. A large fleet is two worlds of half its
 * size, since one world is one thread; what comes of a run is the same however many threads there are.
 *
 * @param devices how many modules a run has
 * @param span how long a run takes, of virtual time
 * @param seed of the first run
 * @param runs how many runs there are
 * @param profile what is drawn from a seed: the same for all, or itself drawn
 * @param behaviour what sees and may change what passes
 * @param turn where a run turns out otherwise
 */
record Simulation(
        int devices,
        Duration span,
        long seed,
        int runs,
        LongFunction<FaultProfile> profile,
        SidedBehaviours behaviour,
        Optional<Turn> turn) {

    /** From so many on a fleet is two worlds: below, two threads would not be much faster than one. */
    static final int LARGE = 1_000;

    private static final int THREADS = 2;

    /** Every world begins at this instant. */
    static final Instant START = WorldSettings.of(0, 1).times().start();

    /**
     * What came of it.
     *
     * @param runs how many runs were made, the one that failed too
     * @param hash of all event logs, in order, up to the one that failed
     * @param lines of all event logs
     * @param failedSeed the seed of the run that failed; null if none did
     * @param reproduction what its failure comes down to; null if none failed
     */
    record Verdict(
            int runs,
            String hash,
            long lines,
            Trial.Counts counts,
            @Nullable Long failedSeed,
            Reduction.@Nullable Reproduction reproduction) {}

    /** From a line of the event log on another seed decides what happens. */
    record Turn(long line, long seed) {}

    /** How many worlds a run has. */
    int worlds() {
        return devices >= LARGE ? 2 : 1;
    }

    /**
     * Lives through all runs, or until one fails; cuts its failure short then.
     *
     * @param progress told of every world after every of its days, on several threads
     * @param reducing told before a failure is cut short
     */
    Verdict run(Consumer<World> progress, Consumer<Trial.Outcome.Broken> reducing) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(
                THREADS,
                Thread.ofPlatform().name(TimeShares.THREADS, 0).daemon().factory());
        try {
            var lives = new ArrayList<Future<Trial.Outcome>>();
            List<Trial> trials = trials();
            trials.forEach(trial -> lives.add(threads.submit(() -> trial.live(unlessCancelled(progress)))));
            var hashes = new StringBuilder();
            long lines = 0;
            Trial.Counts counts = Trial.Counts.NONE;
            for (int i = 0; i < trials.size(); i++) {
                switch (lives.get(i).get()) {
                    case Trial.Outcome.Kept kept -> {
                        hashes.append(kept.hash()).append('\n');
                        lines += kept.lines();
                        counts = counts.plus(kept.counts());
                    }
                    case Trial.Outcome.Broken broken -> {
                        lives.forEach(life -> life.cancel(true));
                        reducing.accept(broken);
                        hashes.append(broken.hash()).append('\n');
                        int run = i / worlds();
                        return new Verdict(
                                run + 1,
                                hash(hashes),
                                lines,
                                counts,
                                seed + run,
                                turn.isPresent()
                                        ? Reduction.none(trials.get(i), broken)
                                        : Reduction.reduce(trials.get(i), broken, START));
                    }
                }
            }
            return new Verdict(runs, hash(hashes), lines, counts, null, null);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a world could not be lived through", e);
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }

    /** What came of a world that nobody waits for any more does not matter, as long as it ends. */
    private static Consumer<World> unlessCancelled(Consumer<World> progress) {
        return world -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("another world has failed");
            }
            progress.accept(world);
        };
    }

    /** What is to be lived through. */
    List<Trial> trials() {
        var trials = new ArrayList<Trial>();
        for (int run = 0; run < runs; run++) {
            long ofRun = seed + run;
            FaultProfile faults = profile.apply(ofRun);
            var seeds = new SplittableRandom(ofRun);
            for (int world = 0; world < worlds(); world++) {
                int size = devices / worlds() + (world < devices % worlds() ? 1 : 0);
                long ofWorld = worlds() == 1 ? ofRun : seeds.nextLong();
                trials.add(new Trial(
                        ofWorld,
                        size,
                        null,
                        Course.draw(faults, ofWorld, size, span),
                        behaviour.device(),
                        behaviour.server(),
                        turn.map(other -> new Life.Fork(
                                        other.line(), other.seed(), Course.draw(faults, other.seed(), size, span)))
                                .orElse(null)));
            }
        }
        return trials;
    }

    private static String hash(CharSequence hashes) {
        return Bytes.of(hashes.toString().getBytes(StandardCharsets.UTF_8))
                .sha256()
                .hex();
    }
}
