package dev.rootbeat.server.billing;

import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Raises the invoices on the 1st of each month (UTC), one domain and month in a transaction, those that were missed
 * first. A month in which a domain has nothing to pay for has no invoice; one whose periods are free has one, with the
 * sum 0.
 */
final class InvoiceJob implements Job {

    /** Until the periods of the day have begun. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final List<String> channels;

    /**
     * Raises invoices.
     *
     * @param channels the names of the ways by which they are delivered
     */
    InvoiceJob(List<String> channels) {
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
        List<Statement> statements = Statement.next(
                new OpenCharges(tx.billing(), today).of(domain.id(), today), last == null ? null : last.day(), today);
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
}
