package dev.rootbeat.server.store.memory;

import dev.rootbeat.server.model.AuditRecord;
import dev.rootbeat.server.store.AuditTransaction;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The audit log; an entry's number is its place from 1 on. */
record MemoryAudit(Journal<AuditRecord> journal) implements AuditTransaction {

    @Override
    public void add(AuditRecord record) {
        journal.add(record);
    }

    @Override
    public List<Entry> list(String domain, @Nullable Long before, int limit) {
        List<AuditRecord> records = journal.list();
        long last = before == null ? records.size() : Math.min(before - 1, records.size());
        return LongStream.iterate(last, number -> number > 0, number -> number - 1)
                .mapToObj(number -> new Entry(number, records.get((int) number - 1)))
                .filter(entry -> entry.record().domain().equals(domain))
                .limit(limit)
                .toList();
    }
}
