package dev.rootbeat.demo;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happens, a line each with its time: every heartbeat, what was ordered, and what came of it. The log
 * has the same at debug level. It never holds a key. Any thread may write.
 */
final class Transcript {

    private static final Logger LOG = LoggerFactory.getLogger(Transcript.class);

    private final PrintWriter out;
    private final InstantSource clock;

    /** Writes every line at once, so that nothing is missing when the process is killed. */
    Transcript(Writer out, InstantSource clock) {
        this.out = new PrintWriter(out, true);
        this.clock = clock;
    }

    synchronized void line(String text) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text);
        LOG.debug("{}", text);
    }
}
