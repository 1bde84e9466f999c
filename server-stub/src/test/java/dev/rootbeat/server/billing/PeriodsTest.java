package dev.rootbeat.server.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.Tariff;
import dev.rootbeat.server.model.TariffChange;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of requirements, section 8, by their own examples. */
class PeriodsTest {

    private static final RotPublicUid DEVICE = new RotPublicUid(1);

    private static PlanChange change(String at, String domain, Plan plan) {
        return new PlanChange(DEVICE, Instant.parse(at), domain, plan);
    }

    private static List<SubscriptionPeriod> periods(String until, PlanChange... changes) {
        return periods(until, tariffs(), new ArrayList<>(), List.of(changes));
    }

    private static List<SubscriptionPeriod> periods(
            String until, Tariffs tariffs, List<SubscriptionPeriod> sofar, List<PlanChange> changes) {
        Optional<SubscriptionPeriod> next;
        do {
            var last = sofar.isEmpty() ? null : sofar.getLast();
            next = Periods.next(last, changes, LocalDate.parse(until), tariffs);
            next.ifPresent(sofar::add);
        } while (next.isPresent());
        return sofar;
    }

    private static List<String> starts(List<SubscriptionPeriod> periods) {
        return periods.stream().map(period -> period.start().toString()).toList();
    }

    @Test
    void a_period_that_starts_on_the_31st_ends_on_the_last_day_of_shorter_months_and_does_not_drift() {
        assertThat(starts(periods("2027-06-30", change("2027-01-31T23:59:59Z", "home", Plan.COMMERCIAL))))
                .containsExactly("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30");
        assertThat(starts(periods("2028-03-30", change("2028-01-30T00:00:00Z", "home", Plan.COMMERCIAL))))
                .containsExactly("2028-01-30", "2028-02-29", "2028-03-30");
    }

    @Test
    void a_plan_that_starts_on_5_May_is_in_the_invoice_of_1_July_and_its_next_period_in_that_of_1_August() {
        List<SubscriptionPeriod> periods =
                periods("2027-07-31", change("2027-05-05T10:00:00Z", "home", Plan.COMMERCIAL));

        assertThat(starts(periods)).containsExactly("2027-05-05", "2027-06-05", "2027-07-05");
        assertThat(periods)
                .map(period -> new Charge(period, null).invoiceDay(null))
                .containsExactly(
                        LocalDate.parse("2027-07-01"), LocalDate.parse("2027-08-01"), LocalDate.parse("2027-09-01"));
    }

    @Test
    void a_period_that_is_complete_on_the_1st_is_in_the_invoice_of_that_day() {
        SubscriptionPeriod june = periods("2027-06-01", change("2027-06-01T00:00:00Z", "home", Plan.COMMERCIAL))
                .getFirst();

        assertThat(new Charge(june, null).invoiceDay(null)).isEqualTo("2027-07-01");
    }

    @Test
    void a_switch_counts_for_the_money_from_the_anniversary_on_and_the_last_one_before_it_wins() {
        List<SubscriptionPeriod> periods = periods(
                "2027-07-01",
                change("2027-05-05T10:00:00Z", "home", Plan.DEVELOPER),
                change("2027-05-20T10:00:00Z", "home", Plan.COMMERCIAL),
                change("2027-05-21T10:00:00Z", "home", Plan.NONE),
                change("2027-06-04T23:59:59Z", "home", Plan.COMMERCIAL),
                change("2027-06-05T00:00:01Z", "home", Plan.DEVELOPER));

        assertThat(periods).map(SubscriptionPeriod::plan).containsExactly(Plan.DEVELOPER, Plan.COMMERCIAL);
    }

    @Test
    void a_plan_that_was_ended_runs_to_its_anniversary_and_a_later_choice_begins_a_new_count() {
        List<SubscriptionPeriod> periods = periods(
                "2027-10-30",
                change("2027-05-31T10:00:00Z", "home", Plan.COMMERCIAL),
                change("2027-06-10T10:00:00Z", "home", Plan.NONE),
                change("2027-08-17T10:00:00Z", "home", Plan.COMMERCIAL),
                change("2027-08-18T10:00:00Z", "home", Plan.NONE),
                change("2027-09-17T10:00:00Z", "home", Plan.COMMERCIAL));

        assertThat(starts(periods)).containsExactly("2027-05-31", "2027-08-17", "2027-09-17", "2027-10-17");
    }

    @Test
    void a_period_belongs_to_who_owned_the_device_at_its_start_and_an_event_to_who_owned_it_then() {
        List<SubscriptionPeriod> periods = periods(
                "2027-06-10",
                change("2027-05-05T10:00:00Z", "home", Plan.COMMERCIAL),
                change("2027-05-20T10:00:00Z", "away", Plan.COMMERCIAL));
        var event = new BillingEvent(
                "away", DEVICE, Operation.Kind.RENEW, "root", BigInteger.ONE, Instant.parse("2027-05-25T00:00:00Z"));

        assertThat(periods).map(SubscriptionPeriod::domain).containsExactly("home", "away");
        Charge charge = Charge.of(event, periods).orElseThrow();
        assertThat(Line.of(List.of(charge)))
                .containsExactly(new Line(
                        periods.getFirst(),
                        0,
                        1,
                        0,
                        0,
                        PriceList.DEFAULT.commercial().renew()));
    }

    @Test
    void a_period_has_the_prices_of_the_instant_at_which_it_began_whenever_it_is_entered() {
        Tariff dearer = new Tariff("EUR", 1000, 1, 2, 3);
        Tariff dearest = new Tariff("EUR", 2000, 1, 2, 3);
        Tariffs tariffs = tariffs(
                new TariffChange(Instant.parse("2027-05-05T10:00:01Z"), Plan.COMMERCIAL, dearer),
                new TariffChange(Instant.parse("2027-07-05T00:00:00Z"), Plan.COMMERCIAL, dearest));
        List<PlanChange> changes = List.of(change("2027-05-05T10:00:00Z", "home", Plan.COMMERCIAL));

        assertThat(periods("2027-07-31", tariffs, new ArrayList<>(), changes))
                .map(SubscriptionPeriod::tariff)
                .containsExactly(PriceList.DEFAULT.commercial(), dearer, dearest);
    }

    @Test
    void another_currency_comes_on_an_invoice_of_its_own() {
        Tariffs tariffs = tariffs(new TariffChange(
                Instant.parse("2027-05-06T00:00:00Z"), Plan.COMMERCIAL, new Tariff("CHF", 100, 1, 2, 3)));
        List<SubscriptionPeriod> periods = periods(
                "2027-06-30",
                tariffs,
                new ArrayList<>(),
                List.of(change("2027-05-01T10:00:00Z", "home", Plan.COMMERCIAL)));
        var both = List.of(new Charge(periods.getFirst(), null), new Charge(periods.getLast(), null));

        assertThat(Statement.next(both, LocalDate.parse("2027-07-01"), LocalDate.parse("2027-08-01")))
                .extracting(Statement::currency, Statement::total)
                .containsExactly(tuple("CHF", 100L), tuple("EUR", 50L));
    }

    private static Tariffs tariffs(TariffChange... later) {
        var changes = new ArrayList<TariffChange>();
        changes.add(new TariffChange(Instant.EPOCH, Plan.DEVELOPER, PriceList.DEFAULT.developer()));
        changes.add(new TariffChange(Instant.EPOCH, Plan.COMMERCIAL, PriceList.DEFAULT.commercial()));
        changes.addAll(List.of(later));
        return new Tariffs(changes);
    }
}
