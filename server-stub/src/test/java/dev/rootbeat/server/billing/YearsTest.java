package dev.rootbeat.server.billing;

import static dev.rootbeat.server.billing.Ledger.AWAY;
import static dev.rootbeat.server.billing.Ledger.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.billing.NaiveMonths.Owed;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years of switches, transfers, events, restarts and outages on a file, against {@link NaiveMonths}. */
class YearsTest {

    private static final int DEVICES = 50;
    private static final int DAYS = 3 * 365;
    private static final LocalDate START = LocalDate.of(2027, 1, 31);
    private static final List<Plan> PLANS = List.of(Plan.NONE, Plan.DEVELOPER, Plan.COMMERCIAL);
    private static final List<Operation.Kind> KINDS = List.of(
            Operation.Kind.RENEW, Operation.Kind.AUTOMATIC_RENEW, Operation.Kind.UPDATE, Operation.Kind.TRANSFER);

    private final long seed = Long.getLong("rootbeat.seed", 20_270_131);
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger(START + "T00:00:00Z");
    private final String url;

    YearsTest(@TempDir Path folder) {
        url = "jdbc:sqlite:" + folder.resolve("server.db");
        ledger.store = Stores.open(url);
    }

    @AfterEach
    void close() {
        ledger.store.close();
    }

    @Test
    void in_three_years_every_period_and_event_of_fifty_devices_is_in_one_invoice_of_its_month() {
        ledger.fill();
        var devices = new ArrayList<RotPublicUid>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(ledger.device(i, HOME));
        }
        var events = new ArrayList<BillingEvent>();
        ledger.start();
        for (int day = 1; day <= DAYS; day++) {
            live(devices.get(random.nextInt(DEVICES)), events);
            if (random.nextInt(60) == 0) {
                day = restart(day);
            }
            ledger.time.runUntil(START.plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        // The last invoices are raised within the hour.
        ledger.time.runFor(Duration.ofHours(1));

        Map<String, Long> expected = new TreeMap<>();
        for (RotPublicUid device : devices) {
            List<PlanChange> changes = ledger.store.read(view -> view.billing().planChanges(device));
            List<BillingEvent> own = events.stream()
                    .filter(event -> event.device().equals(device))
                    .toList();
            new NaiveMonths(changes, START, START.plusDays(DAYS))
                    .owed(own, START.plusDays(DAYS))
                    .forEach(owed -> expected.merge(owed.domain() + " " + owed.day(), price(owed), Long::sum));
        }
        Map<String, Long> raised = new TreeMap<>();
        for (String domain : List.of(HOME, AWAY)) {
            List<Invoice> invoices = ledger.invoices(domain);
            for (int i = 0; i < invoices.size(); i++) {
                assertThat(invoices.get(i).number()).isEqualTo(i + 1);
                raised.put(domain + " " + invoices.get(i).day(), invoices.get(i).total());
            }
        }
        assertThat(raised).as("seed %d", seed).isEqualTo(expected);
        assertThat(raised).hasSizeGreaterThan(2 * 30);
    }

    private static long price(Owed owed) {
        var tariff = PriceList.DEFAULT.of(owed.plan());
        return owed.event() == null ? tariff.month() : tariff.of(owed.event().kind());
    }

    /** Something happens to a device in the course of a day. */
    private void live(RotPublicUid device, List<BillingEvent> events) {
        ledger.time.runFor(Duration.ofSeconds(random.nextInt(86_000)));
        switch (random.nextInt(4)) {
            case 0 -> ledger.move(device, random.nextBoolean() ? HOME : AWAY);
            case 1 -> ledger.choose(ledger.owner(device), device, PLANS.get(random.nextInt(PLANS.size())));
            case 2 -> ledger.choose(ledger.owner(device), device, Plan.COMMERCIAL);
            default -> events.add(ledger.event(ledger.owner(device), device, KINDS.get(random.nextInt(KINDS.size()))));
        }
    }

    /** The server dies, and comes back at once or after up to a hundred days; returns the day on which it does. */
    private int restart(int day) {
        ledger.stop();
        ledger.store.close();
        int back = Math.min(DAYS, day + random.nextInt(2) * random.nextInt(100));
        ledger.time.runUntil(START.plusDays(back).atStartOfDay().toInstant(ZoneOffset.UTC));
        ledger.store = Stores.open(url);
        ledger.start();
        return back;
    }
}
