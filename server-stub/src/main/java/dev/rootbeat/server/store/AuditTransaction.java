package dev.rootbeat.server.store;

import dev.rootbeat.server.model.AuditRecord;

/** An audit log that can grow; nothing in it is ever changed. */
public interface AuditTransaction extends AuditView {

    /** Adds a record at the end. */
    void add(AuditRecord record);
}
