package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.SubscriptionPeriod;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to pay for: a period, or an event at the prices of its period. The domain that pays for an event is the one
 * that owned the device when it took effect; it need not be the one that pays for the period.
 *
 * @param period the period
 * @param event the event; null for the period itself
 */
record Charge(SubscriptionPeriod period, @Nullable BillingEvent event) {

    /**
     * Returns the charge for an event: it counts to the period in which it lies. An operation that was accepted under a
     * plan and takes effect after the plan's end counts to its last period. A device that never had a plan pays nothing.
     *
     * @param periods the device's periods, oldest first
     */
    static Optional<Charge> of(BillingEvent event, List<SubscriptionPeriod> periods) {
        LocalDate day = Periods.dayOf(event.at());
        return periods.reversed().stream()
                .filter(period -> !period.start().isAfter(day))
                .findFirst()
                .map(period -> new Charge(period, event));
    }

    /** In the smallest unit of the period's currency. */
    long amount() {
        return event == null ? period.tariff().month() : period.tariff().of(event.kind());
    }

    /**
     * Returns the day of the invoice that it is in: the first 1st of a month on which its period is complete.
     *
     * @param last the day of the domain's last invoice, null before the first: what comes to light after its invoice
     *     was raised is in the next one
     */
    LocalDate invoiceDay(@Nullable LocalDate last) {
        LocalDate complete = period.end();
        LocalDate happened =
                event == null ? complete : Periods.dayOf(event.at()).plusDays(1);
        LocalDate known = happened.isAfter(complete) ? happened : complete;
        LocalDate first = known.getDayOfMonth() == 1 ? known : known.with(TemporalAdjusters.firstDayOfNextMonth());
        return last == null || last.isBefore(first) ? first : last.plusMonths(1);
    }
}
