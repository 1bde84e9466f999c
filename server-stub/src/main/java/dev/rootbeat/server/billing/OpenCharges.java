package dev.rootbeat.server.billing;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.store.BillingView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is in no invoice yet, with the periods that have begun and are not stored yet. */
final class OpenCharges {

    private final BillingView view;
    private final Map<RotPublicUid, List<SubscriptionPeriod>> begun = new HashMap<>();
    private final Map<RotPublicUid, List<SubscriptionPeriod>> known = new HashMap<>();

    /**
     * Looks at the books.
     *
     * @param today the day up to which periods have begun
     */
    OpenCharges(BillingView view, LocalDate today) {
        this.view = view;
        var tariffs = new Tariffs(view.tariffChanges());
        for (Subscription due : view.due(today, Integer.MAX_VALUE)) {
            begun.put(due.device(), Periods.begun(view, due.device(), today, tariffs));
        }
    }

    /** Returns the charges of a domain whose periods end before a day or on it, and those of its events. */
    List<Charge> of(String domain, LocalDate end) {
        var open = new ArrayList<Charge>();
        for (SubscriptionPeriod period : view.openPeriods(domain, end)) {
            open.add(new Charge(period, null));
        }
        begun.values().stream()
                .flatMap(List::stream)
                .filter(period ->
                        period.domain().equals(domain) && !period.end().isAfter(end))
                .forEach(period -> open.add(new Charge(period, null)));
        for (BillingEvent event : view.openEvents(domain)) {
            Charge.of(event, known.computeIfAbsent(event.device(), this::periods))
                    .ifPresent(open::add);
        }
        return open;
    }

    private List<SubscriptionPeriod> periods(RotPublicUid device) {
        var periods = new ArrayList<>(view.periods(device));
        periods.addAll(begun.getOrDefault(device, List.of()));
        return periods;
    }
}
