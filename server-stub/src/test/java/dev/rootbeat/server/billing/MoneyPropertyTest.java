package dev.rootbeat.server.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.billing.NaiveMonths.Owed;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.TariffChange;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Periods and invoices agree with {@link NaiveMonths}, whatever is switched, moved and ended, and whenever they are made. */
class MoneyPropertyTest {

    /** Reaches over the end of February of a leap year and of two others. */
    private static final LocalDate FROM = LocalDate.of(2027, 1, 1);

    private static final int DAYS = 1000;
    private static final LocalDate UNTIL = FROM.plusDays(DAYS);
    private static final RotPublicUid DEVICE = new RotPublicUid(1);
    private static final List<String> DOMAINS = List.of("home", "away");
    private static final Tariffs TARIFFS = new Tariffs(List.of(
            new TariffChange(Instant.EPOCH, Plan.DEVELOPER, PriceList.DEFAULT.developer()),
            new TariffChange(Instant.EPOCH, Plan.COMMERCIAL, PriceList.DEFAULT.commercial())));
    private static final List<Plan> PLANS = List.of(Plan.NONE, Plan.DEVELOPER, Plan.COMMERCIAL, Plan.NONE);
    private static final List<Operation.Kind> KINDS = List.of(
            Operation.Kind.RENEW, Operation.Kind.AUTOMATIC_RENEW, Operation.Kind.UPDATE, Operation.Kind.TRANSFER);

    /** Something on a day and hour; the rest is drawn from few values, so that histories shrink. */
    record Drawn(int day, int hour, int domain, int what) {

        Instant at() {
            return FROM.plusDays(day).atStartOfDay().plusHours(hour).toInstant(ZoneOffset.UTC);
        }
    }

    @Provide
    Arbitrary<List<Drawn>> history() {
        Arbitrary<Integer> days = Arbitraries.integers().between(0, DAYS - 1);
        Arbitrary<Integer> hours = Arbitraries.integers().between(0, 23).edgeCases(edges -> edges.includeOnly(0));
        return Combinators.combine(days, hours, Arbitraries.of(0, 1), Arbitraries.of(0, 1, 2, 3))
                .as(Drawn::new)
                .list()
                .ofMaxSize(25)
                .map(list -> list.stream()
                        .sorted((one, other) -> one.at().compareTo(other.at()))
                        .toList());
    }

    @Provide
    Arbitrary<Set<Integer>> runs() {
        return Arbitraries.integers().between(1, DAYS).set().ofMaxSize(40);
    }

    @Property(tries = 500)
    void no_period_and_no_event_is_invoiced_twice_or_never_and_each_is_in_its_month(
            @ForAll("history") List<Drawn> plans,
            @ForAll("history") List<Drawn> events,
            @ForAll("runs") Set<Integer> runs) {
        List<PlanChange> changes = plans.stream().map(MoneyPropertyTest::change).toList();
        List<BillingEvent> happened = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            happened.add(event(events.get(i), i));
        }
        var naive = new NaiveMonths(changes, FROM, UNTIL);
        var books = new Books();

        var days = new TreeSet<>(runs);
        days.add(DAYS);
        days.forEach(day -> books.close(FROM.plusDays(day), changes, happened));

        assertThat(books.periods)
                .map(SubscriptionPeriod::start)
                .containsExactlyElementsOf(
                        naive.months.stream().map(month -> month.start).toList());
        assertThat(books.owed).containsExactlyInAnyOrderElementsOf(naive.owed(happened, UNTIL));
        assertThat(books.total)
                .isEqualTo(
                        books.owed.stream().mapToLong(MoneyPropertyTest::price).sum());
    }

    private static PlanChange change(Drawn drawn) {
        return new PlanChange(DEVICE, drawn.at(), DOMAINS.get(drawn.domain()), PLANS.get(drawn.what()));
    }

    private static BillingEvent event(Drawn drawn, int serial) {
        return new BillingEvent(
                DOMAINS.get(drawn.domain()),
                DEVICE,
                KINDS.get(drawn.what()),
                "root",
                BigInteger.valueOf(serial),
                drawn.at());
    }

    private static long price(Owed owed) {
        var tariff = PriceList.DEFAULT.of(owed.plan());
        return owed.event() == null ? tariff.month() : tariff.of(owed.event().kind());
    }

    /** What the server keeps, and does on the days on which it runs. */
    private static final class Books {
        final List<SubscriptionPeriod> periods = new ArrayList<>();
        final List<Owed> owed = new ArrayList<>();
        long total;
        private final Set<SubscriptionPeriod> paid = new HashSet<>();
        private final Set<BillingEvent> paidEvents = new HashSet<>();
        private final Map<String, LocalDate> last = new HashMap<>();

        void close(LocalDate today, List<PlanChange> allChanges, List<BillingEvent> allEvents) {
            Instant now = today.atStartOfDay(ZoneOffset.UTC).toInstant();
            List<PlanChange> changes = allChanges.stream()
                    .filter(change -> !change.at().isAfter(now))
                    .toList();
            Optional<SubscriptionPeriod> next = next(changes, today);
            while (next.isPresent()) {
                periods.add(next.get());
                next = next(changes, today);
            }
            List<BillingEvent> events =
                    allEvents.stream().filter(event -> event.at().isBefore(now)).toList();
            for (String domain : DOMAINS) {
                List<Statement> due = due(domain, events, today);
                while (!due.isEmpty()) {
                    due.forEach(statement -> raise(domain, statement));
                    due = due(domain, events, today);
                }
            }
        }

        private Optional<SubscriptionPeriod> next(List<PlanChange> changes, LocalDate today) {
            return Periods.next(periods.isEmpty() ? null : periods.getLast(), changes, today, TARIFFS);
        }

        private List<Statement> due(String domain, List<BillingEvent> events, LocalDate today) {
            var open = new ArrayList<Charge>();
            periods.stream()
                    .filter(period -> period.domain().equals(domain) && !paid.contains(period))
                    .forEach(period -> open.add(new Charge(period, null)));
            events.stream()
                    .filter(event -> event.domain().equals(domain) && !paidEvents.contains(event))
                    .forEach(event -> Charge.of(event, periods).ifPresent(open::add));
            return Statement.next(open, last.get(domain), today);
        }

        private void raise(String domain, Statement statement) {
            LocalDate before = last.put(domain, statement.day());
            assertThat(before == null || before.isBefore(statement.day())).isTrue();
            total += statement.total();
            assertThat(Line.of(statement.charges()).stream()
                            .mapToLong(Line::amount)
                            .sum())
                    .isEqualTo(statement.total());
            paid.addAll(statement.periods());
            paidEvents.addAll(statement.events());
            statement
                    .charges()
                    .forEach(charge -> owed.add(new Owed(
                            statement.day(),
                            domain,
                            charge.period().plan(),
                            charge.period().start(),
                            charge.event())));
        }
    }
}
