package dev.rootbeat.server.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows FROM, made of the parts that are wanted, with their parameters. */
final class Condition {

    /** Sets the parameters that a wanted value fills. */
    @FunctionalInterface
    interface Filling<W> {
        void fill(Parameters to, W wanted) throws SQLException;
    }

    private final StringBuilder sql = new StringBuilder();
    private final List<Parameters.Binding> bindings = new ArrayList<>();

    /** Begins with a part that is always there. */
    Condition(String first, Parameters.Binding binding) {
        sql.append("WHERE ").append(first);
        bindings.add(binding);
    }

    /** Adds a part, unless what it asks for is null. */
    <W> Condition and(@Nullable W wanted, String part, Filling<W> filling) {
        if (wanted != null) {
            sql.append(" AND ").append(part);
            bindings.add(to -> filling.fill(to, wanted));
        }
        return this;
    }

    /** Runs the query for a page. */
    <V> List<V> page(Session session, Table<V> table, String order, int limit) {
        bindings.add(to -> to.number(limit));
        return session.list(table.select(sql + " ORDER BY " + order + " LIMIT ?"), to -> {
            for (Parameters.Binding binding : bindings) {
                binding.set(to);
            }
        });
    }
}
