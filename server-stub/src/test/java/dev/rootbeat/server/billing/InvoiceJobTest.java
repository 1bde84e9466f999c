package dev.rootbeat.server.billing;

import static dev.rootbeat.server.billing.Ledger.AWAY;
import static dev.rootbeat.server.billing.Ledger.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.Tariff;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When invoices are raised, and what they say (requirements, section 8). */
class InvoiceJobTest {

    private final Ledger ledger = new Ledger("2027-05-05T10:00:00Z");

    @BeforeEach
    void fill() {
        ledger.fill();
    }

    private static JsonNode json(Invoice invoice) {
        return JsonMapper.shared().readTree(invoice.json());
    }

    private static List<String> days(List<Invoice> invoices) {
        return invoices.stream().map(invoice -> invoice.day().toString()).toList();
    }

    @Test
    void a_plan_that_starts_on_5_May_is_in_the_invoice_of_1_July_with_its_usage() {
        RotPublicUid device = ledger.device(1, HOME);
        ledger.choose(HOME, device, Plan.COMMERCIAL);
        ledger.start();
        ledger.event(HOME, device, Operation.Kind.RENEW);
        ledger.runUntil("2027-06-04T23:00:00Z");
        ledger.event(HOME, device, Operation.Kind.AUTOMATIC_RENEW);
        ledger.runUntil("2027-06-05T00:00:01Z");
        ledger.event(HOME, device, Operation.Kind.UPDATE);

        ledger.runUntil("2027-06-30T23:59:59Z");
        assertThat(ledger.invoices(HOME)).isEmpty();
        ledger.runUntil("2027-07-01T00:00:00Z");
        Invoice july = ledger.invoices(HOME).getFirst();
        ledger.runUntil("2027-08-01T00:00:00Z");

        assertThat(json(july)).isEqualTo(JsonMapper.shared().readTree("""
                {"Number": 1, "Day": "2027-07-01", "RaisedAt": "2027-07-01T00:00:00Z", "Currency": "EUR", "Total": 60,
                 "Lines": [{"RoTPublicUID": "0000000000000001", "Plan": "COMMERCIAL", "Start": "2027-05-05",
                   "End": "2027-06-05", "MonthAmount": 50, "Renewals": 2, "RenewPrice": 5, "Updates": 0,
                   "UpdatePrice": 5, "Transfers": 0, "TransferPrice": 5, "Amount": 60}]}"""));
        assertThat(july.html())
                .contains(
                        "Invoice 1 of 2027-07-01",
                        "The &lt;home>",
                        "<td>2027-05-05<td>2027-06-05<td>0.50<td>2<td>0<td>0<td>0.60");
        assertThat(days(ledger.invoices(HOME))).containsExactly("2027-07-01", "2027-08-01");
        assertThat(ledger.invoices(HOME).getLast().total()).isEqualTo(55);
        assertThat(ledger.invoices(HOME).getFirst())
                .as("raised once, and never changed")
                .isEqualTo(july);
        assertThat(ledger.invoices(AWAY)).isEmpty();
    }

    @Test
    void a_server_that_was_down_for_months_raises_one_invoice_per_month_in_order() {
        ledger.choose(HOME, ledger.device(1, HOME), Plan.COMMERCIAL);
        ledger.start();
        ledger.runUntil("2027-05-20T00:00:00Z");
        ledger.stop();
        ledger.runUntil("2027-11-11T11:11:11Z");
        ledger.start();
        ledger.runUntil("2027-11-11T11:12:11Z");

        List<Invoice> invoices = ledger.invoices(HOME);
        assertThat(days(invoices))
                .containsExactly("2027-07-01", "2027-08-01", "2027-09-01", "2027-10-01", "2027-11-01");
        assertThat(invoices).map(Invoice::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(invoices).map(Invoice::total).containsOnly(50L);
    }

    @Test
    void two_processes_on_one_store_raise_each_invoice_once() {
        ledger.choose(HOME, ledger.device(1, HOME), Plan.COMMERCIAL);
        ledger.start();
        ledger.start();
        ledger.runUntil("2027-10-01T12:00:00Z");

        assertThat(days(ledger.invoices(HOME))).containsExactly("2027-07-01", "2027-08-01", "2027-09-01", "2027-10-01");
    }

    @Test
    void many_devices_begin_their_periods_before_the_invoice_is_raised() {
        int devices = SubscriptionJob.BATCH + 1;
        for (int i = 0; i < devices; i++) {
            ledger.choose(HOME, ledger.device(i, HOME), Plan.COMMERCIAL);
        }
        ledger.runUntil("2027-07-01T00:00:00Z");
        ledger.start();
        ledger.runUntil("2027-07-01T00:05:00Z");

        assertThat(ledger.invoices(HOME)).map(Invoice::total).containsExactly(50L * devices);
    }

    @Test
    void a_free_plan_has_an_invoice_of_nothing_and_no_plan_has_none() {
        ledger.choose(HOME, ledger.device(1, HOME), Plan.DEVELOPER);
        ledger.device(2, AWAY);
        ledger.start();
        ledger.runUntil("2027-07-01T00:00:00Z");

        assertThat(ledger.invoices(HOME)).map(Invoice::total).containsExactly(0L);
        assertThat(ledger.invoices(AWAY)).isEmpty();
    }

    @Test
    void new_prices_leave_periods_that_have_begun_as_they_were() {
        RotPublicUid device = ledger.device(1, HOME);
        ledger.choose(HOME, device, Plan.COMMERCIAL);
        ledger.start();
        ledger.runUntil("2027-06-20T00:00:00Z");
        ledger.stop();
        ledger.prices = new PriceList(ledger.prices.developer(), new Tariff("EUR", 900, 90, 90, 90));
        ledger.start();
        ledger.event(HOME, device, Operation.Kind.RENEW);
        ledger.runUntil("2027-10-01T00:00:00Z");

        assertThat(ledger.invoices(HOME)).map(Invoice::total).containsExactly(50L, 55L, 900L, 900L);
        List<SubscriptionPeriod> periods =
                ledger.store.read(view -> view.billing().periods(device));
        assertThat(periods)
                .map(SubscriptionPeriod::start)
                .startsWith(LocalDate.of(2027, 5, 5), LocalDate.of(2027, 6, 5));
    }

    @Test
    void what_comes_to_light_after_its_invoice_is_in_the_next_one() {
        RotPublicUid device = ledger.device(1, HOME);
        ledger.choose(HOME, device, Plan.COMMERCIAL);
        ledger.start();
        ledger.runUntil("2027-07-01T00:00:00Z");
        ledger.late(HOME, device, "2027-05-31T00:00:00Z");
        ledger.runUntil("2027-09-01T00:00:00Z");

        assertThat(ledger.invoices(HOME)).map(Invoice::total).containsExactly(50L, 55L, 50L);
        assertThat(json(ledger.invoices(HOME).get(1)).at("/Lines/0/MonthAmount").asLong())
                .isZero();
    }

    @Test
    void a_receiver_that_is_down_delays_its_invoices_and_loses_none() {
        var receiver = new Receiver();
        ledger.channels.add(receiver);
        ledger.choose(HOME, ledger.device(1, HOME), Plan.COMMERCIAL);
        receiver.down = true;
        ledger.start();
        ledger.runUntil("2027-08-01T12:00:00Z");
        assertThat(receiver.tries).isGreaterThan(100);
        receiver.down = false;
        ledger.runUntil("2027-08-01T18:00:00Z");

        assertThat(receiver.delivered)
                .containsExactlyInAnyOrderElementsOf(ledger.invoices(HOME))
                .hasSize(2);
        ledger.stop();
        ledger.start();
        ledger.runUntil("2027-08-31T00:00:00Z");
        assertThat(receiver.delivered).as("what has arrived is not sent again").hasSize(2);
    }

    @Test
    void an_invoice_whose_sender_died_is_sent_again() {
        var receiver = new Receiver();
        ledger.channels.add(receiver);
        ledger.choose(HOME, ledger.device(1, HOME), Plan.COMMERCIAL);
        receiver.deadly = true;
        ledger.start();
        ledger.runUntil("2027-07-01T00:00:00Z");
        assertThat(receiver.delivered).hasSize(1);
        receiver.deadly = false;
        ledger.stop();
        ledger.start();
        ledger.runUntil("2027-07-01T01:00:00Z");

        assertThat(receiver.delivered)
                .hasSize(2)
                .containsOnly(ledger.invoices(HOME).getFirst());
    }

    /** Somebody who gets invoices, or not. */
    private static final class Receiver implements Channel {
        final List<Invoice> delivered = new ArrayList<>();
        boolean down;
        boolean deadly;
        int tries;

        @Override
        public String name() {
            return "receiver";
        }

        @Override
        public void deliver(Domain customer, Invoice invoice) throws IOException {
            tries++;
            if (down) {
                throw new IOException("down");
            }
            delivered.add(invoice);
            if (deadly) {
                throw new IllegalStateException("the process dies before it notes that it has delivered");
            }
        }
    }
}
