package dev.rootbeat.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --db}: which store a command is about. */
final class StoreOption {

    @Option(
            names = "--db",
            paramLabel = "JDBC-URL",
            description =
                    "Where the data lives: jdbc:sqlite:FILE, jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=SECRET,"
                            + " or memory (default: a file in the state folder).")
    private @Nullable String store;

    StoreOption() {}

    /** The name of the store, for {@link Stores}; it may hold a password. */
    String name() {
        if (store != null) {
            return store;
        }
        return "jdbc:sqlite:" + stateFolder().resolve("server.db");
    }

    /** Where a server keeps what it was given no other place for. */
    static Path stateFolder() {
        String home = System.getenv("XDG_STATE_HOME");
        Path states = home == null || home.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(home);
        return states.resolve("rootbeat");
    }
}
