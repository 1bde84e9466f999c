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
 * Keeps the data in an SQLite file. A write is durable when its future completes: neither a killed process nor a power
 * cut takes it back. Writes run one after the other on one thread, {@code rootbeat-store}; reads run beside them in the
 * callers' threads. After close every call fails with a {@link StoreException}.
 */
public final class SqlStore implements Store {

    /** How many reads run at a time; more wait. Each costs a connection with its cache, and a core while it runs. */
    private static final int READERS = 4;

    private final SqliteFile file;
    private final GroupCommit writer;
    private final BlockingQueue<Session> readers = new LinkedBlockingQueue<>();

    private SqlStore(SqliteFile file) {
        this.file = file;
        for (int i = 0; i < READERS; i++) {
            readers.add(file.reader());
        }
        writer = new GroupCommit(file.writer());
    }

    /**
     * Opens a file, and makes it where there is none. The server that has it open is the only one; its lock is an empty
     * file beside it, named {@code PATH.lock}, which stays.
     *
     * @throws StoreException if it cannot be made, is in use, damaged, of another program or of a later version
     */
    public static SqlStore open(Path file) {
        SqliteFile opened = SqliteFile.open(file);
        try {
            return new SqlStore(opened);
        } catch (RuntimeException e) {
            opened.close();
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
            session.run("BEGIN");
            try {
                return query.apply(new SqlData(session));
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
        file.close();
    }

    /** Returns how many transactions have been committed since it was opened; each holds one write or more. */
    public long commits() {
        return writer.commits();
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
