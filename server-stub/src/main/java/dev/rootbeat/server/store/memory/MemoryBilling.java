package dev.rootbeat.server.store.memory;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.TariffChange;
import dev.rootbeat.server.store.BillingTransaction;
import dev.rootbeat.server.store.StoreException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The money itself. */
final class MemoryBilling implements BillingTransaction {

    private record History(RotPublicUid device, List<PlanChange> changes) {}

    private record Planned(String domain, Plan plan) {}

    private record PeriodKey(RotPublicUid device, LocalDate start) {}

    private record EventKey(String issuer, BigInteger serialNumber) {}

    private record InvoiceKey(String domain, int number) {}

    private record InvoiceMonth(String domain, LocalDate day, String currency) {}

    private record DeliveryKey(String domain, int number, String channel) {}

    /**
     * Something to pay for.
     *
     * @param debtor the domain; null once it is in an invoice
     */
    private record Payable<V>(V what, @Nullable String debtor) {

        Payable<V> paid() {
            if (debtor == null) {
                throw new StoreException("a period or event is in an invoice already");
            }
            return new Payable<>(what, null);
        }
    }

    /** The one group of an index that holds nothing but what is due. */
    private static final String DUE = "due";

    private final Journal<TariffChange> tariffs;
    private final Table<RotPublicUid, History> changes;
    private final Table<RotPublicUid, Subscription> subscriptions;
    private final Groups<Planned, Subscription> withPlan;
    private final Groups<String, Subscription> due;
    private final Table<PeriodKey, Payable<SubscriptionPeriod>> periods;
    private final Groups<RotPublicUid, Payable<SubscriptionPeriod>> periodsOfDevice;
    private final Groups<String, Payable<SubscriptionPeriod>> openPeriods;
    private final Table<EventKey, Payable<BillingEvent>> events;
    private final Groups<String, Payable<BillingEvent>> openEvents;
    private final Table<InvoiceKey, Invoice> invoices;
    private final Groups<String, Invoice> invoicesOfDomain;
    private final Table<DeliveryKey, InvoiceDelivery> deliveries;
    private final Groups<String, InvoiceDelivery> dueDeliveries;

    /**
     * Creates empty books.
     *
     * @param undo gets a step back for every step
     */
    MemoryBilling(Deque<Runnable> undo) {
        tariffs = new Journal<>(undo);
        changes = new Table<>(undo, History::device);
        subscriptions = new Table<>(undo, Subscription::device);
        withPlan = subscriptions.with(
                new Groups<>(subscription -> new Planned(subscription.domain(), subscription.plan()), (_, _) -> 0));
        due = subscriptions.with(new Groups<>(
                subscription -> subscription.due() == null ? null : DUE,
                Comparator.<Subscription, LocalDate>comparing(
                                subscription -> Objects.requireNonNull(subscription.due()))
                        .thenComparing(Subscription::device)));
        periods = new Table<>(undo, period -> key(period.what()));
        periodsOfDevice = periods.with(new Groups<>(
                period -> period.what().device(),
                Comparator.comparing(period -> period.what().start())));
        openPeriods = periods.with(new Groups<>(
                Payable::debtor,
                Comparator.<Payable<SubscriptionPeriod>, LocalDate>comparing(
                                period -> period.what().end())
                        .thenComparing(period -> period.what().device())));
        events = new Table<>(undo, event -> key(event.what()));
        openEvents = events.with(new Groups<>(Payable::debtor, (_, _) -> 0));
        invoices = new Table<>(undo, invoice -> new InvoiceKey(invoice.domain(), invoice.number()));
        invoicesOfDomain = invoices.with(new Groups<>(Invoice::domain, Comparator.comparingInt(Invoice::number)));
        var _ = invoices.with(new Unique<>(
                "invoice of a month",
                invoice -> new InvoiceMonth(invoice.domain(), invoice.day(), invoice.currency())));
        deliveries = new Table<>(
                undo, delivery -> new DeliveryKey(delivery.domain(), delivery.number(), delivery.channel()));
        dueDeliveries = deliveries.with(new Groups<>(
                delivery -> delivery.due() == null ? null : DUE,
                Comparator.<InvoiceDelivery, Instant>comparing(delivery -> Objects.requireNonNull(delivery.due()))
                        .thenComparing(InvoiceDelivery::domain)
                        .thenComparingInt(InvoiceDelivery::number)
                        .thenComparing(InvoiceDelivery::channel)));
    }

    void copyFrom(MemoryBilling other) {
        other.tariffs.list().forEach(tariffs::add);
        changes.copyFrom(other.changes);
        subscriptions.copyFrom(other.subscriptions);
        periods.copyFrom(other.periods);
        events.copyFrom(other.events);
        invoices.copyFrom(other.invoices);
        deliveries.copyFrom(other.deliveries);
    }

    /** Takes up a billing event, unless there is one of the same issuer and serial number. */
    boolean owe(BillingEvent event) {
        if (events.find(key(event)).isPresent()) {
            return false;
        }
        events.save(new Payable<>(event, event.domain()));
        return true;
    }

    @Override
    public List<TariffChange> tariffChanges() {
        return tariffs.list();
    }

    @Override
    public List<PlanChange> planChanges(RotPublicUid device) {
        return changes.find(device).map(History::changes).orElse(List.of());
    }

    @Override
    public Optional<Subscription> subscription(RotPublicUid device) {
        return subscriptions.find(device);
    }

    @Override
    public int devicesWith(String domain, Plan plan) {
        return withPlan.list(new Planned(domain, plan)).size();
    }

    @Override
    public List<Subscription> due(LocalDate day, int limit) {
        return due.list(DUE).stream()
                .takeWhile(subscription ->
                        !Objects.requireNonNull(subscription.due()).isAfter(day))
                .limit(limit)
                .toList();
    }

    @Override
    public List<SubscriptionPeriod> periods(RotPublicUid device) {
        return periodsOfDevice.list(device).stream().map(Payable::what).toList();
    }

    @Override
    public List<SubscriptionPeriod> openPeriods(String domain, LocalDate end) {
        return openPeriods.list(domain).stream()
                .map(Payable::what)
                .takeWhile(period -> !period.end().isAfter(end))
                .toList();
    }

    @Override
    public List<BillingEvent> openEvents(String domain) {
        return openEvents.list(domain).stream().map(Payable::what).toList();
    }

    @Override
    public List<String> domainsWithOpen() {
        return Stream.concat(openPeriods.groups().stream(), openEvents.groups().stream())
                .sorted()
                .distinct()
                .toList();
    }

    @Override
    public Optional<Invoice> invoice(String domain, int number) {
        return invoices.find(new InvoiceKey(domain, number));
    }

    @Override
    public List<Invoice> invoices(String domain, int from, int limit) {
        return invoicesOfDomain.list(domain).stream()
                .filter(invoice -> invoice.number() >= from)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Invoice> lastInvoice(String domain) {
        return invoicesOfDomain.list(domain).reversed().stream().findFirst();
    }

    @Override
    public List<InvoiceDelivery> dueDeliveries(Instant now, int limit) {
        return dueDeliveries.list(DUE).stream()
                .takeWhile(delivery -> !Objects.requireNonNull(delivery.due()).isAfter(now))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Instant> nextDelivery() {
        return dueDeliveries.list(DUE).stream().findFirst().map(InvoiceDelivery::due);
    }

    @Override
    public void add(TariffChange change) {
        tariffs.add(change);
    }

    @Override
    public void add(PlanChange change) {
        List<PlanChange> longer = Stream.concat(planChanges(change.device()).stream(), Stream.of(change))
                .toList();
        changes.save(new History(change.device(), longer));
    }

    @Override
    public void save(Subscription subscription) {
        subscriptions.save(subscription);
    }

    @Override
    public void add(SubscriptionPeriod period) {
        if (periods.find(key(period)).isPresent()) {
            throw new StoreException("not unique: period of a device");
        }
        periods.save(new Payable<>(period, period.domain()));
    }

    @Override
    public void add(Invoice invoice, List<SubscriptionPeriod> ofPeriods, List<BillingEvent> ofEvents) {
        if (invoice(invoice.domain(), invoice.number()).isPresent()) {
            throw new StoreException("not unique: number of an invoice");
        }
        invoices.save(invoice);
        for (SubscriptionPeriod period : ofPeriods) {
            periods.save(periods.find(key(period)).orElseThrow().paid());
        }
        for (BillingEvent event : ofEvents) {
            events.save(events.find(key(event)).orElseThrow().paid());
        }
    }

    @Override
    public void save(InvoiceDelivery delivery) {
        deliveries.save(delivery);
    }

    private static PeriodKey key(SubscriptionPeriod period) {
        return new PeriodKey(period.device(), period.start());
    }

    private static EventKey key(BillingEvent event) {
        return new EventKey(event.issuer(), event.serialNumber());
    }
}
