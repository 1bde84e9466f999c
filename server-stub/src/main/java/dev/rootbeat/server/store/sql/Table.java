package dev.rootbeat.server.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How values of a type lie in a table.
 *
 * @param name the table's name
 * @param key the columns that tell two values apart; empty if every value is a row of its own
 * @param columns the columns that hold a value
 * @param writing sets one parameter per column, in their order
 * @param reading reads one column each, in their order
 */
record Table<V>(String name, List<String> key, List<String> columns, Writing<V> writing, Columns.Reading<V> reading) {

    /** Sets the parameters for a value. */
    @FunctionalInterface
    interface Writing<V> {
        void write(V value, Parameters to) throws SQLException;
    }

    /** Reads rows. */
    record Select<V>(String sql, Columns.Reading<V> reading) {}

    /** Writes a row. */
    record Insert<V>(String sql, Writing<V> writing) {}

    /**
     * Adds a value or replaces the one of the same key. A column that is written is written to its indexes too, so the
     * usual way spares those that hardly ever change.
     *
     * @param usual writes nothing where one of them does change
     * @param whole is for then
     */
    record Upsert<V>(Insert<V> usual, Insert<V> whole) {}

    /** Returns the query of this condition and order: what follows FROM in SQL. */
    Select<V> select(String condition) {
        return new Select<>("SELECT " + list(columns) + " FROM " + name + " " + condition, reading);
    }

    /** Returns the statement that adds a value and replaces the one of the same key. */
    Insert<V> upsert() {
        return insert(replacing(List.of()));
    }

    /**
     * Returns the statements that do the same, where most columns stay as they are.
     *
     * @param settled columns that hardly ever change once a value is there
     */
    Upsert<V> upsert(List<String> settled) {
        String same = settled.stream()
                .map(column -> name + "." + column + " IS NOT DISTINCT FROM excluded." + column)
                .collect(Collectors.joining(" AND "));
        return new Upsert<>(insert(replacing(settled) + " WHERE " + same), upsert());
    }

    private String replacing(List<String> kept) {
        String changes = columns.stream()
                .filter(column -> !key.contains(column) && !kept.contains(column))
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return " ON CONFLICT (" + list(key) + ") DO UPDATE SET " + changes;
    }

    /** Returns the statement that adds a value unless there is one of the same key. */
    Insert<V> insertIfAbsent() {
        return insert(" ON CONFLICT (" + list(key) + ") DO NOTHING");
    }

    /** Returns the statement that adds a value. */
    Insert<V> insert() {
        return insert("");
    }

    private Insert<V> insert(String onConflict) {
        String values = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
        return new Insert<>(
                "INSERT INTO " + name + " (" + list(columns) + ") VALUES (" + values + ")" + onConflict, writing);
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns);
    }
}
