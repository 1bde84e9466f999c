package dev.rootbeat.server.store.sql;

import static dev.rootbeat.server.store.sql.BillingTables.DELIVERY;
import static dev.rootbeat.server.store.sql.BillingTables.INVOICE;
import static dev.rootbeat.server.store.sql.BillingTables.PERIOD;
import static dev.rootbeat.server.store.sql.BillingTables.PLAN_CHANGE;
import static dev.rootbeat.server.store.sql.BillingTables.SUBSCRIPTION;
import static dev.rootbeat.server.store.sql.BillingTables.TARIFF_CHANGE;
import static dev.rootbeat.server.store.sql.Tables.BILLING_EVENT;

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
import dev.rootbeat.server.store.sql.Table.Insert;
import dev.rootbeat.server.store.sql.Table.Select;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The money as one session sees it. */
final class SqlBilling implements BillingTransaction {

    private static final Select<TariffChange> TARIFF_CHANGES = TARIFF_CHANGE.select("ORDER BY seq");
    private static final Insert<TariffChange> ADD_TARIFF_CHANGE = TARIFF_CHANGE.insert();

    private static final Select<PlanChange> PLAN_CHANGES = PLAN_CHANGE.select("WHERE device = ? ORDER BY seq");
    private static final Insert<PlanChange> ADD_PLAN_CHANGE = PLAN_CHANGE.insert();

    private static final Select<Subscription> SUBSCRIPTION_OF_DEVICE = SUBSCRIPTION.select("WHERE device = ?");
    private static final Select<Subscription> DUE =
            SUBSCRIPTION.select("WHERE due IS NOT NULL AND due <= ? ORDER BY due, device LIMIT ?");
    private static final Select<Long> DEVICES_WITH_PLAN =
            new Select<>("SELECT count(*) FROM subscription WHERE domain = ? AND plan = ?", Columns::number);
    private static final Insert<Subscription> SAVE_SUBSCRIPTION = SUBSCRIPTION.upsert();

    private static final Select<SubscriptionPeriod> PERIODS = PERIOD.select("WHERE device = ? ORDER BY start_day");
    private static final Select<SubscriptionPeriod> OPEN_PERIODS =
            PERIOD.select("WHERE domain = ? AND end_day <= ? AND invoice IS NULL ORDER BY end_day, device");
    private static final Insert<SubscriptionPeriod> ADD_PERIOD = PERIOD.insert();
    private static final String TAKE_PERIOD =
            "UPDATE subscription_period SET invoice = ? WHERE device = ? AND start_day = ? AND invoice IS NULL";

    private static final Select<BillingEvent> OPEN_EVENTS =
            BILLING_EVENT.select("WHERE domain = ? AND invoice IS NULL ORDER BY seq");
    private static final String TAKE_EVENT =
            "UPDATE billing_event SET invoice = ? WHERE issuer = ? AND serial = ? AND invoice IS NULL";

    private static final Select<String> DOMAINS_WITH_OPEN = new Select<>(
            "SELECT domain FROM subscription_period WHERE invoice IS NULL"
                    + " UNION SELECT domain FROM billing_event WHERE invoice IS NULL ORDER BY domain",
            Columns::text);

    private static final Select<Invoice> INVOICE_BY_NUMBER = INVOICE.select("WHERE domain = ? AND number = ?");
    private static final Select<Invoice> INVOICES =
            INVOICE.select("WHERE domain = ? AND number >= ? ORDER BY number LIMIT ?");
    private static final Select<Invoice> LAST_INVOICE = INVOICE.select("WHERE domain = ? ORDER BY number DESC LIMIT 1");
    private static final Insert<Invoice> ADD_INVOICE = INVOICE.insert();

    private static final Select<InvoiceDelivery> DUE_DELIVERIES =
            DELIVERY.select("WHERE due IS NOT NULL AND due <= ? ORDER BY due, domain, number, channel LIMIT ?");
    private static final Select<InvoiceDelivery> NEXT_DELIVERY =
            DELIVERY.select("WHERE due IS NOT NULL ORDER BY due LIMIT 1");
    private static final Insert<InvoiceDelivery> SAVE_DELIVERY = DELIVERY.upsert();

    private final Session session;

    SqlBilling(Session session) {
        this.session = session;
    }

    @Override
    public List<TariffChange> tariffChanges() {
        return session.list(TARIFF_CHANGES);
    }

    @Override
    public List<PlanChange> planChanges(RotPublicUid device) {
        return session.list(PLAN_CHANGES, to -> to.uid(device));
    }

    @Override
    public Optional<Subscription> subscription(RotPublicUid device) {
        return session.find(SUBSCRIPTION_OF_DEVICE, to -> to.uid(device));
    }

    @Override
    public int devicesWith(String domain, Plan plan) {
        return Math.toIntExact(
                session.find(DEVICES_WITH_PLAN, to -> to.text(domain).name(plan))
                        .orElseThrow());
    }

    @Override
    public List<Subscription> due(LocalDate day, int limit) {
        return session.list(DUE, to -> to.day(day).number(limit));
    }

    @Override
    public List<SubscriptionPeriod> periods(RotPublicUid device) {
        return session.list(PERIODS, to -> to.uid(device));
    }

    @Override
    public List<SubscriptionPeriod> openPeriods(String domain, LocalDate end) {
        return session.list(OPEN_PERIODS, to -> to.text(domain).day(end));
    }

    @Override
    public List<BillingEvent> openEvents(String domain) {
        return session.list(OPEN_EVENTS, to -> to.text(domain));
    }

    @Override
    public List<String> domainsWithOpen() {
        return session.list(DOMAINS_WITH_OPEN);
    }

    @Override
    public Optional<Invoice> invoice(String domain, int number) {
        return session.find(INVOICE_BY_NUMBER, to -> to.text(domain).number(number));
    }

    @Override
    public List<Invoice> invoices(String domain, int from, int limit) {
        return session.list(INVOICES, to -> to.text(domain).number(from).number(limit));
    }

    @Override
    public Optional<Invoice> lastInvoice(String domain) {
        return session.find(LAST_INVOICE, to -> to.text(domain));
    }

    @Override
    public List<InvoiceDelivery> dueDeliveries(Instant now, int limit) {
        return session.list(DUE_DELIVERIES, to -> to.instant(now).number(limit));
    }

    @Override
    public Optional<Instant> nextDelivery() {
        return session.list(NEXT_DELIVERY).stream().findFirst().map(InvoiceDelivery::due);
    }

    @Override
    public void add(TariffChange change) {
        session.write(ADD_TARIFF_CHANGE, change);
    }

    @Override
    public void add(PlanChange change) {
        session.write(ADD_PLAN_CHANGE, change);
    }

    @Override
    public void save(Subscription subscription) {
        session.write(SAVE_SUBSCRIPTION, subscription);
    }

    @Override
    public void add(SubscriptionPeriod period) {
        session.write(ADD_PERIOD, period);
    }

    @Override
    public void add(Invoice invoice, List<SubscriptionPeriod> periods, List<BillingEvent> events) {
        session.write(ADD_INVOICE, invoice);
        for (SubscriptionPeriod period : periods) {
            take(
                    TAKE_PERIOD,
                    to -> to.number(invoice.number()).uid(period.device()).day(period.start()));
        }
        for (BillingEvent event : events) {
            take(
                    TAKE_EVENT,
                    to -> to.number(invoice.number()).text(event.issuer()).serial(event.serialNumber()));
        }
    }

    @Override
    public void save(InvoiceDelivery delivery) {
        session.write(SAVE_DELIVERY, delivery);
    }

    private void take(String sql, Parameters.Binding binding) {
        if (session.update(sql, binding) != 1) {
            throw session.refusal("a period or event is in an invoice already");
        }
    }
}
