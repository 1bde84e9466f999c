package dev.rootbeat.scenario.step;

import dev.rootbeat.scenario.testbed.Unit;
import java.util.List;
import java.util.function.Consumer;

/**
 * Some modules that a step speaks of.
 *
 * @param units at least one
 */
public record Cast(List<Unit> units) {

    /** Takes a copy of the list. */
    public Cast {
        units = List.copyOf(units);
    }

    /** Does something with each. */
    void each(Consumer<Unit> what) {
        units.forEach(what);
    }
}
