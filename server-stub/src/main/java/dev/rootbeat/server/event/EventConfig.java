package dev.rootbeat.server.event;

import java.time.Duration;
import java.util.List;

/**
 * What to tell whom.
 *
 * @param allowedHosts where webhooks may lead besides this machine: names and addresses
 * @param expiryLead how long before its end a certificate is told as expiring
 * @param deliveries how deliveries are tried
 */
public record EventConfig(List<String> allowedHosts, Duration expiryLead, DeliverySettings deliveries) {

    /** This machine only, and a week. */
    public static final EventConfig DEFAULT =
            new EventConfig(List.of(), ExpiryNotices.DEFAULT_LEAD, DeliverySettings.DEFAULT);

    /** Copies the list. */
    public EventConfig {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
