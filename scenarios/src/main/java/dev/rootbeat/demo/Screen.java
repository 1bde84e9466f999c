package dev.rootbeat.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/** What a person sees: a line for each step, its progress on a terminal, and a table. */
final class Screen {

    private static final int BAR = 20;

    /** A line that is replaced must not be broken: that would leave its first part. */
    private static final int WIDTH = 79;

    private static final String ERASE = "\r\033[K";

    private final PrintWriter out;
    private final Ansi ansi;
    private final boolean quiet;
    private final InstantSource clock;
    private final Transcript transcript;
    private final Instant start;
    private String current = "";

    /**
     * Begins a screen.
     *
     * @param ansi whether the writer is a terminal that knows colours
     * @param quiet whether steps that succeed are not shown
     */
    Screen(PrintWriter out, Ansi ansi, boolean quiet, InstantSource clock, Transcript transcript) {
        this.out = out;
        this.ansi = ansi;
        this.quiet = quiet;
        this.clock = clock;
        this.transcript = transcript;
        this.start = clock.instant();
    }

    /**
     * Takes a step and shows what it came to.
     *
     * @param sentence what happens
     * @param work returns the result in a few words, or throws {@link DemoFailure}
     */
    void step(String sentence, Supplier<String> work) {
        var _ = step(sentence, work, result -> result);
    }

    /**
     * The same for a step with a result that is needed later.
     *
     * @param words tells the result in a few words
     */
    <T> T step(String sentence, Supplier<T> work, Function<T, String> words) {
        transcript.line("step: " + sentence);
        current = sentence;
        live(current + " ...");
        try {
            T result = work.get();
            show("green", "ok", words.apply(result));
            return result;
        } catch (DemoFailure e) {
            show("red", "FAILED", String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Shows how far the present step is. */
    synchronized void progress(int done, int all) {
        int full = BAR * done / all;
        live("[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + done + "/" + all + "  " + current);
    }

    /** Shows a line that is no step. */
    void say(String text) {
        if (!quiet) {
            out.println(text);
            out.flush();
        }
    }

    /** Shows rows under the titles, also when quiet. */
    void table(List<String> titles, List<List<String>> rows) {
        List<Integer> widths = IntStream.range(0, titles.size())
                .mapToObj(column -> IntStream.concat(
                                IntStream.of(titles.get(column).length()),
                                rows.stream().mapToInt(row -> row.get(column).length()))
                        .max()
                        .orElse(0))
                .toList();
        out.println();
        out.println(ansi.string("@|bold " + line(titles, widths) + "|@"));
        rows.forEach(row -> out.println(line(row, widths)));
        out.println();
        out.flush();
    }

    /** Shows how it ended, also when quiet. */
    void end(boolean good, String sentence) {
        transcript.line(sentence);
        out.println(ansi.string("@|bold," + (good ? "green " : "red ") + sentence + "|@"));
        out.flush();
    }

    /** How long it has taken so far, in seconds. */
    String elapsed() {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(start, clock.instant()).toMillis() / 1000.0);
    }

    private synchronized void show(String colour, String mark, String result) {
        transcript.line(mark + ": " + result);
        boolean good = mark.equals("ok");
        if (!quiet || !good) {
            out.println((ansi.enabled() ? ERASE : "")
                    + String.format(Locale.ROOT, "%7s  ", elapsed())
                    + ansi.string("@|" + colour + " " + mark + "|@")
                    + "  " + current + ": " + result);
            out.flush();
        }
    }

    private synchronized void live(String text) {
        if (ansi.enabled() && !quiet) {
            String line = String.format(Locale.ROOT, "%7s  ", elapsed()) + text;
            out.print(ERASE + line.substring(0, Math.min(line.length(), WIDTH)));
            out.flush();
        }
    }

    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths.get(column) - cells.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
