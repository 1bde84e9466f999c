package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.Tariff;
import dev.rootbeat.server.model.TariffChange;
import java.sql.SQLException;
import java.util.List;

/** The tables of the money. */
final class BillingTables {

    static final Table<TariffChange> TARIFF_CHANGE = new Table<>(
            "tariff_change",
            List.of(),
            List.of("at", "plan", "currency", "month_price", "renew_price", "update_price", "transfer_price"),
            (change, to) -> {
                to.instant(change.at()).name(change.plan());
                write(change.tariff(), to);
            },
            from -> new TariffChange(from.instant(), from.name(Plan.class), readTariff(from)));

    static final Table<PlanChange> PLAN_CHANGE = new Table<>(
            "plan_change",
            List.of(),
            List.of("device", "at", "domain", "plan"),
            (change, to) -> to.uid(change.device())
                    .instant(change.at())
                    .text(change.domain())
                    .name(change.plan()),
            from -> new PlanChange(from.uid(), from.instant(), from.text(), from.name(Plan.class)));

    static final Table<Subscription> SUBSCRIPTION = new Table<>(
            "subscription",
            List.of("device"),
            List.of("device", "domain", "plan", "due"),
            (subscription, to) -> to.uid(subscription.device())
                    .text(subscription.domain())
                    .name(subscription.plan())
                    .day(subscription.due()),
            from -> new Subscription(from.uid(), from.text(), from.name(Plan.class), from.dayOrNull()));

    /** Start and end follow from anchor and month; they are columns to be found by. */
    static final Table<SubscriptionPeriod> PERIOD = new Table<>(
            "subscription_period",
            List.of("device", "start_day"),
            List.of(
                    "device",
                    "domain",
                    "plan",
                    "anchor",
                    "month",
                    "currency",
                    "month_price",
                    "renew_price",
                    "update_price",
                    "transfer_price",
                    "start_day",
                    "end_day"),
            (period, to) -> {
                to.uid(period.device())
                        .text(period.domain())
                        .name(period.plan())
                        .day(period.anchor())
                        .number(period.month());
                write(period.tariff(), to);
                to.day(period.start()).day(period.end());
            },
            from -> new SubscriptionPeriod(
                    from.uid(), from.text(), from.name(Plan.class), from.day(), from.integer(), readTariff(from)));

    static final Table<Invoice> INVOICE = new Table<>(
            "invoice",
            List.of("domain", "number"),
            List.of("domain", "number", "day", "raised_at", "currency", "total", "json", "html"),
            (invoice, to) -> to.text(invoice.domain())
                    .number(invoice.number())
                    .day(invoice.day())
                    .instant(invoice.raisedAt())
                    .text(invoice.currency())
                    .number(invoice.total())
                    .text(invoice.json())
                    .text(invoice.html()),
            from -> new Invoice(
                    from.text(),
                    from.integer(),
                    from.day(),
                    from.instant(),
                    from.text(),
                    from.number(),
                    from.text(),
                    from.text()));

    static final Table<InvoiceDelivery> DELIVERY = new Table<>(
            "invoice_delivery",
            List.of("domain", "number", "channel"),
            List.of("domain", "number", "channel", "attempts", "due"),
            (delivery, to) -> to.text(delivery.domain())
                    .number(delivery.number())
                    .text(delivery.channel())
                    .number(delivery.attempts())
                    .instant(delivery.due()),
            from -> new InvoiceDelivery(
                    from.text(), from.integer(), from.text(), from.integer(), from.instantOrNull()));

    private BillingTables() {}

    private static void write(Tariff tariff, Parameters to) throws SQLException {
        to.text(tariff.currency())
                .number(tariff.month())
                .number(tariff.renew())
                .number(tariff.update())
                .number(tariff.transfer());
    }

    private static Tariff readTariff(Columns from) throws SQLException {
        return new Tariff(from.text(), from.number(), from.number(), from.number(), from.number());
    }
}
