package dev.rootbeat.conformance.explain;

import dev.rootbeat.conformance.simulate.Runs;
import dev.rootbeat.conformance.world.EventLog;
import dev.rootbeat.conformance.world.FaultProfile;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.View;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code rootbeat explain}: the causal chain of a device, a certificate, or a line of an invoice, in words. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        header = "Tell why a device, a certificate or a line of an invoice is as it is.",
        description = {
            "",
            "What was asked, and then, heartbeat by heartbeat, what was ordered, sent, lost, reported, billed and told, with"
                    + " times. Of a run of rootbeat simulate, which is lived through again; or, with --db, of a server's"
                    + " data, which keeps operations, certificates, bills and notifications, but no messages."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rootbeat explain 0 --devices 3 --years 0.3 --seed 7",
            "                           the life of the first module of a run",
            "  rootbeat explain SERIAL --devices 3 --years 0.3 --seed 7",
            "                           how it came to a certificate that it has used",
            "  rootbeat explain home/1/0 --devices 3 --years 0.3 --seed 7",
            "                           what its line in the first invoice is for",
            "  rootbeat explain 3b8973390b4e1241 --db jdbc:sqlite:server.db",
            "                           the life of a module that a server knows"
        })
public final class ExplainCommand implements Callable<Integer> {

    private static final double MOST_YEARS = 100;
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,6}");
    private static final Pattern DEVICE = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{17,40}");
    private static final Pattern LINE = Pattern.compile("(.+/[0-9]+)/([0-9a-f]{16}|[0-9]{1,6})");
    private static final String SQLITE = "jdbc:sqlite:";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "THING",
            description = "A certificate's serial number in hexadecimal digits; a device's RoTPublicUID or, in a"
                    + " simulation, its number from 0; or a line of an invoice, DOMAIN/NUMBER/DEVICE.")
    private String thing = "";

    @Option(
            names = "--db",
            paramLabel = "JDBC-URL",
            description = "Look into a server's data instead: jdbc:sqlite:FILE or jdbc:postgresql://...")
    private @Nullable String db;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "100",
            description = "As of simulate (${DEFAULT-VALUE}).")
    private int devices;

    @Option(names = "--years", paramLabel = "Y", defaultValue = "1", description = "As of simulate (${DEFAULT-VALUE}).")
    private double years;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "As of simulate (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--faults",
            paramLabel = "PROFILE",
            defaultValue = "rough",
            description = "As of simulate: calm, rough or hostile (${DEFAULT-VALUE}).")
    private String faults = "";

    @Option(names = "--json", description = "Tell the chain as JSON.")
    private boolean json;

    /** Made by picocli. */
    public ExplainCommand() {}

    /** A thing as it is named, and whose it is. */
    private sealed interface Subject {
        record OfDevice(RotPublicUid device) implements Subject {}

        record OfCertificate(RotPublicUid device, String serial) implements Subject {}

        record OfLine(RotPublicUid device, String invoice) implements Subject {}

        RotPublicUid device();
    }

    @Override
    public Integer call() {
        List<Chain.Sentence> chain = db == null ? ofSimulation() : ofServer(db);
        if (chain.isEmpty()) {
            throw wrong("nothing is on record about " + thing);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode told = JsonMapper.shared().createObjectNode().put("thing", thing);
            var sentences = told.putArray("chain");
            chain.forEach(
                    one -> sentences.addObject().put("at", one.at().toString()).put("text", one.text()));
            out.println(told.toPrettyString());
        } else {
            chain.forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private List<Chain.Sentence> ofServer(String url) {
        if (url.startsWith(SQLITE) && !Files.exists(Path.of(url.substring(SQLITE.length())))) {
            throw wrong("there is no file " + url.substring(SQLITE.length()));
        }
        try (Store store = Stores.open(url)) {
            return store.read(view -> {
                Subject subject = subject(view, List.of());
                return chain(view, subject, Records.of(view, subject.device()));
            });
        }
    }

    /** What is named is found in the end alone, so the run is lived through once more to remember all about it. */
    private List<Chain.Sentence> ofSimulation() {
        require(
                devices >= 1 && devices <= Runs.MOST_DEVICES,
                "--devices: 1 to " + Runs.MOST_DEVICES + " can be looked into");
        require(years > 0 && years <= MOST_YEARS, "--years: a life takes up to " + (int) MOST_YEARS + " years");
        FaultProfile profile = FaultProfile.named(faults)
                .orElseThrow(() ->
                        wrong("--faults: there are the profiles calm, rough and hostile, not \"" + faults + "\""));
        World first = live(profile, "");
        Subject subject = first.server()
                .store()
                .read(view -> subject(
                        view,
                        first.devices().stream().map(device -> device.uid()).toList()));
        String name = subject.device().toString();
        World world = live(profile, name);
        return world.server().store().read(view -> {
            var facts = new ArrayList<>(Records.of(view, subject.device()));
            world.log().kept().forEach(line -> facts.add(fact(line, name)));
            return chain(view, subject, facts);
        });
    }

    private World live(FaultProfile profile, String device) {
        return Runs.remembered(
                subject -> !device.isEmpty()
                        && (subject.equals(device) || subject.equals("server") || subject.equals("platform")),
                devices,
                Duration.ofSeconds((long) (years * Duration.ofDays(365).toSeconds())),
                seed,
                profile);
    }

    private static Fact fact(EventLog.Line line, String device) {
        return new Fact.Logged(
                line.at(),
                line.subject().equals(device) ? line.what() : "the " + line.subject() + " " + line.what(),
                line.detail());
    }

    private Subject subject(View view, List<RotPublicUid> fleet) {
        Matcher line = LINE.matcher(thing);
        if (line.matches()) {
            return new Subject.OfLine(device(view, fleet, line.group(2)), line.group(1));
        }
        if (PLACE.matcher(thing).matches() || DEVICE.matcher(thing).matches()) {
            return new Subject.OfDevice(device(view, fleet, thing));
        }
        require(
                SERIAL.matcher(thing).matches(),
                "\"" + thing + "\" is no serial number, no RoTPublicUID and no line of an invoice");
        return Records.holder(view, thing)
                .map(device -> new Subject.OfCertificate(device, thing))
                .orElseThrow(() -> wrong("no certificate with the serial number " + thing + " was ever used"));
    }

    private RotPublicUid device(View view, List<RotPublicUid> fleet, String name) {
        if (DEVICE.matcher(name).matches()) {
            RotPublicUid uid = RotPublicUid.parse(name);
            require(view.device(uid).isPresent(), "there is no device " + uid);
            return uid;
        }
        require(db == null, "numbers are of simulations: name the RoTPublicUID, 16 hexadecimal digits");
        int place = Integer.parseInt(name);
        require(place < fleet.size(), "there are modules 0 to " + (fleet.size() - 1));
        return fleet.get(place);
    }

    private static List<Chain.Sentence> chain(View view, Subject subject, List<Fact> facts) {
        return switch (subject) {
            case Subject.OfDevice _ -> Chain.ofDevice(facts);
            case Subject.OfCertificate(RotPublicUid device, String serial) ->
                Chain.ofCertificate(facts, serial, Records.operations(view, device, serial));
            case Subject.OfLine(RotPublicUid _, String invoice) -> Chain.ofInvoiceLine(facts, invoice);
        };
    }

    private void require(boolean good, String problem) {
        if (!good) {
            throw wrong(problem);
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
