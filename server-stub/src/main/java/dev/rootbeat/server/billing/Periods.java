package dev.rootbeat.server.billing;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.Tariff;
import dev.rootbeat.server.store.BillingView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which periods follow from the changes of a device's plan (requirements, section 8). A plan begins on the day of its
 * choice and renews every month while one is in force: what was switched since then, plan or owner, counts for the money
 * from the renewal on. A plan that was ended runs to the end of its period; the next choice begins a new count.
 */
final class Periods {

    private Periods() {}

    /**
     * Returns the period that follows, if it has begun.
     *
     * @param last the device's last period; null if it has had none
     * @param changes all changes of the device, in the order in which they were made
     * @param today the day (UTC) up to which periods begin
     */
    static Optional<SubscriptionPeriod> next(
            @Nullable SubscriptionPeriod last, List<PlanChange> changes, LocalDate today, Tariffs tariffs) {
        List<PlanChange> ordered = ordered(changes);
        if (last == null) {
            return beginning(ordered, Instant.MIN, today, tariffs);
        }
        Instant renewal = last.end().atStartOfDay(ZoneOffset.UTC).toInstant();
        Optional<PlanChange> inForce = ordered.reversed().stream()
                .filter(change -> !change.at().isAfter(renewal))
                .findFirst()
                .filter(change -> change.plan() != Plan.NONE);
        return inForce.isEmpty()
                ? beginning(ordered, renewal, today, tariffs)
                : inForce.filter(_ -> !last.end().isAfter(today))
                        .map(change ->
                                period(change, last.anchor(), last.month() + 1, tariffs.of(change.plan(), renewal)));
    }

    /** Returns the periods of a device that have begun up to a day and are not stored, oldest first. */
    static List<SubscriptionPeriod> begun(BillingView view, RotPublicUid device, LocalDate today, Tariffs tariffs) {
        List<PlanChange> changes = view.planChanges(device);
        List<SubscriptionPeriod> before = view.periods(device);
        var begun = new ArrayList<SubscriptionPeriod>();
        Optional<SubscriptionPeriod> next = next(before.isEmpty() ? null : before.getLast(), changes, today, tariffs);
        while (next.isPresent()) {
            begun.add(next.get());
            next = next(next.get(), changes, today, tariffs);
        }
        return begun;
    }

    private static Optional<SubscriptionPeriod> beginning(
            List<PlanChange> changes, Instant after, LocalDate today, Tariffs tariffs) {
        return changes.stream()
                .filter(change -> change.plan() != Plan.NONE)
                .filter(change -> change.at().isAfter(after))
                .findFirst()
                .filter(change -> !dayOf(change.at()).isAfter(today))
                .map(change -> period(change, dayOf(change.at()), 0, tariffs.of(change.plan(), change.at())));
    }

    private static SubscriptionPeriod period(PlanChange inForce, LocalDate anchor, int month, Tariff tariff) {
        return new SubscriptionPeriod(inForce.device(), inForce.domain(), inForce.plan(), anchor, month, tariff);
    }

    /** The day of an instant. */
    static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** A clock that was set back must not reorder what happened. */
    private static List<PlanChange> ordered(List<PlanChange> changes) {
        var ordered = new ArrayList<PlanChange>();
        Instant latest = Instant.MIN;
        for (PlanChange change : changes) {
            latest = change.at().isAfter(latest) ? change.at() : latest;
            ordered.add(new PlanChange(change.device(), latest, change.domain(), change.plan()));
        }
        return ordered;
    }
}
