package dev.rootbeat.scenario;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/** What a person sees of a run: a line for each scenario, and what went wrong with those that failed. */
final class ActScreen {

    private final PrintWriter out;
    private final Ansi ansi;
    private final boolean quiet;

    /**
     * Begins a screen.
     *
     * @param ansi whether the writer is a terminal that knows colours
     * @param quiet whether scenarios that pass are not shown
     */
    ActScreen(PrintWriter out, Ansi ansi, boolean quiet) {
        this.out = out;
        this.ansi = ansi;
        this.quiet = quiet;
    }

    void show(Act act) {
        if (quiet) {
            return;
        }
        String mark = act.passed() ? "@|green pass|@" : "@|red FAIL|@";
        out.println(ansi.string(mark) + "  " + act.feature() + ": " + act.name() + lived(act));
        out.flush();
    }

    void end(List<Act> acts, Staging staging) {
        List<Act> failed = acts.stream().filter(act -> !act.passed()).toList();
        for (Act act : failed) {
            out.println();
            out.println(ansi.string("@|bold,red " + act.name() + "|@"));
            act.broken().ifPresent(step -> {
                out.println("  " + act.file() + ":" + step.line() + "  " + step.text());
                out.println("  " + reason(step));
            });
            out.println("  again: " + staging.again(act));
        }
        Duration took = acts.stream().map(Act::took).reduce(Duration.ZERO, Duration::plus);
        out.println();
        out.println(ansi.string("@|bold," + (failed.isEmpty() ? "green " : "red ")
                + String.format(
                        Locale.ROOT,
                        "%d scenarios, %d passed, %d failed, %.1f s, world %s, seed %d",
                        acts.size(),
                        acts.size() - failed.size(),
                        failed.size(),
                        took.toMillis() / 1000.0,
                        staging.world(),
                        staging.seed())
                + "|@"));
    }

    /** What went wrong in a step, in one sentence. */
    static String reason(Act.Step step) {
        Throwable failure = step.failure();
        if (failure == null) {
            return "no such step";
        }
        return failure instanceof AssertionError && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }

    private static String lived(Act act) {
        return Optional.ofNullable(act.timeline())
                .map(timeline -> String.format(
                        Locale.ROOT,
                        " (%.1f days in %d ms)",
                        Duration.between(timeline.start(), timeline.end()).toMinutes() / 1440.0,
                        act.took().toMillis()))
                .orElse("");
    }
}
