package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;

/**
 * A PostgreSQL database that this process shares with others. Its tables lie in the first schema of the search path, and
 * the table {@code schema_version} says which version they have.
 */
final class PostgresDatabase implements Database {

    private static final String PREFIX = "jdbc:postgresql:";

    /** "RBea" in ASCII: programs that make tables here wait for one another. */
    private static final long LOCK = 0x52_42_65_61;

    /** A server shall not hang where nobody answers. */
    private static final String CONNECT_SECONDS = "10";

    /** No statement takes as long; the machine at the other end is gone. */
    private static final String ANSWER_SECONDS = "60";

    /** A work that waits longer for another process gives way and is done again; it also ends a deadlock. */
    private static final int LOCK_MILLIS = 200;

    /** A process that stands still in a transaction holds up others; PostgreSQL ends its session then. */
    private static final int IDLE_MILLIS = 5_000;

    private final String url;
    private final String name;
    private final Deque<Session> sessions = new ArrayDeque<>();

    private PostgresDatabase(String url, String name) {
        this.url = url;
        this.name = name;
    }

    /**
     * Connects to a database and brings its schema up to date.
     *
     * @param url as the driver takes it, with user and password as parameters
     * @throws StoreException if it cannot be reached, or is of another program or a later version; the message holds no
     *     parameters
     */
    static PostgresDatabase open(String url) {
        String name = url.replaceFirst("\\?.*", "");
        if (name.contains("@")) {
            throw new StoreException("a store is " + PREFIX + "//HOST:PORT/DATABASE?user=NAME&password=SECRET,"
                    + " with the user behind the question mark");
        }
        var database = new PostgresDatabase(url, name);
        try {
            database.prepare();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Session writer() {
        return connect("SET lock_timeout = " + LOCK_MILLIS
                + "; SET idle_in_transaction_session_timeout = " + IDLE_MILLIS
                // To look through a whole table is a conflict with whoever writes to it.
                + "; SET enable_seqscan = off");
    }

    @Override
    public Session reader() {
        return connect("");
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
    }

    private void prepare() {
        Session session = connect("");
        session.run("BEGIN");
        session.exists("SELECT pg_advisory_xact_lock(" + LOCK + ")", _ -> {});
        String tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
        if (session.number(tables) == 0) {
            session.run("CREATE TABLE schema_version (version INTEGER NOT NULL)");
            session.run("INSERT INTO schema_version (version) VALUES (0)");
        } else if (session.number(tables + " AND tablename = 'schema_version'") == 0) {
            throw session.refusal(Schema.FOREIGN);
        }
        long present = session.number("SELECT version FROM schema_version");
        Schema.check(session, present);
        for (long version = present + 1; version <= Schema.VERSION; version++) {
            Schema.step(session, version);
            session.run("UPDATE schema_version SET version = " + version);
        }
        session.run("COMMIT");
        session.close();
    }

    private Session connect(String settings) {
        var session = new Session(name, Dialect.POSTGRESQL, settings, this::connection);
        sessions.add(session);
        return session;
    }

    private Connection connection() throws SQLException {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "rootbeat");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        // Its messages would name the values of a row, and keys are among them.
        properties.setProperty("logServerErrorDetail", "false");
        // DriverManager.getConnection would name the whole URL in its message, with the password.
        Connection connection = DriverManager.getDriver(url).connect(url, properties);
        if (connection == null) {
            throw new SQLException("this is no URL of a PostgreSQL database");
        }
        return connection;
    }
}
