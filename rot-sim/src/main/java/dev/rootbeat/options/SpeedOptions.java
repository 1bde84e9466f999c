package dev.rootbeat.options;

import dev.rootbeat.sim.ScaledTime;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How fast time runs for a command. */
public final class SpeedOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Let certificates age and heartbeats come so many times faster (${DEFAULT-VALUE}, at most "
                    + ScaledTime.MAX_FACTOR + "); 1440 makes a day a minute. Modules and server want the same.")
    private int factor = 1;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description =
                    "When the fast time was the real one, such as 2026-11-24T10:00:00Z (default: now). Programs that"
                            + " are started one after the other agree on the time if they are given the same.")
    private @Nullable Instant since;

    /** Made by picocli. */
    public SpeedOptions() {}

    /**
     * Returns the time that was asked for, in step with the system's now or since the instant that was named.
     *
     * @throws ParameterException if the factor is out of range
     */
    public ScaledTime time() {
        InstantSource real = InstantSource.system();
        try {
            return new ScaledTime(real, since == null ? real.instant() : since, factor);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--speed: " + e.getMessage());
        }
    }
}
