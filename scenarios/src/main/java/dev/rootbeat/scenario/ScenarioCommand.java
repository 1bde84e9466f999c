package dev.rootbeat.scenario;

import dev.rootbeat.options.Quiet;
import dev.rootbeat.options.SidedBehaviours;
import io.cucumber.core.exception.CucumberException;
import io.cucumber.core.gherkin.FeatureParserException;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code rootbeat scenario}: runs scenario suites in the simulated world, or in the real one. */
@Command(
        name = "scenario",
        mixinStandardHelpOptions = true,
        subcommands = StepsCommand.class,
        header = "Run scenario suites.",
        description = {
            "",
            "Run feature files in Gherkin, each scenario on a testbed of its own: a certificate manager, modules with"
                    + " their hosts, operators, a webhook receiver, an IoT platform. Without a path, run the suites that"
                    + " come with rootbeat.",
            "In the simulated world a month takes milliseconds, and every promise of the protocol is checked after every"
                    + " event. In the real world the same steps play on sockets: modules come by DTLS over UDP, operators and"
                    + " webhooks by HTTP, logins by TLS and MQTT, and the server has its file; a month takes a second. Scenarios with"
                    + " the tag @simulated-only are left out there.",
            "Exit code 0: all scenarios pass. 1: some fail. 2: a file, a step or a tag expression is wrong; then nothing"
                    + " was run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rootbeat scenario                        all suites, in virtual time",
            "  rootbeat scenario --tags \"@renew and not @faults\" --report out",
            "                                           some, with out/report.html and out/junit.xml",
            "  rootbeat scenario my.feature:12 --seed 7",
            "                                           the scenario at line 12, with other chances",
            "  rootbeat scenario --world real           all suites, on sockets; takes minutes",
            "  CLASSPATH=mine.jar rootbeat scenario --behaviour server:my.Mutant",
            "                                           which scenarios a deliberate defect fails",
            "  rootbeat scenario steps                  what steps there are, with examples"
        })
public final class ScenarioCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    /** How reports name scenarios that come with the program. */
    private static final String CLASS_PATH = "classpath:";

    /** What scenarios play on. */
    enum World {
        /** Virtual time, everything from one seed. */
        simulated,
        /** Sockets and a file, on a fast clock. */
        real;

        /** The tag of scenarios that cannot play in the real world; why not stands in a comment above it. */
        private static final String SIMULATED_ONLY = "@simulated-only";

        /** Which of the scenarios with these tags play here. */
        @Nullable
        String tags(@Nullable String wanted) {
            return switch (this) {
                case simulated -> wanted;
                case real -> (wanted == null ? "" : "(" + wanted + ") and ") + "not " + SIMULATED_ONLY;
            };
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Feature files and folders of them; FILE:LINE for one scenario. The shipped suites if none.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--tags",
            paramLabel = "EXPR",
            description = "Run the scenarios with these tags only, such as \"@renew and not @faults\".")
    private @Nullable String tags;

    @Option(
            names = "--world",
            paramLabel = "simulated|real",
            defaultValue = "simulated",
            description =
                    "Where to play: in virtual time, everything from one seed; or on sockets, with a clock that jumps"
                            + " whenever nobody is busy (${DEFAULT-VALUE}).")
    private World world = World.simulated;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Draw everything that chance decides from this seed (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--behaviour",
            paramLabel = "CLASS",
            converter = SidedBehaviours.Converter.class,
            description =
                    "A class on the class path that sees and may change what passes, on modules and on the server; with"
                            + " device: or server: before it, on one side alone. In the real world on modules alone.")
    private SidedBehaviours behaviour = SidedBehaviours.NONE;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write report.html and junit.xml into this folder; those of an earlier run are replaced.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print the verdict as one JSON object instead.")
    private boolean json;

    /** Made by picocli. */
    public ScenarioCommand() {}

    @Override
    public Integer call() throws IOException {
        Suite suite = suite();
        Staging staging = staging();
        check(suite);
        PrintWriter out = spec.commandLine().getOut();
        var screen = new ActScreen(out, Ansi.AUTO, Quiet.isAsked(spec) || json);
        if (report != null) {
            Files.createDirectories(report);
        }
        List<Act> acts =
                suite.play(staging::testbed, screen::show, report == null ? null : report.resolve("junit.xml"));
        if (report != null) {
            Files.writeString(report.resolve("report.html"), new HtmlReport(staging).page(acts));
        }
        if (json) {
            out.println(verdict(acts));
        } else {
            screen.end(acts, staging);
        }
        out.flush();
        return acts.stream().allMatch(Act::passed) ? 0 : FAILED;
    }

    private Staging staging() {
        if (world == World.real && !behaviour.server().equals(SidedBehaviours.NONE.server())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--behaviour: in the real world it is one of devices: device:" + behaviour.name());
        }
        return new Staging(world, seed, behaviour);
    }

    private Suite suite() {
        if (tags != null) {
            try {
                TagExpressionParser.parse(tags);
            } catch (TagExpressionException e) {
                throw new ParameterException(spec.commandLine(), "--tags: " + e.getMessage(), e);
            }
        }
        for (String path : paths) {
            Path file = Path.of(path.replaceFirst("(:\\d+)+$", ""));
            if (!path.startsWith(CLASS_PATH) && !Files.exists(file)) {
                throw new ParameterException(spec.commandLine(), file + ": there is no such file or folder");
            }
        }
        return new Suite(paths.isEmpty() ? List.of(Suite.SHIPPED) : paths, world.tags(tags));
    }

    /** What is wrong is said before anything runs. */
    private void check(Suite suite) {
        List<Act> acts;
        try {
            acts = suite.read();
        } catch (FeatureParserException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (CucumberException e) {
            throw new ParameterException(spec.commandLine(), "cannot read the scenarios: " + e.getMessage(), e);
        }
        if (acts.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there are no scenarios to run");
        }
        acts.stream().filter(act -> act.steps().isEmpty()).findFirst().ifPresent(act -> {
            throw new ParameterException(
                    spec.commandLine(),
                    act.file() + ":" + act.line() + ": the scenario \"" + act.name()
                            + "\" has no steps: they begin with Given, When, Then, And or But");
        });
        acts.forEach(act -> act.broken().ifPresent(step -> {
            throw new ParameterException(
                    spec.commandLine(),
                    act.file() + ":" + step.line() + ": no such step: \"" + step.text() + "\"; the nearest is \""
                            + Vocabulary.shipped().nearest(step.text())
                            + "\"; all are shown by rootbeat scenario steps");
        }));
    }

    private ObjectNode verdict(List<Act> acts) {
        ObjectNode verdict = JsonMapper.shared()
                .createObjectNode()
                .put("world", world.name())
                .put("seed", seed)
                .put("scenarios", acts.size())
                .put("passed", acts.stream().filter(Act::passed).count());
        var failures = verdict.putArray("failures");
        acts.stream()
                .filter(act -> !act.passed())
                .forEach(act -> failures.addObject()
                        .put("scenario", act.name())
                        .put("place", act.file() + ":" + act.line())
                        .put("step", act.broken().map(Act.Step::text).orElse(""))
                        .put("failure", act.broken().map(ActScreen::reason).orElse("")));
        return verdict;
    }
}
