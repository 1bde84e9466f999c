package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.FaultProfile;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.options.SidedBehaviours;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs of {@code rootbeat simulate} for whoever wants to know more of them than their verdict. */
public final class Runs {

    private Runs() {}

    /** How many modules a run can have at most: larger ones are two worlds. */
    public static final int MOST_DEVICES = Simulation.LARGE - 1;

    /** The world at the end of a run; its event log has kept all lines about some subjects. */
    public static World remembered(
            Predicate<String> subjects, int devices, Duration span, long seed, FaultProfile faults) {
        return new Simulation(devices, span, seed, 1, _ -> faults, SidedBehaviours.NONE, Optional.empty())
                .trials()
                .getFirst()
                .remembered(subjects);
    }
}
