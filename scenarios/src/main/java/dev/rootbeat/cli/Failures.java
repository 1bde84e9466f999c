package dev.rootbeat.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong and where. */
final class Failures {

    /** The tool itself failed. */
    static final int FAILED = 3;

    private Failures() {}

    /** Tells about wrong usage or bad input, and where help is. */
    static int wrongUsage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        List<String> meant =
                problem instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        command.getErr()
                .println(name + ": " + oneLine(String.valueOf(problem.getMessage()))
                        + (meant.isEmpty() ? "" : "; did you mean " + meant.getFirst() + "?") + " (see "
                        + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    /** Tells about a failure of the tool itself; with {@code verbose} also where in the code. */
    static int failed(Exception failure, CommandLine command, boolean verbose) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine(sentence(failure)));
        if (verbose) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return FAILED;
    }

    /** What was thrown on purpose speaks for itself; of the rest the type is the better half. */
    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        boolean spoken = failure instanceof IOException || failure instanceof UncheckedIOException;
        return spoken && message != null && message.contains(" ") ? message : failure + "";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
