package dev.rootbeat.server.store.memory;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.DeliveryLine;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.ExpiryNotice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import dev.rootbeat.server.store.EventTransaction;
import dev.rootbeat.server.store.memory.MemoryData.Serial;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Events, webhooks and notices. */
final class MemoryEvents implements EventTransaction {

    /** The one group of an index that is only an order. */
    private static final String ALL = "all";

    private record Source(String name, long events) {}

    private record LineKey(String webhook, String source) {}

    private record DeliveryKey(String webhook, String source, long number) {}

    private record Told(Serial certificate, ExpiryNotice notice) {}

    private final Table<String, Source> sources;
    private final Table<DeliveryKey, Event> withoutDomain;
    private final Groups<String, Event> withoutDomainOfSource;

    private final Table<String, Webhook> webhooks;
    private final Groups<String, Webhook> webhooksOfDomain;
    private final Groups<String, Webhook> allWebhooks;

    private final Table<LineKey, DeliveryLine> lines;
    private final Groups<String, DeliveryLine> linesOfWebhook;
    private final Groups<String, DeliveryLine> waitingLines;

    private final Table<DeliveryKey, Delivery> deliveries;
    private final Groups<String, Delivery> deliveriesOfWebhook;
    private final Groups<LineKey, Delivery> deliveriesOfLine;

    private final Table<DeliveryKey, DeadLetter> letters;
    private final Groups<String, DeadLetter> lettersOfWebhook;

    private final Table<Serial, Told> told;
    private final Groups<String, IssuedCertificate> certificatesInUse;
    private final Groups<String, Crl> crls;

    /**
     * Creates it empty.
     *
     * @param undo gets a step back for every step
     * @param certificates the table of certificates, to be watched
     * @param crlTable the table of revocation lists, to be watched
     */
    MemoryEvents(Deque<Runnable> undo, Table<Serial, IssuedCertificate> certificates, Table<String, Crl> crlTable) {
        sources = new Table<>(undo, Source::name);
        withoutDomain = new Table<>(undo, event -> new DeliveryKey("", event.source(), event.number()));
        withoutDomainOfSource = withoutDomain.with(new Groups<>(Event::source, MemoryData.byAge()));
        webhooks = new Table<>(undo, Webhook::id);
        webhooksOfDomain = webhooks.with(new Groups<>(Webhook::domain, MemoryData.byAge()));
        allWebhooks = webhooks.with(new Groups<>(_ -> ALL, MemoryData.byAge()));
        lines = new Table<>(undo, line -> new LineKey(line.webhook(), line.source()));
        linesOfWebhook = lines.with(new Groups<>(DeliveryLine::webhook, MemoryData.byAge()));
        waitingLines = lines.with(new Groups<>(
                line -> line.due() == null ? null : line.webhook(),
                Comparator.comparing(MemoryEvents::dueOf).thenComparing(DeliveryLine::source)));
        deliveries = new Table<>(undo, MemoryEvents::key);
        deliveriesOfWebhook = deliveries.with(new Groups<>(Delivery::webhook, MemoryData.byAge()));
        deliveriesOfLine = deliveries.with(new Groups<>(
                delivery -> new LineKey(delivery.webhook(), delivery.event().source()),
                Comparator.comparingLong(delivery -> delivery.event().number())));
        letters = new Table<>(undo, letter -> key(letter.delivery()));
        lettersOfWebhook = letters.with(new Groups<>(
                letter -> letter.delivery().webhook(),
                Comparator.comparing(
                                (DeadLetter letter) -> letter.delivery().event().source())
                        .thenComparingLong(letter -> letter.delivery().event().number())));
        told = new Table<>(undo, Told::certificate);
        certificatesInUse = certificates.with(new Groups<>(
                certificate -> certificate.state() == IssuedCertificate.State.EFFECTIVE ? ALL : null,
                Comparator.comparing(IssuedCertificate::notAfter)));
        crls = crlTable.with(
                new Groups<>(_ -> ALL, Comparator.comparing(Crl::nextUpdate).thenComparing(Crl::rootCa)));
    }

    /** Counts a notification and returns its number. */
    long number(Notification notification) {
        long number = sources.find(notification.source()).map(Source::events).orElse(0L) + 1;
        sources.save(new Source(notification.source(), number));
        if (notification.domain() == null) {
            withoutDomain.save(new Event(number, notification));
        }
        return number;
    }

    /** Takes over what another one holds, into this empty one. */
    void copyFrom(MemoryEvents other) {
        sources.copyFrom(other.sources);
        withoutDomain.copyFrom(other.withoutDomain);
        webhooks.copyFrom(other.webhooks);
        lines.copyFrom(other.lines);
        deliveries.copyFrom(other.deliveries);
        letters.copyFrom(other.letters);
        told.copyFrom(other.told);
    }

    @Override
    public Optional<Webhook> webhook(String id) {
        return webhooks.find(id);
    }

    @Override
    public List<Webhook> webhooks(String domain) {
        return webhooksOfDomain.list(domain);
    }

    @Override
    public List<Event> eventsWithoutDomain(RotPublicUid device) {
        return withoutDomainOfSource.list(device.toString());
    }

    @Override
    public List<Webhook> webhooksWithDueLines(Instant now) {
        return allWebhooks.stream(ALL)
                .filter(webhook -> !dueLines(webhook.id(), now, 1).isEmpty())
                .toList();
    }

    @Override
    public List<DeliveryLine> dueLines(String webhook, Instant now, int limit) {
        return waitingLines.stream(webhook)
                .takeWhile(line -> !now.isBefore(dueOf(line)))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Delivery> firstDelivery(DeliveryLine line) {
        return deliveriesOfLine.stream(new LineKey(line.webhook(), line.source()))
                .findFirst();
    }

    @Override
    public long pendingDeliveries(String webhook) {
        return deliveriesOfWebhook.stream(webhook).count();
    }

    @Override
    public Optional<DeadLetter> deadLetter(String webhook, String source, long number) {
        return letters.find(new DeliveryKey(webhook, source, number));
    }

    @Override
    public List<DeadLetter> deadLetters(String webhook, String afterSource, long afterNumber, int limit) {
        return lettersOfWebhook.stream(webhook)
                .filter(letter -> isAfter(letter.delivery().event(), afterSource, afterNumber))
                .limit(limit)
                .toList();
    }

    @Override
    public List<IssuedCertificate> certificatesInUse(ExpiryNotice notice, Instant endingBy, int limit) {
        return certificatesInUse.stream(ALL)
                .takeWhile(certificate -> !endingBy.isBefore(certificate.notAfter()))
                .filter(certificate -> toldOf(certificate) == notice)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Crl> crlsToReplace(Instant by, int limit) {
        return crls.stream(ALL)
                .takeWhile(crl -> !by.isBefore(crl.nextUpdate()))
                .limit(limit)
                .toList();
    }

    @Override
    public void save(Webhook webhook) {
        webhooks.save(webhook);
    }

    @Override
    public void deleteWebhook(String id) {
        webhooks.remove(id);
        linesOfWebhook.list(id).forEach(line -> lines.remove(new LineKey(id, line.source())));
        deliveriesOfWebhook.list(id).forEach(this::remove);
        lettersOfWebhook.list(id).forEach(this::remove);
    }

    @Override
    public void enqueue(Delivery delivery) {
        String source = delivery.event().source();
        Optional<DeliveryLine> line = lines.find(new LineKey(delivery.webhook(), source));
        if (line.isEmpty() || line.get().due() == null) {
            lines.save(line.map(idle -> idle.due(Instant.EPOCH))
                    .orElseGet(() -> new DeliveryLine(delivery.webhook(), source, Instant.EPOCH, 0)));
        }
        if (deliveries.find(key(delivery)).isEmpty()) {
            deliveries.save(delivery);
        }
    }

    @Override
    public boolean replace(DeliveryLine seen, DeliveryLine changed) {
        boolean same = lines.find(new LineKey(seen.webhook(), seen.source()))
                .filter(line -> line.turn() == seen.turn())
                .isPresent();
        if (same) {
            lines.save(changed);
        }
        return same;
    }

    @Override
    public void save(Delivery delivery) {
        deliveries.save(delivery);
    }

    @Override
    public void remove(Delivery delivery) {
        deliveries.remove(key(delivery));
    }

    @Override
    public void save(DeadLetter letter) {
        letters.save(letter);
    }

    @Override
    public void remove(DeadLetter letter) {
        letters.remove(key(letter.delivery()));
    }

    @Override
    public void told(IssuedCertificate certificate, ExpiryNotice notice) {
        told.save(new Told(serial(certificate), notice));
    }

    private ExpiryNotice toldOf(IssuedCertificate certificate) {
        return told.find(serial(certificate)).map(Told::notice).orElse(ExpiryNotice.NONE);
    }

    private static Serial serial(IssuedCertificate certificate) {
        return new Serial(certificate.issuer(), certificate.serialNumber());
    }

    private static DeliveryKey key(Delivery delivery) {
        return new DeliveryKey(
                delivery.webhook(), delivery.event().source(), delivery.event().number());
    }

    private static boolean isAfter(Event event, String source, long number) {
        int compared = event.source().compareTo(source);
        return compared > 0 || (compared == 0 && event.number() > number);
    }

    private static Instant dueOf(DeliveryLine line) {
        return Objects.requireNonNull(line.due());
    }
}
