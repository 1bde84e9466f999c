package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.World;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a simulation is, in one line that is replaced; safe for the threads of all worlds. */
final class Progress {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String ERASE = "\r\033[K";

    private final Simulation simulation;
    private final @Nullable PrintWriter terminal;
    private final InstantSource clock;
    private final Instant start;
    private final Map<World, Duration> lived = new HashMap<>();
    private Instant shown;
    private Duration total = Duration.ZERO;

    /**
     * Begins now.
     *
     * @param terminal where to show it; null for nowhere
     */
    Progress(Simulation simulation, @Nullable PrintWriter terminal, InstantSource clock) {
        this.simulation = simulation;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
        this.shown = start;
    }

    /** A world has lived for another day. */
    synchronized void day(World world) {
        Duration age = Duration.between(Simulation.START, world.time().instant());
        Duration before = age.compareTo(simulation.span()) < 0 ? lived.put(world, age) : lived.remove(world);
        total = total.plus(age).minus(before == null ? Duration.ZERO : before);
        Instant now = clock.instant();
        if (terminal != null && now.isAfter(shown.plus(PAUSE))) {
            shown = now;
            double worlds = (double) simulation.runs() * simulation.worlds();
            double share = total.toSeconds() / (simulation.span().toSeconds() * worlds);
            show(String.format(
                    Locale.ROOT,
                    "%3.0f %%  day %d of %d  %,.0f times real time",
                    100 * share,
                    age.toDays(),
                    simulation.span().toDays(),
                    speed(total.toSeconds() / (double) simulation.worlds(), Duration.between(start, now))));
        }
    }

    /** A promise is broken, and what comes now takes a while. */
    synchronized void failed(Trial.Outcome.Broken broken) {
        show("broken on day " + Duration.between(Simulation.START, broken.at()).toDays() + "; cutting it short ...");
    }

    /** How long it has taken so far. */
    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    /** Makes room for the verdict. */
    synchronized void end() {
        show("");
    }

    static double speed(double virtualSeconds, Duration real) {
        return virtualSeconds * 1000 / Math.max(1, real.toMillis());
    }

    private void show(String line) {
        if (terminal != null) {
            terminal.print(ERASE + line);
            terminal.flush();
        }
    }
}
