package dev.rootbeat.conformance.simulate;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that is replaced, now and then; safe for several threads. */
final class Line {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String ERASE = "\r\033[K";

    private final @Nullable PrintWriter terminal;
    private final InstantSource clock;
    private final Instant start;
    private Instant shown;

    /**
     * Begins now.
     *
     * @param terminal where it is; null for nowhere
     */
    Line(@Nullable PrintWriter terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
        this.shown = start;
    }

    /** Shows something, unless the line has just been replaced. */
    synchronized void show(Supplier<String> what) {
        Instant now = clock.instant();
        if (terminal != null && now.isAfter(shown.plus(PAUSE))) {
            shown = now;
            print(what.get());
        }
    }

    /** Shows something at once. */
    synchronized void print(String what) {
        if (terminal != null) {
            terminal.print(ERASE + what);
            terminal.flush();
        }
    }

    /** Makes room for the verdict. */
    void end() {
        print("");
    }

    /** How long it has taken so far. */
    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }
}
