package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.SubscriptionPeriod;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one period of one device comes to.
 *
 * @param period the period
 * @param month the price of the period itself; 0 where it is free, on another invoice or another domain's
 * @param renewals renewals that took effect, by hand or automatic
 * @param updates updates that took effect
 * @param transfers transfers that took effect
 * @param amount the sum, in the currency's smallest unit
 */
public record Line(SubscriptionPeriod period, long month, int renewals, int updates, int transfers, long amount) {

    private static final Comparator<SubscriptionPeriod> BY_DEVICE =
            Comparator.comparing(SubscriptionPeriod::device).thenComparing(SubscriptionPeriod::start);

    /** Returns a line per period of some charges, by device and day. */
    static List<Line> of(List<Charge> charges) {
        var byPeriod = charges.stream()
                .collect(Collectors.groupingBy(Charge::period, () -> new TreeMap<>(BY_DEVICE), Collectors.toList()));
        return byPeriod.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Line of(SubscriptionPeriod period, List<Charge> charges) {
        return new Line(
                period,
                charges.stream()
                        .filter(charge -> charge.event() == null)
                        .mapToLong(Charge::amount)
                        .sum(),
                count(charges, Operation.Kind.RENEW) + count(charges, Operation.Kind.AUTOMATIC_RENEW),
                count(charges, Operation.Kind.UPDATE),
                count(charges, Operation.Kind.TRANSFER),
                charges.stream().mapToLong(Charge::amount).sum());
    }

    private static int count(List<Charge> charges, Operation.Kind kind) {
        return (int) charges.stream()
                .filter(charge -> charge.event() != null && charge.event().kind() == kind)
                .count();
    }
}
