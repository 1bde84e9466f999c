package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sqlite.SQLiteConfig;

/** An SQLite file that this process alone serves, and the sessions on it. */
final class SqliteFile implements AutoCloseable {

    /** How long to wait for a lock that somebody else holds: a process that was killed may take that long to go. */
    private static final int BUSY_MILLIS = 1_000;

    /** A server shall start in about a second; the check for damage takes a small part of it up to this size. */
    private static final long MAX_CHECKED_OCTETS = 64L << 20;

    private final Path path;
    private final Deque<Session> sessions = new ArrayDeque<>();

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
            file.create();
            file.lock();
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

    /** Opens a session that writes. */
    Session writer() {
        Session session = connect(path);
        // Waits for the disk at every commit; NORMAL would lose the last ones in a power cut.
        session.run("PRAGMA synchronous = FULL");
        return session;
    }

    /** Opens a session that only reads. */
    Session reader() {
        Session session = connect(path);
        session.run("PRAGMA query_only = ON");
        return session;
    }

    /** Closes all sessions, the lock last. */
    @Override
    public void close() {
        while (!sessions.isEmpty()) {
            sessions.pop().close();
        }
    }

    /** Makes the file and its folder. Nobody else may read it, since it holds the keys of the Root CAs. */
    private void create() throws IOException {
        Path absolute = path.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        try {
            if (absolute.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                var ownerOnly = PosixFilePermissions.fromString("rw-------");
                Files.createFile(absolute, PosixFilePermissions.asFileAttribute(ownerOnly));
            } else {
                Files.createFile(absolute);
            }
        } catch (FileAlreadyExistsException e) {
            // What it is, the checks will show.
        }
    }

    /**
     * Keeps other servers away from the file. The lock is an SQLite lock on an empty file beside it: the operating
     * system drops it when the process dies, and unlike a {@code FileLock} it also holds within one process.
     */
    private void lock() {
        Session session = connect(path.resolveSibling(path.getFileName() + ".lock"));
        try {
            session.run("BEGIN EXCLUSIVE");
        } catch (StoreException e) {
            throw new StoreException(
                    "store " + path + ": another server uses it: stop that one, or name another file", e);
        }
    }

    private void prepare() throws IOException {
        Session session = connect(path);
        Schema.check(session);
        if (Files.size(path) <= MAX_CHECKED_OCTETS
                && !session.text("PRAGMA quick_check(1)").equals("ok")) {
            throw session.refusal("it is damaged: " + Session.REMEDY);
        }
        if (!session.text("PRAGMA journal_mode = WAL").equals("wal")) {
            throw session.refusal("its folder cannot hold a write-ahead log: use a local disk");
        }
        Schema.migrate(session);
    }

    private Session connect(Path to) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            var session = new Session(path.toString(), config.createConnection("jdbc:sqlite:" + to));
            sessions.push(session);
            return session;
        } catch (SQLException e) {
            throw new StoreException("store " + path + ": it cannot be opened: " + e.getMessage(), e);
        }
    }
}
