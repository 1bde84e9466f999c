package dev.rootbeat.demo;

import dev.rootbeat.options.BehaviourConverter;
import dev.rootbeat.options.Quiet;
import dev.rootbeat.rot.protocol.Behaviour;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rootbeat demo}: the whole life of a small fleet against a certificate manager, on real sockets. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "Show the whole life of a small fleet on real sockets.",
        description = {
            "",
            "Take modules of all four products through their whole life: bootstrap, seal, first certificate, renew,"
                    + " update, transfer, revoke, delete. A certificate manager runs in the same process; operators"
                    + " speak REST, devices CoAP over DTLS, hosts AT. Every certificate and revocation list is validated"
                    + " by the Java platform alone.",
            "Exit code 0: all is as it should be. 1: it is not, and the last line says what."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rootbeat demo",
            "  rootbeat demo --devices 100 --out demo-out",
            "                           keep certificates, lists and a transcript",
            "  openssl verify -crl_check -CAfile demo-out/ca-field.pem \\",
            "      -CRLfile demo-out/ca-field.crl.pem demo-out/device-UID.pem"
        })
public final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many modules take part, " + DemoSettings.FEWEST + " to " + DemoSettings.MOST
                    + " (${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Keep ca-NAME.pem, ca-NAME.crl.pem, device-UID.pem and transcript.log in this folder; those of"
                            + " an earlier demonstration are replaced.")
    private @Nullable Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Draw identities and jitter from this seed (${DEFAULT-VALUE}); keys are always new.")
    private long seed;

    @Option(
            names = "--behaviour",
            paramLabel = "CLASS",
            converter = BehaviourConverter.class,
            description = "A class on the class path that sees and may change what passes through the modules.")
    private Behaviour behaviour = Behaviour.NONE;

    /** Made by picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException {
        DemoSettings settings = settings();
        Keepsakes keepsakes = keepsakes();
        InstantSource clock = InstantSource.system();
        try (Writer file = keepsakes.transcript()) {
            var transcript = new Transcript(file, clock);
            var screen = new Screen(spec.commandLine().getOut(), Ansi.AUTO, Quiet.isAsked(spec), clock, transcript);
            return new Demo(settings, clock, screen, transcript, keepsakes).run() ? 0 : 1;
        }
    }

    private DemoSettings settings() {
        try {
            return new DemoSettings(devices, seed, DemoSettings.SHORT_GUARD, DemoSettings.PATIENCE, behaviour);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--devices: " + e.getMessage(), e);
        }
    }

    private Keepsakes keepsakes() {
        try {
            return Keepsakes.in(out);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--out: cannot use the folder: " + e, e);
        }
    }
}
