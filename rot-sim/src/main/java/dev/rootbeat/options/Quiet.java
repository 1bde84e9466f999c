package dev.rootbeat.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option {@code --quiet}, which the root command has for all commands. */
public final class Quiet {

    private Quiet() {}

    /** Whether it was given; a command that runs without its root was not told to be quiet. */
    public static boolean isAsked(CommandSpec command) {
        OptionSpec quiet = command.root().findOption("--quiet");
        return quiet != null && Boolean.TRUE.equals(quiet.getValue());
    }
}
