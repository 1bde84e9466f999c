package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.Scope;
import dev.rootbeat.conformance.world.SmallWorld.Broken;
import dev.rootbeat.conformance.world.SmallWorld.Step;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of an {@link Exploration}, for people and for programs.
 *
 * @param behaviour what the command line calls what is wrong on purpose; empty if nothing is
 * @param real how long it took, of real time
 */
record ExhaustiveSummary(Scope scope, Exploration.Verdict verdict, String behaviour, Duration real) {

    private static final int LINES_SHOWN = 30;

    /** Some lines for people. */
    String text() {
        Exploration.Count count = verdict.count();
        double seconds = real.toMillis() / 1000.0;
        String asked = String.format(
                Locale.ROOT,
                "one module, heartbeats: %d, operations: up to %d of %s, faults: up to %d%n",
                scope.heartbeats(),
                scope.operations(),
                scope.wishes(),
                scope.faults());
        String took = String.format(
                Locale.ROOT,
                "%.1f s, %,d worlds lived through, which meet in %,d states%n",
                seconds,
                count.worlds(),
                count.states());
        Broken broken = verdict.broken();
        return asked
                + (broken == null
                        ? String.format(Locale.ROOT, "kept: %,d histories checked%n", verdict.histories()) + took
                        : "BROKEN\n" + took + failure(broken));
    }

    private String failure(Broken broken) {
        var text = new StringBuilder("\n" + broken.getMessage() + "\n\nseen again with: " + command() + "\n"
                + "a smallest history, apart from which nothing happens:\n");
        broken.story().steps().forEach(step -> text.append("  " + words(step) + "\n"));
        text.append("\nwhat led to it:\n");
        List<String> log = broken.story().eventLog();
        log.subList(Math.max(0, log.size() - LINES_SHOWN), log.size()).forEach(line -> text.append("  " + line + "\n"));
        return text.toString();
    }

    private static String words(Step step) {
        return step.at() + " at heartbeat " + step.heartbeat() + ": "
                + step.choice().words();
    }

    private String command() {
        return "rootbeat simulate --exhaustive --heartbeats " + scope.heartbeats() + " --operations "
                + scope.operations() + " --faults-at-most " + scope.faults()
                + (behaviour.isEmpty() ? "" : " --behaviour " + behaviour);
    }

    /** The verdict for programs. */
    String json() {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("verdict", verdict.broken() == null ? "KEPT" : "BROKEN")
                .put("heartbeats", scope.heartbeats())
                .put("operations", scope.operations())
                .put("faultsAtMost", scope.faults())
                .put("histories", verdict.histories())
                .put("worlds", verdict.count().worlds())
                .put("states", verdict.count().states())
                .put("realMilliseconds", real.toMillis());
        Broken broken = verdict.broken();
        if (broken != null) {
            ObjectNode failure = json.putObject("failure")
                    .put("promise", broken.getMessage())
                    .put("command", command());
            var steps = failure.putArray("steps");
            broken.story().steps().forEach(step -> steps.add(words(step)));
            var log = failure.putArray("eventLog");
            broken.story().eventLog().forEach(log::add);
        }
        return json.toPrettyString() + "\n";
    }
}
