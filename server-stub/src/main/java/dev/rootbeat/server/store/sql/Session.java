package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection and the statements that were prepared on it. For one thread at a time. */
final class Session implements AutoCloseable {

    /** What to do about a file that cannot be used. */
    static final String REMEDY = "restore a backup, or name another file";

    /** SQLite's primary result codes for a damaged file and for a file of another kind. */
    private static final int CORRUPT = 11;

    private static final int NOT_A_DATABASE = 26;

    private static final Parameters.Binding NONE = _ -> {};

    private final String name;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /**
     * Takes over a connection.
     *
     * @param name what errors call the data
     */
    Session(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** Runs a statement without parameters. */
    void run(String sql) {
        update(sql, NONE);
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
        try {
            PreparedStatement statement = prepared(sql);
            binding.set(new Parameters(statement));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Writes a value and returns how many rows that changed. */
    <V> int write(Table.Insert<V> insert, V value) {
        return update(insert.sql(), parameters -> insert.writing().write(value, parameters));
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
            PreparedStatement statement = prepared(select.sql());
            binding.set(new Parameters(statement));
            try (ResultSet rows = statement.executeQuery()) {
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

    private <V> List<V> read(ResultSet rows, Columns.Reading<V> reading) throws SQLException {
        var found = new ArrayList<V>();
        var columns = new Columns(rows);
        while (columns.next()) {
            found.add(reading.read(columns));
        }
        return List.copyOf(found);
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private StoreException failure(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        String advice = code == CORRUPT || code == NOT_A_DATABASE ? ": " + REMEDY : "";
        return new StoreException("store " + name + ": " + e.getMessage() + advice, e);
    }
}
