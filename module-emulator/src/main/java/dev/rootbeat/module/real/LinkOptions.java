package dev.rootbeat.module.real;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where hosts come to, on the command line. */
final class LinkOptions {

    private static final int MAX_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--tcp",
            paramLabel = "PORT",
            description = "Listen for hosts on this TCP port; 0 for any that is free, which is what happens without"
                    + " --tcp, --pty and --stdio. Further modules take the ports behind it.")
    private @Nullable Integer port;

    @Option(
            names = "--pty",
            paramLabel = "PATH",
            description =
                    "Offer a pseudo-terminal, and make this a symbolic link to it while the command runs. Of several"
                            + " modules PATH-1, PATH-2 and so on. May be repeated: each is a channel of its own.")
    private List<Path> terminals = List.of();

    @Option(names = "--stdio", description = "Speak on standard input and output, and stop when the input ends.")
    private boolean stdio;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Listen on this address (${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    LinkOptions() {}

    boolean stdio() {
        return stdio;
    }

    /** The address that is listened on. */
    String host() {
        return host;
    }

    /** Standard input. Whoever types ends lines with the return key, which a terminal turns into LF, and a module wants CR. */
    InputStream input() {
        boolean typed = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return typed ? new TypedInput(System.in) : System.in;
    }

    /** @throws ParameterException if so many modules cannot be linked in this way */
    void check(int count) {
        if (stdio && count > 1) {
            throw wrong("--stdio is for one module, not " + count);
        }
        if (port != null && (port < 0 || port > MAX_PORT || (port > 0 && port + count - 1 > MAX_PORT))) {
            throw wrong("--tcp: ports are 0 to " + MAX_PORT + "; " + count + " from " + port + " are too high");
        }
    }

    /**
     * Opens what was asked for.
     *
     * @param number counts the modules from 1
     * @param several whether there is more than one module
     * @param hosted whether the module has a host of its own already, so that without any option none comes
     * @return where hosts come to, as the command prints it
     */
    String open(PluggedModule module, int number, boolean several, boolean hosted) throws IOException {
        var where = new StringBuilder();
        if (port != null || (terminals.isEmpty() && !stdio && !hosted)) {
            int wanted = port == null || port == 0 ? 0 : port + number - 1;
            InetSocketAddress address = module.listen(new InetSocketAddress(host, wanted));
            where.append(" tcp ").append(host).append(':').append(address.getPort());
        }
        for (Path terminal : terminals) {
            where.append(" pty ").append(openTerminal(module, numbered(terminal, number, several)));
        }
        return where.append(stdio ? " stdio" : "").toString();
    }

    private Path openTerminal(PluggedModule module, Path name) {
        try {
            return module.openTerminal(name);
        } catch (IOException e) {
            throw wrong("--pty: " + e.getMessage());
        }
    }

    /** The name that one of several modules has for what there is one of each. */
    static Path numbered(Path path, int number, boolean several) {
        return several ? path.resolveSibling(path.getFileName() + "-" + number) : path;
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command.commandLine(), what);
    }
}
