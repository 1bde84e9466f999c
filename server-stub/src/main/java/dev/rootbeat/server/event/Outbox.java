package dev.rootbeat.server.event;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import dev.rootbeat.server.store.Transaction;

/**
 * Tells a domain what happened, in the transaction in which it happens: the notification, its number, and a delivery for
 * each webhook that wants it are written with the effect or not at all. {@link Deliveries} sends them afterwards.
 */
public final class Outbox {

    private Outbox() {}

    /** Writes a notification, and what webhooks of its domain are owed for it. */
    public static void tell(Transaction tx, Notification notification) {
        var event = new Event(tx.add(notification), notification);
        if (notification.domain() != null) {
            enqueue(tx, event, notification.domain());
        }
    }

    /**
     * Tells a domain what happened to a device before it belonged to anybody, that it was bootstrapped above all; to be
     * called when the domain has just claimed it, before anything else is told.
     */
    public static void introduce(Transaction tx, RotPublicUid device, String domain) {
        tx.events().eventsWithoutDomain(device).forEach(event -> enqueue(tx, event, domain));
    }

    private static void enqueue(Transaction tx, Event event, String domain) {
        for (Webhook webhook : tx.events().webhooks(domain)) {
            if (webhook.kinds().contains(event.notification().kind())) {
                tx.events().enqueue(new Delivery(webhook.id(), event, 0));
            }
        }
    }
}
