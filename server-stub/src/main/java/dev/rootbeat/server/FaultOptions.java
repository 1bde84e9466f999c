package dev.rootbeat.server;

import dev.rootbeat.options.PortConverter;
import dev.rootbeat.server.fault.Fault;
import dev.rootbeat.server.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What the server does wrong, on the command line. */
final class FaultOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--fault",
            paramLabel = "SPEC",
            converter = FaultConverter.class,
            description = {
                "Let something go wrong; may be repeated: [HOW OFTEN] [UID] WHAT. HOW OFTEN is once, N times, 1 in N by"
                        + " chance, or number N (of the occasions of a device); else always. UID is one device; else all."
                        + " WHAT is heartbeat or results with reject, 4.29 DURATION, 5.03 DURATION, lose-request,"
                        + " lose-reply, delay DURATION or garble; certificate wrong-issuer, wrong-key or expired;"
                        + " crl stale; store slow DURATION; webhook down; platform down, silent or lose-answer; crash before-commit or after-commit CHANGE, where CHANGE is"
                        + " a kind of change, such as issued-certificate."
            })
    private List<Fault> faults = new ArrayList<>();

    @Option(names = "--chaos", description = "Have a bad day: a little of every fault but crashes.")
    private boolean chaos;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Chance in faults follows from this number (default: drawn, and printed).")
    private @Nullable Long seed;

    @Option(
            names = "--manage",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Offer an HTTP interface on this TCP port for those who run the server: health, metrics and"
                    + " faults; 0 for any that is free.")
    private @Nullable Integer managePort;

    FaultOptions() {}

    /** @throws ParameterException if there are too many */
    Faults faults() {
        var all = new ArrayList<>(faults);
        if (chaos) {
            all.addAll(Fault.CHAOS);
        }
        try {
            return new Faults(all, seed());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--fault: " + e.getMessage(), e);
        }
    }

    @Nullable
    Integer managePort() {
        return managePort;
    }

    /** What the line that says that the server is ready says of faults; nothing if none can be set. */
    String told() {
        return faults.isEmpty() && !chaos && managePort == null ? "" : " seed " + seed();
    }

    private long seed() {
        if (seed == null) {
            seed = RandomGenerator.getDefault().nextLong(1_000_000_000L);
        }
        return seed;
    }

    /** Reads faults. */
    static final class FaultConverter implements ITypeConverter<Fault> {

        @Override
        public Fault convert(String text) {
            try {
                return Fault.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
