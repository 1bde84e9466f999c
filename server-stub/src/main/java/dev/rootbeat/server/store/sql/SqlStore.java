package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the data in an SQLite file or in a PostgreSQL database. A write is durable when its future completes: neither a
 * killed process nor a power cut takes it back. Writes run one after the other on one thread, {@code rootbeat-store};
 * reads run beside them in the callers' threads. After close every call fails with a {@link StoreException}.
 *
 * <p>Several processes may use one PostgreSQL database at a time. Their writes are serial too: a work that another process
 * was in the way of is done again, as a whole.
 */
public final class SqlStore implements Store {

    /** How many reads run at a time; more wait. Each costs a connection with its cache, and a core while it runs. */
    private static final int READERS = 4;

    private final Database database;
    private final GroupCommit writer;
    private final BlockingQueue<Session> readers = new LinkedBlockingQueue<>();

    private SqlStore(Database database) {
        this.database = database;
        for (int i = 0; i < READERS; i++) {
            readers.add(database.reader());
        }
        writer = new GroupCommit(database.writer());
    }

    /**
     * Opens a file, and makes it where there is none. The server that has it open is the only one; its lock is an empty
     * file beside it, named {@code PATH.lock}, which stays.
     *
     * @throws StoreException if it cannot be made, is in use, damaged, of another program or of a later version
     */
    public static SqlStore open(Path file) {
        return on(SqliteFile.open(file));
    }

    /**
     * Connects to a PostgreSQL database, and makes its tables where there are none. Where the connection is lost later,
     * calls fail until the database answers again.
     *
     * @param url the driver's URL: {@code jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=SECRET}
     * @throws StoreException if it cannot be reached, is of another program or of a later version; the message holds no
     *     secret
     */
    public static SqlStore connect(String url) {
        return on(PostgresDatabase.open(url));
    }

    private static SqlStore on(Database database) {
        try {
            return new SqlStore(database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work) {
        refuseFromWithin();
        return writer.submit(work);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<View, T> query) {
        refuseFromWithin();
        Session session = borrow();
        try {
            session.begin(session.dialect().beginReading);
            try {
                return query.apply(SqlData.reading(session));
            } finally {
                session.run("ROLLBACK");
            }
        } finally {
            readers.add(session);
        }
    }

    @Override
    public void close() {
        writer.close();
        database.close();
    }

    private Session borrow() {
        try {
            return readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting to read", e);
        }
    }

    private void refuseFromWithin() {
        if (writer.isCaller()) {
            throw new IllegalStateException("the store was called from within a write; use the transaction");
        }
    }
}
