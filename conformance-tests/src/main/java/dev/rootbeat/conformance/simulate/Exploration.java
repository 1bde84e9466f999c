package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.simulate.State.Arrival;
import dev.rootbeat.conformance.simulate.State.Way;
import dev.rootbeat.conformance.world.Choice;
import dev.rootbeat.conformance.world.Scope;
import dev.rootbeat.conformance.world.SharedP256;
import dev.rootbeat.conformance.world.SmallWorld;
import dev.rootbeat.conformance.world.SmallWorld.Moment;
import dev.rootbeat.rot.protocol.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lives through all histories of a {@link Scope}. States that are equal are one: what can happen in it is tried once,
 * each time in a world of its own, which goes on, while nothing else happens, until it comes to a state that was seen
 * before. Those with the fewest operations and faults come first, so the first failure is a smallest one.
 */
final class Exploration {

    private static final int THREADS = 2;

    /** A new key takes two healthy heartbeats, and the server knows of it at the third (promise 6). */
    private static final int HEALING = 3;

    /**
     * How far a search is.
     *
     * @param worlds how many were begun
     * @param states how many different ones were seen
     * @param waiting how many things that can happen were not tried yet
     */
    record Count(int worlds, int states, int waiting) {}

    /**
     * What came of it.
     *
     * @param histories how many different ones were lived through
     * @param broken a smallest history that breaks a promise; null if there is none
     */
    record Verdict(Count count, BigInteger histories, SmallWorld.@Nullable Broken broken) {}

    private final Scope scope;
    private final SharedP256 p256 = new SharedP256();
    private final Map<Bytes, State> states = new HashMap<>();
    private final PriorityQueue<Way> waiting = new PriorityQueue<>(Way.ORDER);
    private final State root = new State(List.of(new Choice.Nothing()), false, false);
    private int running;
    private int worlds;
    private SmallWorld.@Nullable Broken broken;

    private Exploration(Scope scope) {
        this.scope = scope;
    }

    /** Lives through all histories, or until one breaks a promise; tells how far it is after every world. */
    static Verdict of(Scope scope, Consumer<Count> progress) throws InterruptedException {
        var exploration = new Exploration(scope);
        Way first = Way.first(exploration.root);
        exploration.waiting.add(first);
        exploration.root.arrived(new Arrival(0, 0, 0, first));
        ExecutorService threads = Executors.newFixedThreadPool(
                THREADS,
                Thread.ofPlatform().name(TimeShares.THREADS, 0).daemon().factory());
        try {
            var searches = new ArrayList<Future<?>>();
            for (int i = 0; i < THREADS; i++) {
                searches.add(threads.submit(() -> exploration.search(progress)));
            }
            for (Future<?> search : searches) {
                search.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a world could not be lived through", e);
        } finally {
            threads.shutdownNow();
            threads.close();
        }
        if (exploration.broken == null) {
            exploration.heal();
        }
        BigInteger histories = exploration.broken == null ? Histories.count(scope, exploration.root) : BigInteger.ZERO;
        return new Verdict(exploration.count(), histories, exploration.broken);
    }

    private void search(Consumer<Count> progress) {
        for (Way way = next(); way != null; way = next()) {
            try {
                SmallWorld.live(scope, p256, new Follower(way));
            } catch (SmallWorld.Broken e) {
                failed(e);
            } finally {
                done();
            }
            progress.accept(count());
        }
    }

    private synchronized @Nullable Way next() {
        while (waiting.isEmpty() && running > 0 && broken == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        if (waiting.isEmpty() || broken != null) {
            return null;
        }
        running++;
        worlds++;
        return waiting.remove();
    }

    private synchronized void done() {
        running--;
        notifyAll();
    }

    private synchronized Count count() {
        return new Count(worlds, states.size(), waiting.size());
    }

    private synchronized void failed(SmallWorld.Broken failure) {
        if (broken == null
                || failure.story().steps().size() < broken.story().steps().size()) {
            broken = failure;
        }
    }

    /** Follows a history to its end, and then the way on which nothing happens, to a state that was seen before. */
    private final class Follower implements SmallWorld.Decision {
        private final int[] known;
        private State last;
        private int choice;
        private int accepted;
        private int made;

        Follower(Way way) {
            this.known = way.choices();
            this.last = way.at();
            this.choice = way.choice();
        }

        @Override
        public int choose(Moment moment) {
            if (made < known.length) {
                accepted = moment.accepted();
                return known[made++];
            }
            Bytes digest = moment.state().get();
            synchronized (Exploration.this) {
                State seen = states.get(digest);
                State there = seen == null ? new State(moment.choices(), moment.isBeat(), moment.isWell()) : seen;
                states.putIfAbsent(digest, there);
                last.leadsTo(choice, there, moment.accepted() - accepted);
                last.arrivals().forEach(arrival -> reach(arrival, last, choice));
                last = there;
                choice = 0;
                accepted = moment.accepted();
                return seen == null ? 0 : -1;
            }
        }
    }

    /** Goes on from a state by a choice, if that may happen: what can happen then is tried, unless it was. */
    private void reach(Arrival arrival, State from, int choice) {
        State there = from.next(choice);
        if (there == null || !arrival.allows(from.choices().get(choice), scope)) {
            return;
        }
        Way way = from == root ? arrival.way() : arrival.way().then(from, choice);
        Arrival next = arrival.by(way, there, scope);
        if (!there.arrived(next)) {
            return;
        }
        for (int other = 0; other < there.choices().size(); other++) {
            if (other > 0 && next.allows(there.choices().get(other), scope) && there.firstTry(other)) {
                waiting.add(way.then(there, other));
            }
            reach(next, there, other);
        }
    }

    /** Looks whether everything that can happen becomes well again soon enough (promise 6). */
    private void heal() {
        states.values().stream()
                .flatMap(state -> IntStream.range(1, state.choices().size())
                        .filter(choice -> state.next(choice) != null && state.healing(choice, HEALING) > HEALING)
                        .mapToObj(choice -> state.arrivals().getFirst().way().then(state, choice)))
                .min(Way.ORDER)
                .ifPresent(this::tellUnhealed);
    }

    private void tellUnhealed(Way way) {
        int[] known = way.choices();
        var made = new int[2];
        try {
            SmallWorld.Story story = SmallWorld.live(scope, p256, moment -> {
                if (made[0] < known.length) {
                    made[1] = moment.accepted();
                    return known[made[0]++];
                }
                return moment.accepted() > made[1] + HEALING ? -1 : 0;
            });
            broken = new SmallWorld.Broken(
                    HEALING + " heartbeats were accepted since then, and not all is well (promise 6)", story);
        } catch (SmallWorld.Broken e) {
            broken = e;
        }
    }
}
