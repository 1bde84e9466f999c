package dev.rootbeat.server.billing;

import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.store.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Begins the periods of all devices, every day (UTC), with the prices of that day. After days on which no server ran,
 * what began meanwhile has the plan and the owner of its own day and the prices of the present one.
 */
public final class SubscriptionJob implements Job {

    /** Others wait for the transaction: this takes some ten milliseconds. */
    static final int BATCH = 200;

    private final PriceList prices;

    /** Begins periods with these prices. */
    public SubscriptionJob(PriceList prices) {
        this.prices = prices;
    }

    @Override
    public String name() {
        return "subscription periods";
    }

    @Override
    public Outcome run(Transaction tx, Instant now) {
        LocalDate today = Periods.dayOf(now);
        List<Subscription> due = tx.billing().due(today, BATCH);
        due.forEach(subscription -> goOn(tx, subscription, today));
        boolean more = due.size() == BATCH;
        return Outcome.next(
                more ? now : today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private void goOn(Transaction tx, Subscription subscription, LocalDate today) {
        var changes = tx.billing().planChanges(subscription.device());
        List<SubscriptionPeriod> before = tx.billing().periods(subscription.device());
        SubscriptionPeriod last = before.isEmpty() ? null : before.getLast();
        Optional<SubscriptionPeriod> next = Periods.next(last, changes, today, prices);
        while (next.isPresent()) {
            last = next.get();
            tx.billing().add(last);
            next = Periods.next(last, changes, today, prices);
        }
        tx.billing().save(subscription.dueOn(last == null || !last.end().isAfter(today) ? null : last.end()));
    }
}
