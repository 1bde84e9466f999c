package dev.rootbeat.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one source to one webhook, which go one after the other. While one is under way, the line is leased:
 * it is due again when the lease ends, in case that the process that leased it has died.
 *
 * @param webhook the id of the webhook
 * @param source whose events they are
 * @param due when its first delivery is to be tried; null if none waits
 * @param turn grows with every lease, so that a lease that ended early is recognised
 */
public record DeliveryLine(
        String webhook, String source, @Nullable Instant due, long turn) {

    /** Returns the line leased until an instant. */
    public DeliveryLine leased(Instant until) {
        return new DeliveryLine(webhook, source, until, turn + 1);
    }

    /** Returns the line due at an instant, or with null never. */
    public DeliveryLine due(@Nullable Instant newDue) {
        return new DeliveryLine(webhook, source, newDue, turn);
    }
}
