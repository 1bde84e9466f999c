package dev.rootbeat.server.model;

/** What a device may use of the service (requirements, section 8). */
public enum Plan {
    /** No active plan: operations on certificates are refused. */
    NONE,
    /** For trials. */
    DEVELOPER,
    /** For production. */
    COMMERCIAL
}
