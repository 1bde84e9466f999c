package dev.rootbeat.conformance.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes a verdict into a folder: a page for people, JUnit XML for a CI server, and the data behind both. */
final class Report {

    private Report() {}

    /**
     * Writes the files; those of an earlier report are replaced.
     *
     * @throws IOException if the folder cannot be made or written
     */
    static void write(Path folder, Summary summary) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("verdict.json"), summary.json());
        Files.writeString(folder.resolve("junit.xml"), junit(summary));
        Files.writeString(folder.resolve("report.html"), html(summary));
        var found = summary.verdict().reproduction();
        if (found == null) {
            Files.deleteIfExists(folder.resolve("events.log"));
        } else {
            Files.writeString(
                    folder.resolve("events.log"),
                    String.join("\n", found.outcome().history()) + "\n");
        }
    }

    private static String junit(Summary summary) {
        var failure = summary.isGood() ? "" : "<failure>" + escaped(summary.failure()) + "</failure>";
        double seconds = summary.real().toMillis() / 1000.0;
        return String.format(
                Locale.ROOT, """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="simulate" tests="1" failures="%d" errors="0" skipped="0" time="%.3f">
              <testcase classname="simulate" name="%s" time="%.3f">%s</testcase>
            </testsuite>
            """, summary.isGood() ? 0 : 1, seconds, escaped(summary.command()), seconds, failure);
    }

    private static String html(Summary summary) {
        return String.format(
                Locale.ROOT,
                """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Simulation: %1$s</title>
            <style>
            body { font-family: sans-serif; margin: 2em; max-width: 75em }
            h1 { color: %2$s }
            pre { background: #f4f4f4; padding: 1em; overflow-x: auto }
            </style>
            <h1>%1$s</h1>
            <pre>%3$s</pre>
            <p>Run it again: <code>./%4$s</code>
            </html>
            """,
                summary.isGood() ? "Every promise was kept" : "A promise was broken",
                summary.isGood() ? "#17692f" : "#a4161a",
                escaped(summary.text()),
                escaped(summary.command()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
