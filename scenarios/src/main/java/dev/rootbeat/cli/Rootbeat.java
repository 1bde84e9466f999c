package dev.rootbeat.cli;

import dev.rootbeat.conformance.explain.ExplainCommand;
import dev.rootbeat.conformance.simulate.SimulateCommand;
import dev.rootbeat.demo.DemoCommand;
import dev.rootbeat.module.real.ModuleCommand;
import dev.rootbeat.scenario.ScenarioCommand;
import dev.rootbeat.server.ServerCommand;
import dev.rootbeat.server.channel.PskCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * {@code rootbeat}: lists the commands, and runs the one that is asked for. Exit codes: 0 success, 1 the thing that was
 * tested failed, 2 wrong usage or bad input, 3 the tool itself failed.
 */
@Command(
        name = "rootbeat",
        mixinStandardHelpOptions = true,
        versionProvider = Rootbeat.Version.class,
        description =
                "Emulates u-blox SARA-R5 and ALEX-R5 modules with a Root of Trust, and their certificate manager.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:the thing that was tested failed",
            "2:wrong usage or bad input",
            "3:the tool itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rootbeat demo            the whole life of 20 modules, in half a minute",
            "  rootbeat module --tcp 5000 --state module.state",
            "                           a module whose AT interface is on TCP port 5000",
            "  rootbeat server --http 0 --coaps 0 --db memory",
            "                           a certificate manager for a quick try",
            "  rootbeat scenario        what must hold, told in scenarios",
            "  rootbeat simulate        100 modules for a year of faults, in virtual time",
            "  rootbeat COMMAND --help  options and examples of a command",
            "  source <(rootbeat generate-completion)",
            "                           completion for bash and zsh"
        })
public final class Rootbeat implements Runnable {

    /** In the order of the help. Only the lambda that runs loads its class. */
    private static final Map<String, Supplier<Class<?>>> COMMANDS = commands();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more: log what happens, and show where a failure comes from.")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say less: results and errors only.")
    private boolean quiet;

    @Option(
            names = "--log",
            paramLabel = "FORM",
            scope = ScopeType.INHERIT,
            description = "How logs are written: plain for people, or json, an object per line (plain).")
    private LogForm log = LogForm.PLAIN;

    /** How logs are written: each is a file {@code logback-FORM.xml}. */
    enum LogForm {
        PLAIN,
        JSON
    }

    private Rootbeat() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... arguments) {
        // Read when something is first logged that way, which most commands never do.
        System.setProperty("java.util.logging.config.class", JavaLogging.class.getName());
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The command line for some arguments: with the command that they begin with, or with all if they begin with none.
     * To know a command costs time, and the classes that it speaks of.
     */
    static CommandLine commandLine(String... arguments) {
        String asked = Stream.of(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        var root = new Rootbeat();
        var commandLine = new CommandLine(root);
        COMMANDS.forEach((name, command) -> {
            if (name.equals(asked) || !COMMANDS.containsKey(asked)) {
                commandLine.addSubcommand(name, command.get());
            }
        });
        commandLine.addSubcommand(GenerateCompletion.class);
        commandLine
                .getSubcommands()
                .values()
                .forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(parsed -> {
                    root.chooseLogging();
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler((failure, failed, _) -> Failures.failed(failure, failed, root.verbose));
    }

    private static Map<String, Supplier<Class<?>>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Class<?>>>();
        commands.put("demo", () -> DemoCommand.class);
        commands.put("module", () -> ModuleCommand.class);
        commands.put("server", () -> ServerCommand.class);
        commands.put("scenario", () -> ScenarioCommand.class);
        commands.put("simulate", () -> SimulateCommand.class);
        commands.put("explain", () -> ExplainCommand.class);
        commands.put("psk", () -> PskCommand.class);
        return commands;
    }

    /** Before anything is logged: then the file is read. */
    private void chooseLogging() {
        System.setProperty("rootbeat.log", log.name().toLowerCase(Locale.ROOT));
        if (verbose || quiet) {
            System.setProperty("logback.configurationFile", verbose ? "logback-verbose.xml" : "logback-quiet.xml");
        }
    }

    /** Without a command there is nothing to do but to tell what there is. */
    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().usage(err);
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The version that was built, and the Java that runs it. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String built = Rootbeat.class.getPackage().getImplementationVersion();
            return new String[] {
                "rootbeat " + (built == null ? "(not packaged)" : built),
                "Java " + System.getProperty("java.vm.version") + ", " + System.getProperty("java.vendor")
            };
        }
    }
}
