package dev.rootbeat.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call of the REST interface, as the audit log keeps it; never what its body said.
 *
 * @param domain the domain that it is attributed to
 * @param apiKey the domain's API key at that time
 * @param at when it was answered, by the operators' clock
 * @param call the path
 * @param outcome {@value #OK}, or the error's code
 * @param requestId what the caller named it; null if not at all, or not in a form that can be shown
 * @param address where it came from; null if unknown
 */
public record AuditRecord(
        String domain,
        String apiKey,
        Instant at,
        String call,
        String outcome,
        @Nullable String requestId,
        @Nullable String address) {

    /** The outcome of a call that succeeded. */
    public static final String OK = "OK";
}
