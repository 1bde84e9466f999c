package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How far a simulation is, in one line that is replaced; safe for the threads of all worlds. */
final class Progress {

    private final Simulation simulation;
    private final Line line;
    private final Map<World, Duration> lived = new HashMap<>();
    private Duration total = Duration.ZERO;

    /** Begins before any world has lived. */
    Progress(Simulation simulation, Line line) {
        this.simulation = simulation;
        this.line = line;
    }

    /** A world has lived for another day. */
    synchronized void day(World world) {
        Duration age = Duration.between(Simulation.START, world.time().instant());
        Duration before = age.compareTo(simulation.span()) < 0 ? lived.put(world, age) : lived.remove(world);
        total = total.plus(age).minus(before == null ? Duration.ZERO : before);
        line.show(() -> {
            double worlds = (double) simulation.runs() * simulation.worlds();
            double share = total.toSeconds() / (simulation.span().toSeconds() * worlds);
            return String.format(
                    Locale.ROOT,
                    "%3.0f %%  day %d of %d  %,.0f times real time",
                    100 * share,
                    age.toDays(),
                    simulation.span().toDays(),
                    speed(total.toSeconds() / (double) simulation.worlds(), line.elapsed()));
        });
    }

    /** A promise is broken, and what comes now takes a while. */
    void failed(Trial.Outcome.Broken broken) {
        line.print("broken on day "
                + Duration.between(Simulation.START, broken.at()).toDays() + "; cutting it short ...");
    }

    static double speed(double virtualSeconds, Duration real) {
        return virtualSeconds * 1000 / Math.max(1, real.toMillis());
    }
}
