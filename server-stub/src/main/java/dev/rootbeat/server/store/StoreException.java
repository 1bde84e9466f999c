package dev.rootbeat.server.store;

import org.jspecify.annotations.Nullable;

/** The data cannot be opened, read or written; the message says which, why, and what to do where something can be done. */
public final class StoreException extends RuntimeException {

    /** Says what is wrong. */
    public StoreException(String message) {
        this(message, null);
    }

    /** Says what is wrong, and what brought it to light. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
