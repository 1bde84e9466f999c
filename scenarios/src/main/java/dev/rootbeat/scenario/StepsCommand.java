package dev.rootbeat.scenario;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rootbeat scenario steps}: what scenarios are written in. */
@Command(
        name = "steps",
        mixinStandardHelpOptions = true,
        header = "List the steps that scenarios are made of, with examples.",
        description = {
            "",
            "Each step is shown as it is known, and below it as the shipped suites use it. In braces stands what may"
                    + " vary; a slash separates words of which one may stand."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rootbeat scenario steps", "  rootbeat scenario steps | grep -A1 heartbeat"})
final class StepsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Vocabulary.shipped().examples().forEach((words, example) -> {
            out.println(words);
            out.println("    " + example);
        });
        out.flush();
        return 0;
    }
}
