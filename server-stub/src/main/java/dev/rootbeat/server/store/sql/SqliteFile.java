package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sqlite.SQLiteConfig;

/** An SQLite file that this process alone serves, and the sessions on it. */
final class SqliteFile implements Database {

    /** How long to wait for a lock that somebody else holds: a process that was killed may take that long to go. */
    private static final int BUSY_MILLIS = 1_000;

    /** A server shall start in about a second; the check for damage takes a small part of it up to this size. */
    private static final long MAX_CHECKED_OCTETS = 64L << 20;

    /** "RBea" in ASCII. */
    private static final long APPLICATION_ID = 0x52_42_65_61;

    private final Path path;
    private final Deque<Session> sessions = new ArrayDeque<>();

    /** What the writer keeps of the file in memory, so that it does not read most pages again for every heartbeat. */
    private static final int CACHE_KIB = 64 * 1024;

    /**
     * The log is copied into the file when it has so many pages of 4 KiB. A page that many commits write is copied once,
     * and a few groups of renewals fill the usual thousand.
     */
    private static final int CHECKPOINT_PAGES = 8_000;

    private SqliteFile(Path path) {
        this.path = path;
    }

    /**
     * Opens a file, makes it where there is none, and brings its schema up to date.
     *
     * @throws StoreException if it cannot be made, is in use, damaged, of another program or of a later version
     */
    static SqliteFile open(Path path) {
        var file = new SqliteFile(path);
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            create(path);
            file.sessions.push(lock(path));
            file.prepare();
            return file;
        } catch (IOException e) {
            file.close();
            throw new StoreException("store " + path + ": it cannot be made: " + e, e);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Session writer() {
        // Waits for the disk at every commit; NORMAL would lose the last ones in a power cut.
        return session("PRAGMA synchronous = FULL; PRAGMA cache_size = -" + CACHE_KIB + "; PRAGMA wal_autocheckpoint = "
                + CHECKPOINT_PAGES);
    }

    @Override
    public Session reader() {
        return session("PRAGMA query_only = ON");
    }

    /** Closes all sessions, the lock last. */
    @Override
    public void close() {
        while (!sessions.isEmpty()) {
            sessions.pop().close();
        }
    }

    /** Makes an empty file where there is none. Nobody else may read it, since it holds the keys of the Root CAs. */
    static void create(Path path) throws IOException {
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                var ownerOnly = PosixFilePermissions.fromString("rw-------");
                Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
            } else {
                Files.createFile(path);
            }
        } catch (FileAlreadyExistsException e) {
            // What it is, the checks will show.
        }
    }

    /**
     * Keeps other servers away from a file until the session is closed. The lock is an SQLite lock on an empty file beside
     * it: the operating system drops it when the process dies, and unlike a {@code FileLock} it also holds within one
     * process.
     */
    static Session lock(Path path) {
        Session session = connect(path.resolveSibling(path.getFileName() + ".lock"), "");
        try {
            session.run("BEGIN EXCLUSIVE");
            return session;
        } catch (StoreException e) {
            session.close();
            throw new StoreException(
                    "store " + path + ": another server uses it: stop that one, or name another file", e);
        }
    }

    private void prepare() throws IOException {
        Session session = session("");
        if (session.number("SELECT count(*) FROM sqlite_schema") > 0 || session.number("PRAGMA application_id") != 0) {
            check(session);
        }
        if (Files.size(path) <= MAX_CHECKED_OCTETS) {
            refuseDamage(session);
        }
        if (!session.text("PRAGMA journal_mode = WAL").equals("wal")) {
            throw session.refusal("its folder cannot hold a write-ahead log: use a local disk");
        }
        migrate(session);
    }

    /** Refuses a file that is not ours (PRAGMA application_id) or of a later version. */
    static void check(Session session) {
        if (session.number("PRAGMA application_id") != APPLICATION_ID) {
            throw session.refusal(Schema.FOREIGN);
        }
        Schema.check(session, version(session));
    }

    /** Refuses a file whose structure is damaged. */
    static void refuseDamage(Session session) {
        if (!session.text("PRAGMA quick_check(1)").equals("ok")) {
            throw session.refusal("it is damaged: " + Dialect.REMEDY);
        }
    }

    private static void migrate(Session session) {
        for (long version = version(session) + 1; version <= Schema.VERSION; version++) {
            session.run("BEGIN IMMEDIATE");
            Schema.step(session, version);
            session.run("PRAGMA application_id = " + APPLICATION_ID);
            session.run("PRAGMA user_version = " + version);
            session.run("COMMIT");
        }
    }

    private static long version(Session session) {
        return session.number("PRAGMA user_version");
    }

    private Session session(String settings) {
        Session session = connect(path, settings);
        sessions.push(session);
        return session;
    }

    /** Opens a session on a file, whatever it is. */
    static Session connect(Path path, String settings) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        // Or the driver asks for a row's number after every statement.
        config.setGetGeneratedKeys(false);
        return new Session(
                path.toString(), Dialect.SQLITE, settings, () -> config.createConnection("jdbc:sqlite:" + path));
    }
}
