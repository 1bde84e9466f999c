package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.FaultProfile;
import dev.rootbeat.conformance.world.Scope;
import dev.rootbeat.options.Quiet;
import dev.rootbeat.options.SidedBehaviours;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rootbeat simulate}: a fleet in the simulated world, its promises checked after every event. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        header = "Have a fleet live through years of faults in minutes, and check every promise.",
        description = {
            "",
            "Modules, a certificate manager, operators, an IoT platform and receivers of webhooks live on one virtual clock"
                    + " and one seed. Certificates live 40 days and are renewed every month. After every event the promises"
                    + " of the protocol, of money, webhooks, revocation lists and domains are checked. The same options"
                    + " give the same event log, byte for byte; eventLogHash tells.",
            "Exit code 0: every promise was kept. 1: one was not, and what was found shows the seed, the fewest devices"
                    + " and deeds that it takes, and what led to it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rootbeat simulate        100 modules, a year, what happens in the field",
            "  rootbeat simulate --devices 10 --years 0.5 --runs 50 --faults swarm",
            "                           50 seeds, each with faults of its own kind",
            "  rootbeat simulate --devices 10000 --json",
            "                           a large fleet, for a script",
            "  rootbeat simulate --devices 3 --seed 7 --to 500",
            "                           what there was at line 500 of the event log of seed 7",
            "  rootbeat simulate --devices 3 --seed 7 --to 500 --fork 8",
            "                           the same until there, and another outcome",
            "  rootbeat simulate --exhaustive",
            "                           every order of two operations, two faults and six heartbeats",
            "  CLASSPATH=mine.jar rootbeat simulate --behaviour my.Mutant --report out",
            "                           what a deliberate defect comes to"
        })
public final class SimulateCommand implements Callable<Integer> {

    /** Two worlds of this size fit the memory of a small machine. */
    private static final int MOST_DEVICES = 100_000;

    private static final double MOST_YEARS = 100;
    private static final String SWARM = "swarm";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many modules there are (${DEFAULT-VALUE}). From " + Simulation.LARGE
                    + " on the fleet lives in two worlds, each with a server, on two threads.")
    private int devices;

    @Option(
            names = "--years",
            paramLabel = "Y",
            defaultValue = "1",
            description = "How long they live, in years of 365 days; parts are fine (${DEFAULT-VALUE}).")
    private double years;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Everything that is drawn follows from it (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "So many runs with successive seeds, until one fails (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--faults",
            paramLabel = "PROFILE",
            defaultValue = "rough",
            description =
                    "How much goes wrong: calm, rough, hostile, or swarm, where each seed draws what happens, and how"
                            + " often (${DEFAULT-VALUE}). All but calm begin with a drill: on the first day everything"
                            + " happens once that promises are about.")
    private String faults = "";

    @Option(
            names = "--to",
            paramLabel = "LINE",
            description = "Run again as far as this line of the event log, and show the log around it and the modules"
                    + " there.")
    private @Nullable Long to;

    @Option(
            names = "--fork",
            paramLabel = "SEED",
            description = "With --to: go on from there with another outcome. What happens, what the network does to"
                    + " messages, and how long modules wait, follows from this seed then.")
    private @Nullable Long fork;

    @Option(
            names = "--behaviour",
            paramLabel = "CLASS",
            converter = SidedBehaviours.Converter.class,
            description =
                    "A class on the class path that sees and may change what passes, on modules and on the server;"
                            + " with device: or server: before it, on one side alone.")
    private SidedBehaviours behaviour = SidedBehaviours.NONE;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write report.html, junit.xml, verdict.json and, of a failure, events.log into this folder.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Tell the verdict as JSON.")
    private boolean json;

    @Mixin
    private final ExhaustiveOptions exhaustive = new ExhaustiveOptions();

    /** Made by picocli. */
    public SimulateCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = Ansi.AUTO.enabled() && !json && !Quiet.isAsked(spec);
        return exhaustive.areAsked() ? explore(out, terminal) : simulate(out, terminal);
    }

    private int explore(PrintWriter out, boolean terminal) throws InterruptedException {
        Scope scope = exhaustive.scope(spec, behaviour);
        var line = new Line(terminal ? out : null, InstantSource.system());
        Exploration.Verdict verdict = Exploration.of(
                scope,
                count -> line.show(() -> String.format(
                        Locale.ROOT,
                        "%,d worlds, %,d states, %,d branches to try",
                        count.worlds(),
                        count.states(),
                        count.waiting())));
        var summary = new ExhaustiveSummary(scope, verdict, behaviour.name(), line.elapsed());
        line.end();
        out.print(json ? summary.json() : summary.text());
        out.flush();
        return verdict.broken() == null ? 0 : 1;
    }

    private int simulate(PrintWriter out, boolean terminal) throws IOException, InterruptedException {
        Simulation simulation = simulation();
        if (to != null && fork == null) {
            return replay(simulation.trials().getFirst(), to, out);
        }
        var line = new Line(terminal ? out : null, InstantSource.system());
        var progress = new Progress(simulation, line);
        Simulation.Verdict verdict;
        Map<String, Long> shares;
        try (var looks = new TimeShares()) {
            verdict = simulation.run(progress::day, progress::failed);
            shares = looks.percent();
        }
        var summary = new Summary(simulation, faults, verdict, line.elapsed(), shares);
        line.end();
        out.print(json ? summary.json() : summary.text());
        out.flush();
        if (report != null) {
            Report.write(report, summary);
        }
        return verdict.reproduction() == null ? 0 : 1;
    }

    private int replay(Trial trial, long line, PrintWriter out) {
        Replay replay = Replay.of(trial, line);
        require(replay.isThere(), "--to", "the event log has " + replay.written() + " lines");
        out.print(json ? replay.json() : replay.text());
        out.flush();
        return 0;
    }

    private Simulation simulation() {
        require(devices >= 1 && devices <= MOST_DEVICES, "--devices", "there can be 1 to " + MOST_DEVICES + " modules");
        require(years > 0 && years <= MOST_YEARS, "--years", "a life takes up to " + (int) MOST_YEARS + " years");
        require(runs >= 1, "--runs", "there must be a run");
        require(to == null || to >= 1, "--to", "the first line is number 1");
        require(to == null || runs == 1, "--to", "a line is one of a single run");
        require(
                to == null || devices < Simulation.LARGE,
                "--to",
                "a fleet from " + Simulation.LARGE + " modules on has two event logs");
        require(fork == null || to != null, "--fork", "where is told by --to");
        return new Simulation(
                devices,
                Duration.ofSeconds((long) (years * Duration.ofDays(365).toSeconds())),
                seed,
                runs,
                profile(),
                behaviour,
                to == null || fork == null ? Optional.empty() : Optional.of(new Simulation.Turn(to, fork)));
    }

    private LongFunction<FaultProfile> profile() {
        if (faults.equals(SWARM)) {
            return ofRun -> FaultProfile.swarm(new SplittableRandom(ofRun));
        }
        FaultProfile named = FaultProfile.named(faults)
                .orElseThrow(() -> wrong(
                        "--faults", "there are the profiles calm, rough, hostile and swarm, not \"" + faults + "\""));
        return _ -> named;
    }

    private void require(boolean good, String option, String problem) {
        if (!good) {
            throw wrong(option, problem);
        }
    }

    private ParameterException wrong(String option, String problem) {
        return new ParameterException(spec.commandLine(), option + ": " + problem);
    }
}
