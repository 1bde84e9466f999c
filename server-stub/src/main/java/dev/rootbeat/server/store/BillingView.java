package dev.rootbeat.server.store;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.TariffChange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The money in one consistent state of the data. Oldest first is the order in which things were added. */
public interface BillingView {

    /** The changes of prices, oldest first. */
    List<TariffChange> tariffChanges();

    /** The changes of a device's plan, oldest first. */
    List<PlanChange> planChanges(RotPublicUid device);

    /** Where a device's plan stands; nothing if it never had one. */
    Optional<Subscription> subscription(RotPublicUid device);

    /** How many devices of a domain have this plan in force. */
    int devicesWith(String domain, Plan plan);

    /**
     * The subscriptions that are due on a day or before, by day, then by device.
     *
     * @param limit how many at most
     */
    List<Subscription> due(LocalDate day, int limit);

    /** All periods of a device, by their start. */
    List<SubscriptionPeriod> periods(RotPublicUid device);

    /** The periods of a domain that are in no invoice and end before a day or on it, by their end, then by device. */
    List<SubscriptionPeriod> openPeriods(String domain, LocalDate end);

    /** The billing events of a domain that are in no invoice, oldest first. */
    List<BillingEvent> openEvents(String domain);

    /** The domains that have periods or billing events in no invoice, in ascending order. */
    List<String> domainsWithOpen();

    /** The domain's invoice of this number. */
    Optional<Invoice> invoice(String domain, int number);

    /** The domain's invoices from this number on, in ascending order. */
    List<Invoice> invoices(String domain, int from, int limit);

    /** The domain's latest invoice. */
    Optional<Invoice> lastInvoice(String domain);

    /** The deliveries that are due at an instant or before, the longest due first. */
    List<InvoiceDelivery> dueDeliveries(Instant now, int limit);

    /** When the next delivery is due; nothing if all have succeeded. */
    Optional<Instant> nextDelivery();
}
