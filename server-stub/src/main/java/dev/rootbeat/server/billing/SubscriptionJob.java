package dev.rootbeat.server.billing;

import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.store.BillingTransaction;
import dev.rootbeat.server.store.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Enters the periods that have begun, every day (UTC). After days on which no server ran, what began meanwhile has the
 * plan, the owner and the prices of its own day.
 */
final class SubscriptionJob implements Job {

    /** Others wait for the transaction: this takes some ten milliseconds. */
    static final int BATCH = 200;

    @Override
    public String name() {
        return "subscription periods";
    }

    @Override
    public Outcome run(Transaction tx, Instant now) {
        LocalDate today = Periods.dayOf(now);
        List<Subscription> due = tx.billing().due(today, BATCH);
        var tariffs = new Tariffs(tx.billing().tariffChanges());
        due.forEach(subscription -> goOn(tx.billing(), subscription, today, tariffs));
        boolean more = due.size() == BATCH;
        return Outcome.next(
                more ? now : today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static void goOn(BillingTransaction tx, Subscription subscription, LocalDate today, Tariffs tariffs) {
        List<SubscriptionPeriod> begun = Periods.begun(tx, subscription.device(), today, tariffs);
        begun.forEach(tx::add);
        // A plan that was ended, or begins on a later day only by another change, has nothing to wait for.
        LocalDate end = begun.isEmpty() ? null : begun.getLast().end();
        tx.save(subscription.dueOn(end == null || !end.isAfter(today) ? null : end));
    }
}
