package dev.rootbeat.scenario;

import dev.rootbeat.scenario.testbed.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One page for people, in one file that needs nothing else: verdicts, steps, and a picture of each device's time.
 *
 * @param staging how the scenarios were played
 */
record HtmlReport(Staging staging) {

    private static final int PICTURE = 900;
    private static final int NAME = 150;
    private static final int ROW = 22;

    private static final String STYLE = """
            :root { color-scheme: light dark }
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
            h2 { margin-top: 2rem } summary { cursor: pointer; padding: .2rem 0 }
            .pass::before { content: "\\2713 "; color: #1a7f37 } .fail::before { content: "\\2717 "; color: #cf222e }
            .skip { opacity: .5 } pre { white-space: pre-wrap; color: #cf222e } code { font-size: 13px }
            ol { padding-left: 1.4rem } svg { max-width: 100%; display: block; margin: .5rem 0 }
            svg text { font: 12px system-ui, sans-serif; fill: currentColor }
            .HEARTBEAT { fill: #0969da } .COMMAND { fill: #8250df } .CERTIFICATE { fill: #1a7f37 }
            .FAULT { fill: #cf222e } .CALL { fill: #bf8700 } .EVENT { fill: #6e7781 }
            """;

    String page(List<Act> acts) {
        long passed = acts.stream().filter(Act::passed).count();
        Map<String, List<Act>> features =
                acts.stream().collect(Collectors.groupingBy(Act::feature, TreeMap::new, Collectors.toList()));
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Rootbeat scenarios</title><style>\n"
                + STYLE + "</style></head><body>\n<h1>Rootbeat scenarios</h1>\n<p>");
        page.append(passed)
                .append(" of ")
                .append(acts.size())
                .append(" scenarios pass; world ")
                .append(text(staging.world().name()));
        page.append(", seed ")
                .append(staging.seed())
                .append(".</p>\n<p>")
                .append(legend())
                .append("</p>\n");
        features.forEach((feature, of) -> {
            page.append("<h2>").append(text(feature)).append("</h2>\n");
            of.forEach(act -> act(page, act));
        });
        return page.append("</body></html>\n").toString();
    }

    private static String legend() {
        var legend = new StringBuilder();
        for (Timeline.Kind kind : Timeline.Kind.values()) {
            legend.append(
                            "<svg width=\"12\" height=\"12\" style=\"display:inline\"><circle cx=\"6\" cy=\"6\" r=\"5\" class=\"")
                    .append(kind)
                    .append("\"/></svg> ")
                    .append(kind.name().toLowerCase(Locale.ROOT))
                    .append(" &nbsp; ");
        }
        return legend.toString();
    }

    private void act(StringBuilder page, Act act) {
        page.append(act.passed() ? "<details><summary class=\"pass\">" : "<details open><summary class=\"fail\">")
                .append(text(act.name()))
                .append("</summary>\n<ol>\n");
        for (Act.Step step : act.steps()) {
            page.append("<li class=\"")
                    .append(mark(step.outcome()))
                    .append("\">")
                    .append(step.keyword())
                    .append(' ')
                    .append(text(step.text()));
            if (step.failure() != null) {
                page.append("<pre>").append(text(ActScreen.reason(step))).append("</pre>");
            }
            page.append("</li>\n");
        }
        page.append("</ol>\n");
        if (act.timeline() != null) {
            picture(page, act.timeline());
        }
        page.append("<p><code>").append(text(staging.again(act))).append("</code></p></details>\n");
    }

    private static String mark(Act.Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "pass";
            case FAILED, UNKNOWN -> "fail";
            case SKIPPED -> "skip";
        };
    }

    /** A row for each subject; time runs to the right. */
    private static void picture(StringBuilder page, Timeline timeline) {
        List<String> subjects = timeline.moments().stream()
                .map(Timeline.Moment::subject)
                .distinct()
                .toList();
        double span =
                Math.max(1, Duration.between(timeline.start(), timeline.end()).toMillis());
        int height = ROW * subjects.size() + ROW;
        page.append("<svg viewBox=\"0 0 ")
                .append(NAME + PICTURE + 20)
                .append(' ')
                .append(height)
                .append("\" role=\"img\">\n");
        for (int row = 0; row < subjects.size(); row++) {
            int y = ROW * row + ROW / 2;
            page.append("<text x=\"0\" y=\"").append(y + 4).append("\">").append(text(subjects.get(row)));
            page.append("</text><line x1=\"").append(NAME).append("\" x2=\"").append(NAME + PICTURE);
            page.append("\" y1=\"")
                    .append(y)
                    .append("\" y2=\"")
                    .append(y)
                    .append("\" stroke=\"currentColor\" opacity=\".2\"/>\n");
        }
        for (Timeline.Moment moment : timeline.moments()) {
            double x = NAME
                    + PICTURE * Duration.between(timeline.start(), moment.at()).toMillis() / span;
            int y = ROW * subjects.indexOf(moment.subject()) + ROW / 2;
            page.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%d\" r=\"5\" class=\"%s\">", x, y, moment.kind()));
            page.append("<title>")
                    .append(moment.at())
                    .append(' ')
                    .append(text(moment.what()))
                    .append("</title></circle>\n");
        }
        page.append("<text x=\"")
                .append(NAME)
                .append("\" y=\"")
                .append(height - 6)
                .append("\">")
                .append(timeline.start());
        page.append("</text><text x=\"")
                .append(NAME + PICTURE)
                .append("\" y=\"")
                .append(height - 6);
        page.append("\" text-anchor=\"end\">").append(timeline.end()).append("</text></svg>\n");
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
