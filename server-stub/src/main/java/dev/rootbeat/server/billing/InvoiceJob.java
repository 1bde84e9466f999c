package dev.rootbeat.server.billing;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.store.BillingView;
import dev.rootbeat.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Raises the invoices on the 1st of each month (UTC), one domain and month in a transaction, those that were missed
 * first. A month in which a domain has nothing to pay for has no invoice; one whose periods are free has one, with the
 * sum 0.
 */
public final class InvoiceJob implements Job {

    /** Until the periods of the day have begun. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final List<String> channels;

    /**
     * Raises invoices.
     *
     * @param channels the names of the ways by which they are delivered
     */
    public InvoiceJob(List<String> channels) {
        this.channels = List.copyOf(channels);
    }

    @Override
    public String name() {
        return "invoices";
    }

    @Override
    public Outcome run(Transaction tx, Instant now) {
        LocalDate today = Periods.dayOf(now);
        if (!tx.billing().due(today, 1).isEmpty()) {
            return Outcome.next(now.plus(PAUSE));
        }
        for (String id : tx.billing().domainsWithOpen()) {
            if (tx.domain(id)
                    .filter(domain -> raiseNext(tx, domain, now, today))
                    .isPresent()) {
                return Outcome.next(now);
            }
        }
        return Outcome.next(today.withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
    }

    private boolean raiseNext(Transaction tx, Domain domain, Instant now, LocalDate today) {
        Invoice last = tx.billing().lastInvoice(domain.id()).orElse(null);
        List<Statement> statements =
                Statement.next(open(tx.billing(), domain.id(), today), last == null ? null : last.day(), today);
        int number = last == null ? 0 : last.number();
        for (Statement statement : statements) {
            number++;
            tx.billing()
                    .add(Documents.invoice(domain, number, now, statement), statement.periods(), statement.events());
            for (String channel : channels) {
                tx.billing().save(new InvoiceDelivery(domain.id(), number, channel, 0, now));
                tx.save(new DueJob(DeliveryJob.NAME, now));
            }
        }
        return !statements.isEmpty();
    }

    /** The charges of a domain that are in no invoice yet. */
    static List<Charge> open(BillingView view, String domain, LocalDate end) {
        var open = new ArrayList<Charge>();
        for (SubscriptionPeriod period : view.openPeriods(domain, end)) {
            open.add(new Charge(period, null));
        }
        Map<RotPublicUid, List<SubscriptionPeriod>> periods = new HashMap<>();
        for (BillingEvent event : view.openEvents(domain)) {
            Charge.of(event, periods.computeIfAbsent(event.device(), view::periods))
                    .ifPresent(open::add);
        }
        return open;
    }
}
