package dev.rootbeat.server.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.postgres.PostgresCluster;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.event.Jobs;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.sql.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Several processes keep one set of books, on PostgreSQL and in real time. */
class SharedBooksTest {

    private static final int DEVICES = 40;
    private static final int PROCESSES = 3;
    private static final int MONTHS = 6;

    /** Where all processes deliver to. */
    private final ConcurrentLinkedQueue<Invoice> delivered = new ConcurrentLinkedQueue<>();

    private final Channel channel = new Channel() {
        @Override
        public String name() {
            return "queue";
        }

        @Override
        public void deliver(Domain customer, Invoice invoice) {
            delivered.add(invoice);
        }
    };

    @Test
    void processes_that_start_at_once_after_months_raise_every_invoice_once_and_deliver_all() throws Exception {
        String url = PostgresCluster.freshDatabase();
        var ledger = new Ledger("2027-05-05T10:00:00Z");
        ledger.store = SqlStore.connect(url);
        ledger.fill();
        for (int i = 0; i < DEVICES; i++) {
            RotPublicUid device = ledger.device(i, Ledger.HOME);
            ledger.choose(Ledger.HOME, device, Plan.COMMERCIAL);
            BillingEvent _ = ledger.event(Ledger.HOME, device, Operation.Kind.RENEW);
        }
        Instant now = Instant.parse("2027-12-01T00:00:00Z");
        var stores = new ArrayList<Store>();
        var executors = new ArrayList<ScheduledExecutorService>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                Store store = SqlStore.connect(url);
                stores.add(store);
                executors.add(Executors.newSingleThreadScheduledExecutor());
            }
            for (int i = 0; i < PROCESSES; i++) {
                var service = BillingService.open(
                        stores.get(i), () -> now, new BillingConfig(PriceList.DEFAULT, List.of(channel)));
                new Jobs(stores.get(i), () -> now, executors.get(i), Duration.ofMillis(20), service.jobs()).start();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> isDone(ledger.store) && delivered.size() >= MONTHS);
        } finally {
            for (ScheduledExecutorService executor : executors) {
                executor.shutdownNow();
                assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            }
            stores.forEach(Store::close);
        }

        List<Invoice> invoices = ledger.invoices(Ledger.HOME);
        ledger.store.close();
        assertThat(invoices).map(Invoice::number).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(invoices)
                .map(Invoice::total)
                .containsExactly(
                        55L * DEVICES, 50L * DEVICES, 50L * DEVICES, 50L * DEVICES, 50L * DEVICES, 50L * DEVICES);
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(invoices);
    }

    /** Whether all invoices are raised and none waits to be delivered. */
    private static boolean isDone(Store store) {
        return store.read(view -> view.billing().invoices(Ledger.HOME, 1, 10).size() == MONTHS
                && view.billing().nextDelivery().isEmpty());
    }
}
