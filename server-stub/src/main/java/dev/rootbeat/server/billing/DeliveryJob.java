package dev.rootbeat.server.billing;

import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers invoices, at least once: each delivery is noted as tried, with the time of the next try, before it is tried,
 * and as done when it has succeeded. A receiver that is down delays its invoices and loses none.
 */
final class DeliveryJob implements Job {

    static final String NAME = "invoice deliveries";

    /** After the first failure; the pause doubles with each. */
    static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** A receiver that was down for days gets its invoices within this time. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** When it looks for work without being told. */
    private static final Duration IDLE = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryJob.class);

    private final Store store;
    private final List<Channel> channels;

    /** Delivers by these channels. */
    DeliveryJob(Store store, List<Channel> channels) {
        this.store = store;
        this.channels = List.copyOf(channels);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome run(Transaction tx, Instant now) {
        // One at a time: between two, other jobs have their turn.
        List<InvoiceDelivery> due = tx.billing().dueDeliveries(now, 1);
        if (due.isEmpty()) {
            return Outcome.next(tx.billing().nextDelivery().orElse(now.plus(IDLE)));
        }
        InvoiceDelivery first = due.getFirst();
        var tried = new InvoiceDelivery(
                first.domain(),
                first.number(),
                first.channel(),
                first.attempts() + 1,
                now.plus(pause(first.attempts())));
        tx.billing().save(tried);
        Invoice invoice = tx.billing().invoice(first.domain(), first.number()).orElseThrow();
        Domain customer = tx.domain(first.domain()).orElseThrow();
        return new Outcome(now, () -> deliver(tried, customer, invoice));
    }

    private void deliver(InvoiceDelivery tried, Domain customer, Invoice invoice) {
        for (Channel channel : channels) {
            if (channel.name().equals(tried.channel())) {
                deliver(tried, customer, invoice, channel);
            }
        }
    }

    private void deliver(InvoiceDelivery tried, Domain customer, Invoice invoice, Channel channel) {
        try {
            channel.deliver(customer, invoice);
        } catch (IOException e) {
            LOG.warn(
                    "invoice {} was not delivered by {}, try {}: {}",
                    invoice.number(),
                    channel.name(),
                    tried.attempts(),
                    e.getMessage());
            return;
        }
        var done = new InvoiceDelivery(tried.domain(), tried.number(), tried.channel(), tried.attempts(), null);
        store.write(tx -> {
                    tx.billing().save(done);
                    return done;
                })
                .join();
    }

    private static Duration pause(int attempts) {
        // Ten doublings are beyond the longest pause.
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
