package dev.rootbeat.server.store.memory;

import dev.rootbeat.server.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the one row that has a property, and keeps a second one from having it. */
final class Unique<P, V> implements Index<V> {

    private final String name;
    private final Function<V, P> property;
    private final Map<P, Row<V>> rows = new HashMap<>();

    /**
     * Creates an empty index.
     *
     * @param name what an error calls the property
     * @param property the property of a value
     */
    Unique(String name, Function<V, P> property) {
        this.name = name;
        this.property = property;
    }

    Optional<V> find(P wanted) {
        return Optional.ofNullable(rows.get(wanted)).map(row -> row.value);
    }

    @Override
    public void check(V value, @Nullable Row<V> row) {
        Row<V> holder = rows.get(property.apply(value));
        if (holder != null && holder != row) {
            throw new StoreException("not unique: " + name);
        }
    }

    @Override
    public boolean isSamePlace(V one, V other) {
        return property.apply(one).equals(property.apply(other));
    }

    @Override
    public void add(Row<V> row) {
        rows.put(property.apply(row.value), row);
    }

    @Override
    public void remove(Row<V> row) {
        rows.remove(property.apply(row.value));
    }
}
