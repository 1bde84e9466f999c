package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Tariff;
import dev.rootbeat.server.model.TariffChange;
import dev.rootbeat.server.store.BillingTransaction;
import java.time.Instant;
import java.util.List;

/**
 * The prices of all times.
 *
 * @param changes oldest first
 */
record Tariffs(List<TariffChange> changes) {

    /** Takes up the prices of a configuration, from now on, where they are new. */
    static void adopt(BillingTransaction tx, PriceList prices, Instant now) {
        var known = new Tariffs(tx.tariffChanges());
        for (Plan plan : PriceList.PLANS) {
            if (known.ofPlan(plan).isEmpty()
                    || !known.ofPlan(plan).getLast().tariff().equals(prices.of(plan))) {
                tx.add(new TariffChange(now, plan, prices.of(plan)));
            }
        }
    }

    /** Returns the prices of a plan at an instant; before the first that are known, those. */
    Tariff of(Plan plan, Instant at) {
        List<TariffChange> known = ofPlan(plan);
        return known.reversed().stream()
                .filter(change -> !change.at().isAfter(at))
                .findFirst()
                .orElseGet(known::getFirst)
                .tariff();
    }

    private List<TariffChange> ofPlan(Plan plan) {
        return changes.stream().filter(change -> change.plan() == plan).toList();
    }
}
