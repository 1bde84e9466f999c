package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.Deed.Wish;
import dev.rootbeat.conformance.world.Scope;
import dev.rootbeat.options.SidedBehaviours;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What {@code rootbeat simulate --exhaustive} takes. */
final class ExhaustiveOptions {

    /** More would take days. */
    private static final int MOST_HEARTBEATS = 12;

    private static final int MOST_DEVIATIONS = 4;

    /** What needs a second domain is for fleets. */
    private static final List<Wish> WISHES =
            List.of(Wish.RENEW, Wish.UPDATE, Wish.TRANSFER, Wish.DELETE, Wish.REVOKE, Wish.PROVISION);

    /** What a fleet is drawn from. */
    private static final List<String> OF_FLEETS =
            List.of("--devices", "--years", "--seed", "--runs", "--faults", "--report");

    @Option(
            names = "--exhaustive",
            description = "All histories of one device instead of a fleet: every order of heartbeats, operations and"
                    + " faults.")
    private boolean exhaustive;

    @Option(
            names = "--heartbeats",
            paramLabel = "N",
            defaultValue = "6",
            description = "With --exhaustive: so many heartbeats in which something can happen (${DEFAULT-VALUE}).")
    private int heartbeats;

    @Option(
            names = "--operations",
            paramLabel = "N",
            defaultValue = "2",
            description = "With --exhaustive: at most so many operations, of all kinds (${DEFAULT-VALUE}).")
    private int operations;

    @Option(
            names = "--faults-at-most",
            paramLabel = "N",
            defaultValue = "2",
            description = "With --exhaustive: at most so many faults, of all kinds (${DEFAULT-VALUE}).")
    private int faults;

    /** Made by picocli. */
    ExhaustiveOptions() {}

    boolean areAsked() {
        return exhaustive;
    }

    /**
     * Returns what is asked for.
     *
     * @throws ParameterException naming the option that makes no sense
     */
    Scope scope(CommandSpec spec, SidedBehaviours behaviour) {
        OF_FLEETS.stream()
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                .findFirst()
                .ifPresent(option -> require(spec, false, option, "is for fleets, not for --exhaustive"));
        require(
                spec,
                heartbeats >= 1 && heartbeats <= MOST_HEARTBEATS,
                "--heartbeats",
                "there can be 1 to " + MOST_HEARTBEATS);
        require(
                spec,
                operations >= 0 && operations <= MOST_DEVIATIONS,
                "--operations",
                "there can be 0 to " + MOST_DEVIATIONS);
        require(
                spec,
                faults >= 0 && faults <= MOST_DEVIATIONS,
                "--faults-at-most",
                "there can be 0 to " + MOST_DEVIATIONS);
        return new Scope(heartbeats, operations, faults, WISHES, behaviour.device(), behaviour.server());
    }

    private static void require(CommandSpec spec, boolean good, String option, String problem) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), option + ": " + problem);
        }
    }
}
