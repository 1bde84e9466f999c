package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.simulate.State.Arrival;
import dev.rootbeat.conformance.simulate.State.Way;
import dev.rootbeat.conformance.world.Scope;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** Counts the histories of a scope: the ways through the states that were seen, to the end of the last heartbeat. */
final class Histories {

    private record Place(State state, int heartbeats, int operations, int faults) {}

    private final Scope scope;
    private final Map<Place, BigInteger> known = new HashMap<>();

    private Histories(Scope scope) {
        this.scope = scope;
    }

    static BigInteger count(Scope scope, State root) {
        return new Histories(scope).from(root, new Arrival(0, 0, 0, Way.first(root)));
    }

    private BigInteger from(State state, Arrival arrival) {
        if (arrival.heartbeats() > scope.heartbeats()) {
            return BigInteger.ONE;
        }
        var place = new Place(state, arrival.heartbeats(), arrival.operations(), arrival.faults());
        BigInteger count = known.get(place);
        if (count == null) {
            count = BigInteger.ZERO;
            for (int choice = 0; choice < state.choices().size(); choice++) {
                State next = state.next(choice);
                if (next != null && arrival.allows(state.choices().get(choice), scope)) {
                    count = count.add(from(next, arrival.by(arrival.way().then(state, choice), next, scope)));
                }
            }
            known.put(place, count);
        }
        return count;
    }
}
