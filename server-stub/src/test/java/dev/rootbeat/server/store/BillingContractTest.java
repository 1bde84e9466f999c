package dev.rootbeat.server.store;

import static dev.rootbeat.server.store.Samples.NOW;
import static dev.rootbeat.server.store.Samples.billing;
import static dev.rootbeat.server.store.Samples.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.InvoiceDelivery;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.Subscription;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.Tariff;
import dev.rootbeat.server.model.TariffChange;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What all stores keep of the money. */
@ParameterizedClass
@EnumSource
class BillingContractTest {

    private static final LocalDate DAY = LocalDate.of(2027, 1, 31);

    private final StoreKind kind;
    private @TempDir Path folder;
    private Store store;

    BillingContractTest(StoreKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        store = kind.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void save(Consumer<BillingTransaction> work) {
        store.write(tx -> {
                    work.accept(tx.billing());
                    return DAY;
                })
                .join();
    }

    private <T> List<T> list(Function<BillingView, List<T>> query) {
        return store.read(view -> query.apply(view.billing()));
    }

    private <T> Optional<T> find(Function<BillingView, Optional<T>> query) {
        return store.read(view -> query.apply(view.billing()));
    }

    private int devicesWith(String domain, Plan plan) {
        return store.read(view -> view.billing().devicesWith(domain, plan));
    }

    private void refuses(Consumer<BillingTransaction> work) {
        assertThatThrownBy(() -> save(work))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreException.class);
    }

    private static PlanChange change(long device, String domain, Plan plan) {
        return new PlanChange(uid(device), NOW, domain, plan);
    }

    private static SubscriptionPeriod period(long device, String domain, LocalDate anchor, int month) {
        return new SubscriptionPeriod(
                uid(device), domain, Plan.COMMERCIAL, anchor, month, new Tariff("EUR", 1, 2, 3, Tariff.MAX_PRICE));
    }

    private static Invoice invoice(String domain, int number, LocalDate day, String currency) {
        return new Invoice(domain, number, day, NOW, currency, Long.MAX_VALUE, "{\"a\":1}", "<p>ä\n");
    }

    @Test
    void an_empty_store_knows_no_money() {
        assertThat(list(BillingView::tariffChanges)).isEmpty();
        assertThat(list(view -> view.planChanges(uid(1)))).isEmpty();
        assertThat(find(view -> view.subscription(uid(1)))).isEmpty();
        assertThat(devicesWith("a", Plan.NONE)).isZero();
        assertThat(list(view -> view.due(DAY, 10))).isEmpty();
        assertThat(list(view -> view.periods(uid(1)))).isEmpty();
        assertThat(list(view -> view.openPeriods("a", DAY))).isEmpty();
        assertThat(list(view -> view.openEvents("a"))).isEmpty();
        assertThat(list(BillingView::domainsWithOpen)).isEmpty();
        assertThat(find(view -> view.invoice("a", 1))).isEmpty();
        assertThat(list(view -> view.invoices("a", 1, 10))).isEmpty();
        assertThat(find(view -> view.lastInvoice("a"))).isEmpty();
        assertThat(list(view -> view.dueDeliveries(NOW, 10))).isEmpty();
        assertThat(find(BillingView::nextDelivery)).isEmpty();
    }

    @Test
    void changes_of_prices_stay_in_their_order() {
        var first = new TariffChange(NOW, Plan.COMMERCIAL, new Tariff("EUR", 1, 2, 3, 4));
        var second = new TariffChange(NOW.minusNanos(1), Plan.DEVELOPER, new Tariff("CHF", 0, 0, 0, 0));
        save(tx -> tx.add(first));
        save(tx -> tx.add(second));

        assertThat(list(BillingView::tariffChanges)).containsExactly(first, second);
    }

    @Test
    void the_changes_of_a_device_stay_in_their_order_and_its_subscription_is_where_they_led() {
        save(tx -> tx.change(change(1, "a", Plan.DEVELOPER)));
        save(tx -> tx.change(change(2, "a", Plan.DEVELOPER)));
        save(tx -> tx.change(change(1, "b", Plan.COMMERCIAL)));

        assertThat(list(view -> view.planChanges(uid(1))))
                .containsExactly(change(1, "a", Plan.DEVELOPER), change(1, "b", Plan.COMMERCIAL));
        var today = LocalDate.parse("2026-11-24");
        assertThat(find(view -> view.subscription(uid(1))))
                .contains(new Subscription(uid(1), "b", Plan.COMMERCIAL, today));
        assertThat(devicesWith("a", Plan.DEVELOPER)).isEqualTo(1);
        assertThat(devicesWith("b", Plan.DEVELOPER)).isZero();
    }

    @Test
    void subscriptions_are_found_when_they_are_due_the_longest_due_first() {
        save(tx -> {
            tx.save(new Subscription(uid(3), "a", Plan.COMMERCIAL, DAY));
            tx.save(new Subscription(uid(2), "a", Plan.COMMERCIAL, DAY));
            tx.save(new Subscription(uid(4), "a", Plan.COMMERCIAL, DAY.minusDays(1)));
            tx.save(new Subscription(uid(5), "a", Plan.COMMERCIAL, DAY.plusDays(1)));
            tx.save(new Subscription(uid(6), "a", Plan.NONE, null));
        });

        assertThat(list(view -> view.due(DAY, 10))).map(Subscription::device).containsExactly(uid(4), uid(2), uid(3));
        assertThat(list(view -> view.due(DAY, 2))).map(Subscription::device).containsExactly(uid(4), uid(2));
        save(tx -> tx.save(new Subscription(uid(4), "a", Plan.COMMERCIAL, null)));
        assertThat(list(view -> view.due(DAY, 1))).map(Subscription::device).containsExactly(uid(2));
    }

    @Test
    void a_period_comes_back_as_it_was_and_its_device_has_no_other_of_the_same_day() {
        SubscriptionPeriod first = period(1, "a", DAY, 0);
        SubscriptionPeriod second = period(1, "b", DAY, 1);
        save(tx -> {
            tx.add(second);
            tx.add(first);
        });

        assertThat(list(view -> view.periods(uid(1)))).containsExactly(first, second);
        refuses(tx -> tx.add(period(1, "c", DAY, 0)));
        assertThat(list(view -> view.periods(uid(1)))).containsExactly(first, second);
    }

    @Test
    void periods_and_events_are_open_until_an_invoice_has_them_and_no_second_one_can() {
        save(tx -> {
            tx.add(period(1, "a", DAY, 0));
            tx.add(period(1, "a", DAY, 1));
            tx.add(period(2, "b", DAY, 0));
        });
        assertThat(store.write(tx -> tx.add(billing("root", 1))).join()).isTrue();
        assertThat(list(view -> view.openPeriods("a", period(1, "a", DAY, 0).end())))
                .containsExactly(period(1, "a", DAY, 0));
        assertThat(list(view -> view.openEvents("domain"))).containsExactly(billing("root", 1));
        assertThat(list(BillingView::domainsWithOpen)).containsExactly("a", "b", "domain");

        Invoice invoice = invoice("a", 1, DAY, "EUR");
        save(tx -> tx.add(invoice, List.of(period(1, "a", DAY, 0)), List.of(billing("root", 1))));

        assertThat(list(view -> view.openPeriods("a", DAY.plusYears(1)))).containsExactly(period(1, "a", DAY, 1));
        assertThat(list(BillingView::domainsWithOpen)).containsExactly("a", "b");
        refuses(tx -> tx.add(invoice("a", 2, DAY.plusDays(1), "EUR"), List.of(period(1, "a", DAY, 0)), List.of()));
        refuses(tx -> tx.add(invoice("a", 2, DAY.plusDays(1), "EUR"), List.of(), List.of(billing("root", 1))));
        assertThat(find(view -> view.lastInvoice("a"))).contains(invoice);
        assertThat(store.write(tx -> tx.add(billing("root", 1))).join())
                .as("what was billed stays billed")
                .isFalse();
    }

    @Test
    void invoices_are_numbered_and_dated_once_per_domain() {
        Invoice first = invoice("a", 1, DAY, "EUR");
        Invoice francs = invoice("a", 2, DAY, "CHF");
        Invoice foreign = invoice("b", 1, DAY, "EUR");
        save(tx -> {
            tx.add(first, List.of(), List.of());
            tx.add(francs, List.of(), List.of());
            tx.add(foreign, List.of(), List.of());
        });

        refuses(tx -> tx.add(invoice("a", 1, DAY.plusDays(1), "EUR"), List.of(), List.of()));
        refuses(tx -> tx.add(invoice("a", 3, DAY, "EUR"), List.of(), List.of()));
        assertThat(list(view -> view.invoices("a", 1, 10))).containsExactly(first, francs);
        assertThat(list(view -> view.invoices("a", 2, 10))).containsExactly(francs);
        assertThat(list(view -> view.invoices("a", 1, 1))).containsExactly(first);
        assertThat(find(view -> view.invoice("b", 1))).contains(foreign);
        assertThat(find(view -> view.lastInvoice("a"))).contains(francs);
    }

    @Test
    void deliveries_are_due_in_order_until_they_have_succeeded() {
        var early = new InvoiceDelivery("a", 1, "mail", 0, NOW);
        var late = new InvoiceDelivery("a", 1, "folder", 7, NOW.plusNanos(1));
        save(tx -> {
            tx.save(late);
            tx.save(early);
        });

        assertThat(list(view -> view.dueDeliveries(NOW, 10))).containsExactly(early);
        assertThat(list(view -> view.dueDeliveries(NOW.plusNanos(1), 10))).containsExactly(early, late);
        assertThat(list(view -> view.dueDeliveries(NOW.plusNanos(1), 1))).containsExactly(early);
        assertThat(find(BillingView::nextDelivery)).contains(NOW);
        save(tx -> tx.save(new InvoiceDelivery("a", 1, "mail", 1, null)));
        assertThat(find(BillingView::nextDelivery)).contains(NOW.plusNanos(1));
    }
}
