package dev.rootbeat.server.store.memory;

import org.jspecify.annotations.Nullable;

/** Finds rows by another property than their key. */
sealed interface Index<V> permits Groups, Unique {

    /**
     * Looks whether a value may stand in a row.
     *
     * @param row where it would stand; null if in a new row
     * @throws dev.rootbeat.server.store.StoreException if it may not
     */
    void check(V value, @Nullable Row<V> row);

    /** Returns whether the index finds the one value where it finds the other. */
    boolean isSamePlace(V one, V other);

    /** Takes up a row by its present value. */
    void add(Row<V> row);

    /** Drops a row, found by its present value. */
    void remove(Row<V> row);
}
