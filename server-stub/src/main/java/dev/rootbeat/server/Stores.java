package dev.rootbeat.server;

import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.server.store.sql.SqlStore;
import dev.rootbeat.server.store.sql.SqliteBackup;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Opens the store that a configuration names. */
public final class Stores {

    /** Names the store that is gone when the server ends. */
    public static final String MEMORY = "memory";

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private Stores() {}

    /**
     * Opens a store.
     *
     * @param name {@value #MEMORY}, {@code jdbc:sqlite:PATH} for the SQLite file of this path, which is made where there
     *     is none, or {@code jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=SECRET}
     * @throws StoreException if the name is anything else, or the store cannot be used; the message says what to do, and
     *     holds no secret
     */
    public static Store open(String name) {
        if (name.equals(MEMORY)) {
            return new MemoryStore();
        }
        if (name.startsWith(POSTGRESQL)) {
            return SqlStore.connect(name);
        }
        if (!name.startsWith(SQLITE)) {
            throw new StoreException(
                    "a store is jdbc:sqlite:PATH, jdbc:postgresql://HOST:PORT/DATABASE or memory, not \""
                            + withoutParameters(name) + "\"");
        }
        return SqlStore.open(path(name.substring(SQLITE.length())));
    }

    /**
     * Copies the data of a store into a new file; a server may be using it meanwhile.
     *
     * @throws StoreException if that is impossible; the message says what to do
     */
    public static void backup(String name, Path to) {
        SqliteBackup.make(file(name, "pg_dump"), to);
    }

    /**
     * Puts a backup in the place of a store that no server uses.
     *
     * @param overwrite whether data that is there may be lost
     * @throws StoreException if that is impossible; the message says what to do
     */
    public static void restore(Path from, String name, boolean overwrite) {
        SqliteBackup.restore(from, file(name, "pg_restore"), overwrite);
    }

    private static Path file(String name, String programOfPostgres) {
        if (!name.startsWith(SQLITE)) {
            throw new StoreException(
                    withoutParameters(name) + " is no SQLite file; for PostgreSQL use " + programOfPostgres);
        }
        return path(name.substring(SQLITE.length()));
    }

    /** Returns a store's name as it may be shown: without its parameters, since a password may be among them. */
    public static String withoutParameters(String name) {
        int parameters = name.indexOf('?');
        return parameters < 0 ? name : name.substring(0, parameters);
    }

    /** SQLite's own notations for memory (":memory:"), URIs ("file:") and options ("?") are not paths. */
    private static Path path(String text) {
        if (text.isBlank() || text.startsWith(":") || text.startsWith("file:") || text.contains("?")) {
            throw new StoreException("jdbc:sqlite: takes a plain path, not \"" + text + "\"");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new StoreException("jdbc:sqlite: takes a plain path, not \"" + text + "\"", e);
        }
    }
}
