package dev.rootbeat.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The way of an invoice to people. It is tried until it succeeds, so what a dead process had sent comes once more.
 *
 * @param domain the invoice's domain
 * @param number the invoice's number
 * @param channel which way, by name
 * @param attempts how often it was tried
 * @param due when it is tried next; null once it has succeeded
 */
public record InvoiceDelivery(
        String domain,
        int number,
        String channel,
        int attempts,
        @Nullable Instant due) {}
