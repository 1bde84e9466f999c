package dev.rootbeat.server.store;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.TariffChange;
import java.util.List;

/** The money as a transaction changes it. */
public interface BillingTransaction extends BillingView {

    /** Adds a change of prices. */
    void add(TariffChange change);

    /** Adds a change of a device's plan. */
    void add(PlanChange change);

    /** Saves where a device's plan stands, by device. */
    void save(Subscription subscription);

    /**
     * Adds a period that has begun.
     *
     * @throws StoreException if the device has a period that begins on the same day
     */
    void add(SubscriptionPeriod period);

    /**
     * Adds an invoice.
     *
     * @param periods the open periods that are in it from now on
     * @param events the open events that are in it from now on
     * @throws StoreException if the domain has an invoice of this number, or of this day and currency, or one of the
     *     periods or events is in another invoice
     */
    void add(Invoice invoice, List<SubscriptionPeriod> periods, List<BillingEvent> events);

    /** Saves a delivery, by invoice and channel. */
    void save(InvoiceDelivery delivery);

    /** Notes a change of a device's plan where its plan stands as well. */
    default void change(PlanChange change) {
        add(change);
        save(subscription(change.device())
                .map(present -> present.changed(change))
                .orElseGet(() -> Subscription.after(change)));
    }
}
