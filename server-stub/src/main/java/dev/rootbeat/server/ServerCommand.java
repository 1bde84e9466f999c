package dev.rootbeat.server;

import dev.rootbeat.options.BehaviourConverter;
import dev.rootbeat.options.DurationConverter;
import dev.rootbeat.options.MasterConverter;
import dev.rootbeat.options.PortConverter;
import dev.rootbeat.options.SpeedOptions;
import dev.rootbeat.options.StopSignal;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.billing.BillingOptions;
import dev.rootbeat.server.channel.CoapsEndpoint;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.event.EventOptions;
import dev.rootbeat.server.platform.PlatformEndpoint;
import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rootbeat server}: a certificate manager, until it is told to stop. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Run the certificate manager.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rootbeat server                       on http 8080 and coaps 5684, keeping its data",
            "  rootbeat server --http 0 --coaps 0 --db memory --guard 5s",
            "                                        on free ports, forgetting everything, for a quick try",
            "  rootbeat server --manage 9090 --fault '1 in 10 heartbeat lose-reply' --seed 7",
            "  curl -d 'once certificate wrong-key' http://127.0.0.1:9090/faults",
            "                                        loses every tenth reply, and is told what else to get wrong",
            "  rootbeat server --platform 8883       is also what devices log in to",
            "  rootbeat server --chaos               has a bad day, which --seed N brings back"
        })
public final class ServerCommand implements Callable<Integer> {

    /** More than two cores answer; a smaller machine sets it lower. */
    private static final int REQUESTS_PER_SECOND = 50_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Listen on this address (${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--coaps",
            paramLabel = "PORT",
            defaultValue = "" + CoapsEndpoint.DEFAULT_PORT,
            converter = PortConverter.class,
            description = "UDP port for devices (${DEFAULT-VALUE}); 0 for any that is free.")
    private int coapsPort;

    @Mixin
    private RestOptions rest = new RestOptions();

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(
            names = "--guard",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "After a heartbeat, accept no other for so long (${DEFAULT-VALUE}).")
    private Duration guard = HeartbeatPolicy.DEFAULT.guard();

    @Option(
            names = "--heartbeat",
            paramLabel = "DURATION",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "Ask devices to send a heartbeat so often (${DEFAULT-VALUE}).")
    private Duration period = HeartbeatPolicy.DEFAULT.period();

    @Option(
            names = "--master",
            paramLabel = "HEX",
            converter = MasterConverter.class,
            description = "The manufacturer's master secret (default: the one for tests, which everybody knows).")
    private Bytes master = KeyHierarchy.TEST_MASTER;

    @Option(
            names = "--behaviour",
            paramLabel = "CLASS",
            converter = BehaviourConverter.class,
            description = "A class on the class path that sees and may change what passes.")
    private Behaviour behaviour = Behaviour.NONE;

    @Option(
            names = "--platform",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description =
                    "Run an IoT platform on this TCP port (usual: " + PlatformEndpoint.DEFAULT_PORT + "; 0 for any"
                            + " that is free), to which devices log in with their certificates: MQTT 3.1.1 over TLS. A device"
                            + " publishes under devices/UID/ with QoS 0 or 1, to the subscribers of its domain.")
    private @Nullable Integer platformPort;

    @Mixin
    private FaultOptions faults = new FaultOptions();

    @Mixin
    private SpeedOptions speed = new SpeedOptions();

    @Mixin
    private BillingOptions billing = new BillingOptions();

    @Mixin
    private EventOptions events = new EventOptions();

    /** Picocli makes it. */
    public ServerCommand() {}

    @Override
    public Integer call() throws IOException {
        String url = store.name();
        try (StopSignal stop = StopSignal.install();
                CertificateManagerServer server = start(url)) {
            spec.commandLine()
                    .getOut()
                    .println("ready " + server.httpUrl() + " coaps://" + host + ":"
                            + server.coapsAddress().getPort() + " db " + Stores.withoutParameters(url)
                            + (server.platform() == null
                                    ? ""
                                    : " platform mqtts://" + host + ":"
                                            + server.platform().port())
                            + (server.managementUrl() == null ? "" : " manage " + server.managementUrl())
                            + rest.told()
                            + faults.told());
            spec.commandLine().getOut().flush();
            stop.await();
        }
        return 0;
    }

    /** Copies the data as it is at one moment. */
    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Copy the data of an SQLite file into a new file; a server may be using it meanwhile.",
            footerHeading = "%nExamples:%n",
            footer = "  rootbeat server backup --to server-backup.db")
    int backup(
            @Mixin StoreOption of,
            @Option(names = "--to", paramLabel = "FILE", required = true, description = "The backup: a new file.")
                    Path to) {
        return done(() -> Stores.backup(of.name(), to));
    }

    /** Puts a backup in place. */
    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Put a backup in the place of an SQLite file that no server uses.",
            footerHeading = "%nExamples:%n",
            footer = "  rootbeat server restore --from server-backup.db --overwrite")
    int restore(
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            required = true,
                            description = "The backup; it stays as it is.")
                    Path from,
            @Mixin StoreOption to,
            @Option(names = "--overwrite", description = "Give up the data that is there.") boolean overwrite) {
        return done(() -> Stores.restore(from, to.name(), overwrite));
    }

    private int done(Runnable action) {
        try {
            action.run();
            return 0;
        } catch (StoreException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private CertificateManagerServer start(String url) throws IOException {
        try {
            var _ = InetAddress.getByName(host);
            return CertificateManagerServer.start(new ServerConfig(
                    url,
                    new Ports(host, rest.port(), coapsPort, faults.managePort(), platformPort),
                    rest.config(),
                    new DeviceConfig(policy(), REQUESTS_PER_SECOND, master),
                    new Clocks(speed.time(), InstantSource.system()),
                    behaviour,
                    faults.faults(),
                    billing.config(),
                    events.config()));
        } catch (UnknownHostException e) {
            throw new ParameterException(spec.commandLine(), "--host: there is no address of " + host, e);
        } catch (StoreException e) {
            throw new ParameterException(spec.commandLine(), "--db: " + e.getMessage(), e);
        }
    }

    private HeartbeatPolicy policy() {
        try {
            return new HeartbeatPolicy(guard, period, HeartbeatPolicy.DEFAULT.blacklisted(), billing.planLimit());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--guard, --heartbeat: " + e.getMessage(), e);
        }
    }
}
