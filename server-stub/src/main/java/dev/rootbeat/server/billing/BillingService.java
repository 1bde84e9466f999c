package dev.rootbeat.server.billing;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.event.Job;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Tariff;
import dev.rootbeat.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The money as operators see it, and the scheduled work behind it. */
public final class BillingService {

    private final Store store;
    private final InstantSource clock;
    private final BillingConfig config;

    private BillingService(Store store, InstantSource clock, BillingConfig config) {
        this.store = store;
        this.clock = clock;
        this.config = config;
    }

    /** Assembles the service; its prices count from now on. */
    public static BillingService open(Store store, InstantSource clock, BillingConfig config) {
        store.write(tx -> {
                    Tariffs.adopt(tx.billing(), config.prices(), clock.instant());
                    return config;
                })
                .join();
        return new BillingService(store, clock, config);
    }

    /** The scheduled work: to begin periods, to raise invoices, to deliver them. */
    public List<Job> jobs() {
        return List.of(
                new SubscriptionJob(),
                new InvoiceJob(config.channels().stream().map(Channel::name).toList()),
                new DeliveryJob(store, config.channels()));
    }

    /** The present prices of all active plans. */
    public Map<Plan, Tariff> prices() {
        Instant now = clock.instant();
        return store.read(view -> {
            var tariffs = new Tariffs(view.billing().tariffChanges());
            var prices = new TreeMap<Plan, Tariff>();
            PriceList.PLANS.forEach(plan -> prices.put(plan, tariffs.of(plan, now)));
            return prices;
        });
    }

    /**
     * What a domain's periods that run today have come to so far, a line per period, by device.
     *
     * @param device only of this device; null for all
     */
    public List<Line> usage(String domain, @Nullable RotPublicUid device) {
        LocalDate today = Periods.dayOf(clock.instant());
        List<Charge> charges =
                store.read(view -> new OpenCharges(view.billing(), today).of(domain, today.plusMonths(2)));
        return Line.of(charges.stream()
                .filter(charge -> charge.period().end().isAfter(today))
                .filter(charge -> device == null || charge.period().device().equals(device))
                .toList());
    }

    /** A domain's invoices from this number on, in ascending order. */
    public List<Invoice> invoices(String domain, int from, int limit) {
        return store.read(view -> view.billing().invoices(domain, from, limit));
    }

    /** The domain's invoice of this number. */
    public Optional<Invoice> invoice(String domain, int number) {
        return store.read(view -> view.billing().invoice(domain, number));
    }
}
