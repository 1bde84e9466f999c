package dev.rootbeat.server.store;

import dev.rootbeat.server.model.AuditRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log. */
public interface AuditView {

    /**
     * A domain's part of the log, the latest first.
     *
     * @param before only entries with a lower number; null for the latest
     * @param limit the most entries
     */
    List<Entry> list(String domain, @Nullable Long before, int limit);

    /**
     * A record in its place.
     *
     * @param number grows from entry to entry, positive
     */
    record Entry(long number, AuditRecord record) {}
}
