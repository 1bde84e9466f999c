/** The store of the real world: SQL through JDBC, to SQLite or PostgreSQL, one writer that lets many works share a durable commit. */
@NullMarked
package dev.rootbeat.server.store.sql;

import org.jspecify.annotations.NullMarked;
