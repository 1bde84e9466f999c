package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One connection and the statements that were prepared on it. For one thread at a time. */
final class Session implements AutoCloseable {

    private static final Parameters.Binding NONE = _ -> {};

    /** How long to wait for a sign of life. */
    private static final int PATIENCE_SECONDS = 5;

    private final String name;
    private final Dialect dialect;
    private final String settings;
    private final Connector connector;
    private Connection connection;
    private boolean changed;
    private final Map<String, Prepared> statements = new HashMap<>();

    /** Opens a connection. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    /**
     * Connects.
     *
     * @param name what errors call the data; it holds no secret
     * @param settings statements that come first on every connection; empty for none
     * @throws StoreException if that fails
     */
    Session(String name, Dialect dialect, String settings, Connector connector) {
        this.name = name;
        this.dialect = dialect;
        this.settings = settings;
        this.connector = connector;
        this.connection = connected();
    }

    Dialect dialect() {
        return dialect;
    }

    /** Begins a transaction with this statement, on another connection if the present one is lost. */
    void begin(String sql) {
        changed = false;
        try {
            run(sql);
        } catch (StoreException e) {
            if (isAlive()) {
                throw e;
            }
            close();
            statements.clear();
            connection = connected();
            run(sql);
        }
    }

    /** Runs a statement without parameters that changes no data, such as those that begin and end transactions. */
    void run(String sql) {
        execute(sql, NONE);
    }

    /** Runs several statements. */
    void script(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs a statement that returns no rows, and returns how many it changed. */
    int update(String sql, Parameters.Binding binding) {
        changed = true;
        return execute(sql, binding);
    }

    /** Whether anything may have been changed since the transaction began. */
    boolean isChanged() {
        return changed;
    }

    private int execute(String sql, Parameters.Binding binding) {
        try {
            Prepared prepared = prepared(sql);
            binding.set(new Parameters(prepared.statement(), dialect));
            return prepared.update();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Writes a value and returns how many rows that changed. */
    <V> int write(Table.Insert<V> insert, V value) {
        return update(insert.sql(), parameters -> insert.writing().write(value, parameters));
    }

    /** Adds a value or replaces the one of the same key. */
    <V> void write(Table.Upsert<V> upsert, V value) {
        if (write(upsert.usual(), value) == 0) {
            write(upsert.whole(), value);
        }
    }

    /** Returns the one value that a query finds, if it finds one. */
    <V> Optional<V> find(Table.Select<V> select, Parameters.Binding binding) {
        return list(select, binding).stream().findFirst();
    }

    /** Returns whether a query finds anything. */
    boolean exists(String sql, Parameters.Binding binding) {
        return find(new Table.Select<>(sql, _ -> true), binding).isPresent();
    }

    /** Returns all values of a query without parameters. */
    <V> List<V> list(Table.Select<V> select) {
        return list(select, NONE);
    }

    /** Returns all values that a query finds. */
    <V> List<V> list(Table.Select<V> select, Parameters.Binding binding) {
        try {
            Prepared prepared = prepared(select.sql());
            binding.set(new Parameters(prepared.statement(), dialect));
            try (ResultSet rows = prepared.query()) {
                return read(rows, select.reading());
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Returns the one number that a query without parameters finds. */
    long number(String sql) {
        return find(new Table.Select<>(sql, Columns::number), NONE).orElseThrow();
    }

    /** Returns the one text that a query without parameters finds. */
    String text(String sql) {
        return find(new Table.Select<>(sql, Columns::text), NONE).orElseThrow();
    }

    /** Whether something failed only because another transaction was in its way. */
    boolean isConflict(Throwable failure, boolean alone) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && dialect.isConflict(sql, alone));
    }

    /** Says why the data cannot be used. */
    StoreException refusal(String why) {
        return new StoreException("store " + name + ": " + why);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection connected() {
        try {
            Connection made = connector.connect();
            try (Statement statement = made.createStatement()) {
                if (!settings.isEmpty()) {
                    statement.executeUpdate(settings);
                }
                return made;
            } catch (SQLException e) {
                made.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("store " + name + ": it cannot be opened: " + e.getMessage(), e);
        }
    }

    private boolean isAlive() {
        try {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private <V> List<V> read(ResultSet rows, Columns.Reading<V> reading) throws SQLException {
        var found = new ArrayList<V>();
        var columns = new Columns(rows, dialect);
        while (columns.next()) {
            found.add(reading.read(columns));
        }
        return List.copyOf(found);
    }

    private Prepared prepared(String sql) throws SQLException {
        Prepared prepared = statements.get(sql);
        if (prepared == null) {
            prepared = new Prepared(connection.prepareStatement(sql));
            statements.put(sql, prepared);
        }
        return prepared;
    }

    private StoreException failure(SQLException e) {
        return new StoreException("store " + name + ": " + e.getMessage() + dialect.advice(e), e);
    }
}
