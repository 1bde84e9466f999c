package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.SubscriptionPeriod;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an invoice is about.
 *
 * @param day the 1st of the month on which it is due
 * @param currency the currency of all amounts
 * @param charges everything that is to be paid
 */
record Statement(LocalDate day, String currency, List<Charge> charges) {

    /**
     * Returns what is to be invoiced next for a domain: all charges of the earliest day, a statement per currency (more
     * than one only where the configured currency has changed). Empty if no charge is due yet.
     *
     * @param open the domain's charges that are in no invoice yet
     * @param last the day of the domain's last invoice; null before the first
     * @param today the present day (UTC)
     */
    static List<Statement> next(List<Charge> open, @Nullable LocalDate last, LocalDate today) {
        return open.stream()
                .map(charge -> charge.invoiceDay(last))
                .filter(day -> !day.isAfter(today))
                .min(Comparator.naturalOrder())
                .map(day -> of(day, open, last))
                .orElse(List.of());
    }

    private static List<Statement> of(LocalDate day, List<Charge> open, @Nullable LocalDate last) {
        return open.stream()
                .filter(charge -> charge.invoiceDay(last).equals(day))
                .collect(Collectors.groupingBy(
                        charge -> charge.period().tariff().currency(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new Statement(day, entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    /** The sum, in the currency's smallest unit. */
    long total() {
        return charges.stream().mapToLong(Charge::amount).sum();
    }

    /** The periods that are paid for. */
    List<SubscriptionPeriod> periods() {
        return charges.stream()
                .filter(charge -> charge.event() == null)
                .map(Charge::period)
                .toList();
    }

    /** The events that are paid for. */
    List<BillingEvent> events() {
        return charges.stream().map(Charge::event).filter(Objects::nonNull).toList();
    }
}
