package dev.rootbeat.server.store;

import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.DeliveryLine;
import dev.rootbeat.server.model.ExpiryNotice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Webhook;

/** A view of {@link EventView} that can be changed; it is part of its transaction. */
public interface EventTransaction extends EventView {

    /** Saves a webhook, by id. */
    void save(Webhook webhook);

    /** Deletes a webhook with everything that it is owed; it need not be there. */
    void deleteWebhook(String id);

    /** Adds a delivery. Its line is due at once, unless it has something to do already. */
    void enqueue(Delivery delivery);

    /**
     * Changes a line that nobody has leased since it was seen. Until this transaction ends, everybody else who changes
     * it or adds to it waits.
     *
     * @param seen the line as it was seen
     * @return whether it was changed
     */
    boolean replace(DeliveryLine seen, DeliveryLine changed);

    /** Saves a delivery that was enqueued, by webhook, source and number. */
    void save(Delivery delivery);

    /** Removes a delivery; it need not be there. */
    void remove(Delivery delivery);

    /** Saves a dead letter, by webhook, source and number. */
    void save(DeadLetter letter);

    /** Removes a dead letter; it need not be there. */
    void remove(DeadLetter letter);

    /** Notes what a domain was told about the end of a certificate. */
    void told(IssuedCertificate certificate, ExpiryNotice notice);
}
