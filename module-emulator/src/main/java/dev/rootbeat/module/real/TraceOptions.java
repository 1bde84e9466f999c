package dev.rootbeat.module.real;

import dev.rootbeat.module.trace.TraceFile;
import dev.rootbeat.module.trace.TraceLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is written down and played again, on the command line. */
final class TraceOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "Write to this file what hosts and modules say to each other, and what comes of heartbeats; keys"
                            + " and passwords are hidden.")
    private @Nullable Path trace;

    @Option(names = "--trace-secrets", description = "Show keys and passwords in the trace.")
    private boolean secrets;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description =
                    "Be the hosts of this trace, print where the module answers otherwise, and stop with exit code 1"
                            + " if it does.")
    private @Nullable Path replay;

    TraceOptions() {}

    boolean isReplay() {
        return replay != null;
    }

    /**
     * Begins the trace, if one was asked for.
     *
     * @param clock the time that it shows
     * @throws ParameterException if it cannot be written
     */
    Tracing open(InstantSource clock) {
        if (trace == null) {
            return Tracing.NONE;
        }
        try {
            return Tracing.to(TraceFile.create(trace), secrets, clock);
        } catch (IOException e) {
            throw wrong("--trace: " + trace + " cannot be written: " + e);
        }
    }

    /**
     * What to play: the lines of the first module of the trace; none if nothing was asked for.
     *
     * @throws ParameterException if there are none, or so many modules cannot answer
     */
    List<TraceLine> script(int count) {
        if (replay == null) {
            return List.of();
        }
        if (count > 1) {
            throw wrong("--replay is for one module, not " + count);
        }
        try {
            List<TraceLine> all = TraceFile.read(replay);
            if (all.isEmpty()) {
                throw wrong("--replay: " + replay + " is empty");
            }
            return all.stream()
                    .filter(line -> line.module().equals(all.getFirst().module()))
                    .toList();
        } catch (IOException e) {
            throw wrong("--replay: " + replay + " cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw wrong("--replay: " + e.getMessage());
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command.commandLine(), what);
    }
}
