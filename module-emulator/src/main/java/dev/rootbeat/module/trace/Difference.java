package dev.rootbeat.module.trace;

import java.util.List;

/**
 * Where a module did not answer as the trace says.
 *
 * @param asked what the host said
 * @param expected the lines of the trace
 * @param answered the module's
 */
public record Difference(TraceLine asked, List<String> expected, List<String> answered) {

    @Override
    public String toString() {
        return asked.text() + "\n  expected " + expected + "\n  answered " + answered;
    }
}
