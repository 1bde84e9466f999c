package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.store.View;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every billing event is for a certificate that its device was seen to use, once (protocol, section 5.4); invoices are
 * numbered without gaps, raised for the 1st of a month, hold completed periods alone, add up, and together hold every
 * event and every period once (requirements, section 8).
 */
final class LedgerPromises implements StorePromises {

    private static final List<String> DOMAINS = List.of(World.DOMAIN, World.OTHER_DOMAIN);

    private record Period(String device, String start) {}

    private final BiPredicate<RotPublicUid, Bytes> hasUsed;
    private final Consumer<String> broken;
    private int seen;
    private final Set<String> billed = new HashSet<>();
    private final Map<String, Integer> invoices = new LinkedHashMap<>();
    private final Map<String, Integer> eventsOf = new LinkedHashMap<>();
    private final Map<String, Integer> invoicedOf = new LinkedHashMap<>();
    private final Set<Period> paid = new HashSet<>();

    /**
     * Begins with empty books.
     *
     * @param hasUsed whether a device was seen to use a certificate, by its fingerprint
     * @param broken takes the promise that does not hold
     */
    LedgerPromises(BiPredicate<RotPublicUid, Bytes> hasUsed, Consumer<String> broken) {
        this.hasUsed = hasUsed;
        this.broken = broken;
    }

    @Override
    public LedgerPromises copy() {
        var copy = new LedgerPromises(hasUsed, broken);
        copy.seen = seen;
        copy.billed.addAll(billed);
        copy.invoices.putAll(invoices);
        copy.eventsOf.putAll(eventsOf);
        copy.invoicedOf.putAll(invoicedOf);
        copy.paid.addAll(paid);
        return copy;
    }

    /** How many billing events there are. */
    int events() {
        return seen;
    }

    /** Whether a certificate is billed. */
    boolean isBilled(IssuedCertificate certificate) {
        return billed.contains(
                key(certificate.issuer(), certificate.serialNumber().toString(16)));
    }

    @Override
    public void written(View view) {
        List<BillingEvent> events = view.billingEvents();
        for (; seen < events.size(); seen++) {
            billed(view, events.get(seen));
        }
        for (String domain : DOMAINS) {
            Optional<Invoice> next = next(view, domain);
            while (next.isPresent()) {
                raised(view, next.get());
                next = next(view, domain);
            }
        }
    }

    private Optional<Invoice> next(View view, String domain) {
        return view.billing().invoice(domain, invoices.getOrDefault(domain, 0) + 1);
    }

    private void billed(View view, BillingEvent event) {
        String serial = event.serialNumber().toString(16);
        String name = event.device() + ": certificate " + serial;
        if (!billed.add(key(event.issuer(), serial))) {
            broken.accept(name + " is billed twice (promise 4)");
        }
        Optional<IssuedCertificate> certificate = view.certificates(event.device()).stream()
                .filter(one -> one.serialNumber().equals(event.serialNumber()))
                .findFirst();
        if (certificate.isEmpty()
                || !hasUsed.test(event.device(), certificate.get().fingerprint())) {
            broken.accept(name + " is billed and never took effect (promise 4)");
        } else if (certificate.get().billedAs() != event.kind()) {
            broken.accept(name + " is billed as " + event.kind() + " and is "
                    + certificate.get().billedAs());
        }
        eventsOf.merge(event.domain(), 1, Integer::sum);
    }

    private void raised(View view, Invoice invoice) {
        String name = "invoice " + invoice.number() + " of " + invoice.domain();
        invoices.put(invoice.domain(), invoice.number());
        if (invoice.day().getDayOfMonth() != 1
                || invoice.day().isAfter(LocalDate.ofInstant(invoice.raisedAt(), ZoneOffset.UTC))) {
            broken.accept(name + " is for " + invoice.day() + " and raised at " + invoice.raisedAt());
        }
        long total = 0;
        for (JsonNode line : JsonMapper.shared().readTree(invoice.json()).path("Lines")) {
            total += line(invoice, name, line);
        }
        if (total != invoice.total()) {
            broken.accept(name + " comes to " + invoice.total() + ", and its lines to " + total);
        }
        int open = view.billing().openEvents(invoice.domain()).size();
        int invoiced = invoicedOf.getOrDefault(invoice.domain(), 0);
        int all = eventsOf.getOrDefault(invoice.domain(), 0);
        if (open + invoiced != all) {
            broken.accept(name + ": of " + all + " billing events " + invoiced + " are in invoices and " + open
                    + " are open");
        }
    }

    /** Returns the line's amount. */
    private long line(Invoice invoice, String name, JsonNode line) {
        int renewals = line.path("Renewals").asInt();
        int updates = line.path("Updates").asInt();
        int transfers = line.path("Transfers").asInt();
        long month = line.path("MonthAmount").asLong();
        long amount = month
                + renewals * line.path("RenewPrice").asLong()
                + updates * line.path("UpdatePrice").asLong()
                + transfers * line.path("TransferPrice").asLong();
        if (amount != line.path("Amount").asLong()) {
            broken.accept(name + " has a line that does not add up: " + line);
        }
        if (LocalDate.parse(line.path("End").asString()).isAfter(invoice.day())) {
            broken.accept(name + " has a period that is not over: " + line);
        }
        var period = new Period(
                line.path("RoTPublicUID").asString(), line.path("Start").asString());
        if (month > 0 && !paid.add(period)) {
            broken.accept(name + " has a period that was paid for: " + line);
        }
        invoicedOf.merge(invoice.domain(), renewals + updates + transfers, Integer::sum);
        return amount;
    }

    private static String key(String issuer, String serial) {
        return issuer + " " + serial;
    }

    @Override
    public void end(View view) {
        for (String domain : DOMAINS) {
            int last = view.billing().lastInvoice(domain).map(Invoice::number).orElse(0);
            if (last != invoices.getOrDefault(domain, 0)) {
                broken.accept("the invoices of " + domain + " have a gap before number " + last);
            }
        }
        Set<String> onRecord = new HashSet<>();
        view.billingEvents()
                .forEach(event ->
                        onRecord.add(key(event.issuer(), event.serialNumber().toString(16))));
        if (!onRecord.equals(billed)) {
            broken.accept("billing events were lost");
        }
    }
}
