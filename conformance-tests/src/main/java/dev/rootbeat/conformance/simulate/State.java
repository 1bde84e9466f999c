package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.Choice;
import dev.rootbeat.conformance.world.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state that small worlds were seen in, what can happen in it, and the states to which that leads. */
final class State {

    private final List<Choice> choices;
    private final boolean isBeat;
    private final boolean isWell;
    private final @Nullable State[] next;
    private final int[] accepted;
    private final BitSet tried = new BitSet();
    private final List<Arrival> arrivals = new ArrayList<>();

    /**
     * A state from which nothing leads on yet.
     *
     * @param isBeat whether a heartbeat begins in it
     * @param isWell whether device and server agree in it, and nothing is owed
     */
    State(List<Choice> choices, boolean isBeat, boolean isWell) {
        this.choices = choices;
        this.isBeat = isBeat;
        this.isWell = isWell;
        this.next = new State[choices.size()];
        this.accepted = new int[choices.size()];
    }

    /** What is chosen in a state, after what was chosen before. */
    record Way(@Nullable Way before, State at, int choice, int length, int deviations) {

        /** Where less happens comes first. */
        static final Comparator<Way> ORDER =
                Comparator.comparingInt(Way::deviations).thenComparingInt(Way::length);

        static Way first(State at) {
            return new Way(null, at, 0, 0, 0);
        }

        Way then(State there, int other) {
            return new Way(this, there, other, length + 1, deviations + (other == 0 ? 0 : 1));
        }

        /** All that is chosen after the first state. */
        int[] choices() {
            var all = new int[length];
            for (Way way = this; way.before != null; way = way.before) {
                all[way.length - 1] = way.choice;
            }
            return all;
        }
    }

    /** How a state was reached, with how much of what may happen. */
    record Arrival(int heartbeats, int operations, int faults, Way way) {

        boolean allows(Choice choice, Scope scope) {
            return switch (choice) {
                case Choice.Nothing _ -> true;
                case Choice.Ask _ -> heartbeats <= scope.heartbeats() && operations < scope.operations();
                case Choice.Lose _,
                        Choice.Repeat _,
                        Choice.Hold _,
                        Choice.KillServer _,
                        Choice.CutBefore _,
                        Choice.CutWithin _,
                        Choice.Reboot _ -> heartbeats <= scope.heartbeats() && faults < scope.faults();
            };
        }

        /** The arrival in the state to which a way leads. */
        Arrival by(Way on, State there, Scope scope) {
            Choice choice = on.at.choices.get(on.choice);
            boolean isNothing = choice instanceof Choice.Nothing;
            boolean isOperation = choice instanceof Choice.Ask;
            return new Arrival(
                    Math.min(heartbeats + (there.isBeat ? 1 : 0), scope.heartbeats() + 1),
                    operations + (isOperation ? 1 : 0),
                    faults + (isNothing || isOperation ? 0 : 1),
                    on);
        }

        private boolean isNoWorseThan(Arrival other) {
            return heartbeats <= other.heartbeats && operations <= other.operations && faults <= other.faults;
        }
    }

    List<Choice> choices() {
        return choices;
    }

    boolean isWell() {
        return isWell;
    }

    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Takes an arrival; returns whether more may happen after it than after all that were before. */
    boolean arrived(Arrival arrival) {
        if (arrivals.stream().anyMatch(before -> before.isNoWorseThan(arrival))) {
            return false;
        }
        arrivals.removeIf(arrival::isNoWorseThan);
        arrivals.add(arrival);
        return true;
    }

    /** Returns whether a choice is tried for the first time, and takes it as tried. */
    boolean firstTry(int choice) {
        boolean first = !tried.get(choice);
        tried.set(choice);
        return first;
    }

    /** A choice leads to a state; so many heartbeats are accepted on the way. */
    void leadsTo(int choice, State there, int heartbeats) {
        next[choice] = there;
        accepted[choice] = heartbeats;
    }

    @Nullable
    State next(int choice) {
        return next[choice];
    }

    /** How many heartbeats are accepted until all is well if a choice is made here and nothing happens then. */
    int healing(int choice, int atMost) {
        int heartbeats = choices.get(choice) instanceof Choice.Ask ? accepted[choice] : 0;
        State state = next[choice];
        for (int i = 0; state != null && !state.isWell && heartbeats <= atMost && i < LONGEST; i++) {
            heartbeats += state.accepted[0];
            state = state.next[0];
        }
        return state != null && state.isWell ? heartbeats : atMost + 1;
    }

    /** Where no heartbeat is accepted any more, the same states come again. */
    private static final int LONGEST = 1_000;
}
