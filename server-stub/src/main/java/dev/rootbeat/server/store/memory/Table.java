package dev.rootbeat.server.store.memory;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Values by key, and what finds them otherwise. Every change leaves behind what takes it back. */
final class Table<K, V> {

    private final Map<K, Row<V>> rows = new HashMap<>();
    private final List<Index<V>> indexes = new ArrayList<>();
    private final Deque<Runnable> undo;
    private final Function<V, K> key;
    private long nextAge;

    /**
     * Creates an empty table.
     *
     * @param undo gets a step back for every step
     * @param key the key of a value
     */
    Table(Deque<Runnable> undo, Function<V, K> key) {
        this.undo = undo;
        this.key = key;
    }

    /** Makes an index keep up with the table from now on. */
    <I extends Index<V>> I with(I index) {
        indexes.add(index);
        return index;
    }

    Optional<V> find(K wanted) {
        return Optional.ofNullable(rows.get(wanted)).map(row -> row.value);
    }

    void save(V value) {
        K at = key.apply(value);
        Row<V> row = rows.get(at);
        for (Index<V> index : indexes) {
            index.check(value, row);
        }
        if (row == null) {
            insert(at, new Row<>(nextAge++, value));
        } else {
            V old = row.value;
            replace(row, value);
            undo.push(() -> replace(row, old));
        }
    }

    /** Takes a row out, if there is one of this key. */
    void remove(K wanted) {
        Row<V> row = rows.get(wanted);
        if (row != null) {
            take(wanted, row);
            undo.push(() -> put(wanted, row));
        }
    }

    /** Takes over the rows of another table, into this empty one. */
    void copyFrom(Table<K, V> other) {
        other.rows.forEach((at, row) -> insert(at, new Row<>(row.age, row.value)));
        nextAge = other.nextAge;
    }

    private void insert(K at, Row<V> row) {
        put(at, row);
        undo.push(() -> take(at, row));
    }

    private void put(K at, Row<V> row) {
        rows.put(at, row);
        indexes.forEach(index -> index.add(row));
    }

    private void take(K at, Row<V> row) {
        rows.remove(at);
        indexes.forEach(index -> index.remove(row));
    }

    private void replace(Row<V> row, V value) {
        V old = row.value;
        for (Index<V> index : indexes) {
            if (!index.isSamePlace(old, value)) {
                index.remove(row);
            }
        }
        row.value = value;
        for (Index<V> index : indexes) {
            if (!index.isSamePlace(old, value)) {
                index.add(row);
            }
        }
    }
}
