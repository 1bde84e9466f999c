package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.model.AuditRecord;
import dev.rootbeat.server.store.AuditTransaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log; an entry's number is its row's. */
record SqlAudit(Session session) implements AuditTransaction {

    private static final Table<AuditRecord> AUDIT = new Table<>(
            "audit",
            List.of(),
            List.of("domain", "api_key", "at", "call", "outcome", "request_id", "address"),
            (entry, to) -> to.text(entry.domain())
                    .text(entry.apiKey())
                    .instant(entry.at())
                    .text(entry.call())
                    .text(entry.outcome())
                    .text(entry.requestId())
                    .text(entry.address()),
            from -> new AuditRecord(
                    from.text(),
                    from.text(),
                    from.instant(),
                    from.text(),
                    from.text(),
                    from.textOrNull(),
                    from.textOrNull()));

    private static final Table.Insert<AuditRecord> ADD = AUDIT.insert();

    private static final Table.Select<Entry> LIST = new Table.Select<>(
            "SELECT seq, " + String.join(", ", AUDIT.columns())
                    + " FROM audit WHERE domain = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
            from -> new Entry(from.number(), AUDIT.reading().read(from)));

    @Override
    public void add(AuditRecord entry) {
        session.write(ADD, entry);
    }

    @Override
    public List<Entry> list(String domain, @Nullable Long before, int limit) {
        return session.list(
                LIST,
                to -> to.text(domain)
                        .number(before == null ? Long.MAX_VALUE : before)
                        .number(limit));
    }
}
