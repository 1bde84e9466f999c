package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.simulate.Reduction.Reproduction;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulation's verdict, for people and for programs.
 *
 * @param faults the name of the profile
 * @param real how long it took, of real time
 * @param shares on what the time was spent, in percent
 */
record Summary(
        Simulation simulation, String faults, Simulation.Verdict verdict, Duration real, Map<String, Long> shares) {

    private static final int DEEDS_SHOWN = 20;
    private static final int LINES_SHOWN = 30;

    /** Whether every promise was kept. */
    boolean isGood() {
        return verdict.reproduction() == null;
    }

    /** Some lines for people. */
    String text() {
        Trial.Counts counts = verdict.counts();
        String made = String.format(
                Locale.ROOT,
                "%,d module%s, %s, faults %s, %s%n",
                simulation.devices(),
                simulation.devices() == 1 ? "" : "s",
                span(),
                faults,
                simulation.runs() == 1
                        ? "seed " + simulation.seed() + (simulation.worlds() == 1 ? "" : ", in two worlds")
                        : "seeds " + simulation.seed() + " to " + (simulation.seed() + verdict.runs() - 1));
        String took = String.format(Locale.ROOT, "%.1f s, %,.0f times real time%n", real.toMillis() / 1000.0, speed());
        if (!isGood()) {
            return made + "BROKEN\n" + took + failure();
        }
        return made
                + String.format(
                        Locale.ROOT,
                        "kept: %,d events, %,d checks, %,d billed certificates, %,d messages to webhooks%n",
                        counts.events(),
                        counts.checks(),
                        counts.billed(),
                        counts.webhookMessages())
                + took + "time went to: " + TimeShares.words(shares) + "\n" + "event log " + verdict.hash() + "\n";
    }

    private String span() {
        long days = simulation.span().toDays();
        return days % 365 == 0 && days > 0
                ? days / 365 + (days == 365 ? " year" : " years")
                : days + (days == 1 ? " day" : " days");
    }

    private double speed() {
        return Progress.speed((double) simulation.span().toSeconds() * verdict.runs(), real);
    }

    /** What was found, and how to see it again. */
    String failure() {
        Reproduction found = verdict.reproduction();
        if (found == null) {
            return "";
        }
        var deeds = found.trial().course().deeds();
        var text = new StringBuilder("\n" + found.outcome().promise() + "\n")
                .append("at " + found.outcome().at() + "\n\nseen again with: " + command() + "\n")
                .append("it takes " + found.devices().size() + (found.devices().size() == 1 ? " device" : " devices")
                        + " and " + deeds.size() + (deeds.size() == 1 ? " deed" : " deeds") + ", found in "
                        + found.lives() + " lives:\n");
        text.append("  devices " + found.devices().stream().limit(DEEDS_SHOWN).toList() + "\n");
        deeds.stream()
                .limit(DEEDS_SHOWN)
                .forEach(timed -> text.append("  " + Simulation.START.plus(timed.at()) + " " + timed.deed() + "\n"));
        text.append("\nwhat led to it:\n");
        var history = found.outcome().history();
        history.subList(Math.max(0, history.size() - LINES_SHOWN), history.size())
                .forEach(line -> text.append("  " + line + "\n"));
        return text.toString();
    }

    /** The command that shows the failure, or the run, again. */
    String command() {
        double years =
                simulation.span().toSeconds() / (double) Duration.ofDays(365).toSeconds();
        long seed = verdict.failedSeed() == null ? simulation.seed() : verdict.failedSeed();
        return "rootbeat simulate --devices " + simulation.devices() + " --years " + years + " --faults " + faults
                + " --seed " + seed
                + (verdict.failedSeed() == null && simulation.runs() > 1 ? " --runs " + simulation.runs() : "")
                + (simulation.behaviour().name().isEmpty()
                        ? ""
                        : " --behaviour " + simulation.behaviour().name())
                + simulation
                        .turn()
                        .map(turn -> " --to " + turn.line() + " --fork " + turn.seed())
                        .orElse("");
    }

    /** The verdict for programs. */
    String json() {
        Trial.Counts counts = verdict.counts();
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("verdict", isGood() ? "KEPT" : "BROKEN")
                .put("eventLogHash", verdict.hash())
                .put("devices", simulation.devices())
                .put("virtualSeconds", simulation.span().toSeconds())
                .put("faults", faults)
                .put("seed", simulation.seed())
                .put("runs", verdict.runs())
                .put("worldsPerRun", simulation.worlds())
                .put("events", counts.events())
                .put("eventLogLines", verdict.lines())
                .put("checks", counts.checks())
                .put("billedCertificates", counts.billed())
                .put("webhookMessages", counts.webhookMessages())
                .put("realMilliseconds", real.toMillis())
                .put("speedUp", Math.round(speed()));
        ObjectNode timeShares = json.putObject("timeSharesInPercent");
        shares.forEach(timeShares::put);
        Reproduction found = verdict.reproduction();
        if (found != null) {
            ObjectNode failure = json.putObject("failure")
                    .put("promise", found.outcome().promise())
                    .put("at", found.outcome().at().toString())
                    .put("seed", verdict.failedSeed())
                    .put("command", command());
            var devices = failure.putArray("devices");
            found.devices().forEach(devices::add);
            var deeds = failure.putArray("deeds");
            found.trial()
                    .course()
                    .deeds()
                    .forEach(timed -> deeds.addObject()
                            .put("at", Simulation.START.plus(timed.at()).toString())
                            .put("deed", timed.deed().toString()));
            var history = failure.putArray("eventLog");
            found.outcome().history().forEach(history::add);
        }
        return json.toPrettyString() + "\n";
    }
}
