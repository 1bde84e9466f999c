package dev.rootbeat.server.store.memory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds all rows of a group, in order. */
final class Groups<G, V> implements Index<V> {

    private final Function<V, @Nullable G> group;
    private final Comparator<V> order;
    private final Comparator<Row<V>> rowOrder;
    private final Map<G, TreeSet<Row<V>>> groups = new HashMap<>();

    /**
     * Creates an empty index.
     *
     * @param group the group of a value; null if the index leaves it out
     * @param order the order within a group; the older comes first where it sees no difference
     */
    Groups(Function<V, @Nullable G> group, Comparator<V> order) {
        this.group = group;
        this.order = order;
        this.rowOrder = Comparator.<Row<V>, V>comparing(row -> row.value, order).thenComparingLong(row -> row.age);
    }

    /** Returns the groups that have rows. */
    Set<G> groups() {
        return Set.copyOf(groups.keySet());
    }

    List<V> list(G wanted) {
        return groups.containsKey(wanted) ? stream(wanted).toList() : List.of();
    }

    Stream<V> stream(G wanted) {
        TreeSet<Row<V>> rows = groups.get(wanted);
        return rows == null ? Stream.empty() : rows.stream().map(row -> row.value);
    }

    boolean isEmpty(G wanted) {
        return !groups.containsKey(wanted);
    }

    @Override
    public void check(V value, @Nullable Row<V> row) {}

    @Override
    public boolean isSamePlace(V one, V other) {
        G found = group.apply(one);
        return Objects.equals(found, group.apply(other)) && (found == null || order.compare(one, other) == 0);
    }

    @Override
    public void add(Row<V> row) {
        G found = group.apply(row.value);
        if (found != null) {
            groups.computeIfAbsent(found, _ -> new TreeSet<>(rowOrder)).add(row);
        }
    }

    @Override
    public void remove(Row<V> row) {
        G found = group.apply(row.value);
        if (found != null) {
            groups.computeIfPresent(found, (_, rows) -> rows.remove(row) && rows.isEmpty() ? null : rows);
        }
    }
}
