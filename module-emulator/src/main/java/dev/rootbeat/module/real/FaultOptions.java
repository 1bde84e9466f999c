package dev.rootbeat.module.real;

import dev.rootbeat.module.fault.Fault;
import dev.rootbeat.module.fault.Faults;
import dev.rootbeat.module.fault.Quirk;
import dev.rootbeat.options.PortConverter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What goes wrong, on the command line. */
final class FaultOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--fault",
            paramLabel = "SPEC",
            converter = FaultConverter.class,
            description = {
                "Let something go wrong between the module and its hosts; may be repeated. To a command: [HOW OFTEN]"
                        + " COMMAND EFFECT. HOW OFTEN is once, N times, N times a boot, or until COMMAND; else for good."
                        + " COMMAND begins with AT, and * is any text in it. EFFECT is reply TEXT (and OK), say TEXT (and"
                        + " nothing else), error NUMBER-OR-TEXT, delay DURATION, silence, hang (until the host aborts it)"
                        + " or reboot (before the answer); in TEXT \\r\\n ends a line. To octets: drop or garble 1 in N, to"
                        + " host or from host, [seed N]. To the storage: storage full."
            })
    private List<Fault> faults = new ArrayList<>();

    @Option(
            names = "--quirk",
            paramLabel = "NAME",
            converter = QuirkConverter.class,
            description = {
                "Be peculiar as known firmware is; may be repeated. fresh-file-system: no import of credentials before"
                        + " the files were listed. busy-after-boot: AT+USECDEVINFO? is busy twice. slow-heartbeat:"
                        + " AT+USECCONN takes 140 s. stuck-radio: the first AT+CFUN=4 and AT+COPS=? have no end."
            })
    private List<Quirk> quirks = new ArrayList<>();

    @Option(
            names = "--control",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description =
                    "Offer an HTTP interface on this port to list, add and remove faults, to work the power, and to"
                            + " ask how the module is; 0 for any that is free.")
    private @Nullable Integer port;

    FaultOptions() {}

    /** @throws ParameterException if there are too many */
    List<Fault> all() {
        List<Fault> all = new ArrayList<>(faults);
        quirks.forEach(quirk -> all.addAll(quirk.faults()));
        if (all.size() > Faults.MAX_FAULTS) {
            throw new ParameterException(
                    command.commandLine(),
                    "--fault, --quirk: at most " + Faults.MAX_FAULTS + " faults, not " + all.size());
        }
        return all;
    }

    /**
     * Opens the interface, if one was asked for.
     *
     * @throws ParameterException if its port cannot be had
     */
    @Nullable
    ControlPort open(String host) {
        if (port == null) {
            return null;
        }
        try {
            return ControlPort.listen(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "--control: cannot listen on TCP " + host + ":" + port + ": " + e.getMessage());
        }
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

    /** Reads the names of quirks. */
    static final class QuirkConverter implements ITypeConverter<Quirk> {

        @Override
        public Quirk convert(String name) {
            return Quirk.of(name)
                    .orElseThrow(() -> new TypeConversionException(
                            "unknown quirk \"" + name + "\"; known are " + Arrays.toString(Quirk.values())));
        }
    }
}
