package dev.rootbeat.server.api;

/** The stable names of errors; the contract lists the same. */
enum ErrorCode {
    BAD_REQUEST,
    UNAUTHORIZED,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    TOO_LARGE,
    STARTING,
    TOO_MANY_REQUESTS,
    REQUEST_TIMEOUT,
    INTERNAL,
    TOO_MANY_ROOT_CAS,
    TOO_MANY_WEBHOOKS,
    ROOT_CA_IN_USE,
    /** A clone of the device is suspected. */
    FROZEN,
    /** The device is blacklisted. */
    NOT_ACTIVATED
}
