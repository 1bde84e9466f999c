package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;

/** A database whose schema is up to date, from where sessions come. */
interface Database extends AutoCloseable {

    /**
     * Opens a session that writes; a commit on it is durable.
     *
     * @throws StoreException if the database cannot be reached
     */
    Session writer();

    /**
     * Opens a session that only reads.
     *
     * @throws StoreException if the database cannot be reached
     */
    Session reader();

    /** Closes all its sessions. */
    @Override
    void close();
}
