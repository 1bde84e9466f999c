package dev.rootbeat.server.model;

/** What a domain was told about the end of a certificate. */
public enum ExpiryNotice {
    /** Nothing yet. */
    NONE,
    /** That it expires soon. */
    EXPIRING,
    /** That it has expired. */
    EXPIRED
}
