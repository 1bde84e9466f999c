package dev.rootbeat.module.real;

import picocli.CommandLine;

/** The command {@code module} as a process of its own. */
final class RunModule {

    private RunModule() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ModuleCommand()).execute(arguments));
    }
}
