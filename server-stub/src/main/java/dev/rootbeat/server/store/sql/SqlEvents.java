package dev.rootbeat.server.store.sql;

import static dev.rootbeat.server.store.sql.CertificateTables.CERTIFICATE;
import static dev.rootbeat.server.store.sql.EventTables.DEAD_LETTER;
import static dev.rootbeat.server.store.sql.EventTables.DELIVERY;
import static dev.rootbeat.server.store.sql.EventTables.EVENT;
import static dev.rootbeat.server.store.sql.EventTables.LINE;
import static dev.rootbeat.server.store.sql.EventTables.WEBHOOK;

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
import dev.rootbeat.server.store.sql.Table.Insert;
import dev.rootbeat.server.store.sql.Table.Select;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events, webhooks and notices as one session sees them. */
final class SqlEvents implements EventTransaction {

    private static final Select<Webhook> WEBHOOK_BY_ID = WEBHOOK.select("WHERE id = ?");
    private static final Select<Webhook> WEBHOOKS_OF_DOMAIN = WEBHOOK.select("WHERE domain = ? ORDER BY seq");
    private static final Select<Webhook> WEBHOOKS_WITH_DUE_LINES =
            WEBHOOK.select("WHERE EXISTS (SELECT 1 FROM delivery_line WHERE delivery_line.webhook = webhook.id"
                    + " AND delivery_line.due <= ?) ORDER BY seq");
    private static final Insert<Webhook> SAVE_WEBHOOK = WEBHOOK.upsert();

    /** In this order: what is added to a webhook meanwhile waits for its line. */
    private static final List<String> DELETE_WEBHOOK = List.of(
            "DELETE FROM webhook WHERE id = ?",
            "DELETE FROM delivery_line WHERE webhook = ?",
            "DELETE FROM delivery WHERE webhook = ?",
            "DELETE FROM dead_letter WHERE webhook = ?");

    /** The source as the index has it; {@link Notification#source()}. */
    private static final String OF_SOURCE = "WHERE coalesce(device, domain, '') = ?";

    private static final Select<Event> EVENTS_WITHOUT_DOMAIN =
            EVENT.select(OF_SOURCE + " AND domain IS NULL ORDER BY number");
    private static final Select<Long> COUNT_EVENT = new Select<>(
            "INSERT INTO event_source (source, events) VALUES (?, 1)"
                    + " ON CONFLICT (source) DO UPDATE SET events = event_source.events + 1 RETURNING events",
            Columns::number);
    private static final Insert<Event> ADD_EVENT = EVENT.insert();

    private static final Select<DeliveryLine> DUE_LINES =
            LINE.select("WHERE webhook = ? AND due <= ? ORDER BY due, source LIMIT ?");
    private static final String REPLACE_LINE =
            "UPDATE delivery_line SET due = ?, turn = ? WHERE webhook = ? AND source = ? AND turn = ?";
    private static final String WAKE_LINE = "INSERT INTO delivery_line (webhook, source, due, turn) VALUES (?, ?, ?, 0)"
            + " ON CONFLICT (webhook, source) DO UPDATE SET due = coalesce(delivery_line.due, excluded.due)";

    private static final Select<Delivery> FIRST_DELIVERY =
            DELIVERY.select("WHERE webhook = ? AND source = ? ORDER BY number LIMIT 1");
    private static final Select<Long> PENDING_DELIVERIES =
            new Select<>("SELECT count(*) FROM delivery WHERE webhook = ?", Columns::number);
    private static final Insert<Delivery> ADD_DELIVERY = DELIVERY.insertIfAbsent();
    private static final Insert<Delivery> SAVE_DELIVERY = DELIVERY.upsert();
    private static final String REMOVE_DELIVERY =
            "DELETE FROM delivery WHERE webhook = ? AND source = ? AND number = ?";

    private static final Select<DeadLetter> DEAD_LETTER_BY_NUMBER =
            DEAD_LETTER.select("WHERE webhook = ? AND source = ? AND number = ?");
    private static final Select<DeadLetter> DEAD_LETTERS =
            DEAD_LETTER.select("WHERE webhook = ? AND (source, number) > (?, ?) ORDER BY source, number LIMIT ?");
    private static final Insert<DeadLetter> SAVE_DEAD_LETTER = DEAD_LETTER.upsert();
    private static final String REMOVE_DEAD_LETTER =
            "DELETE FROM dead_letter WHERE webhook = ? AND source = ? AND number = ?";

    private static final Select<IssuedCertificate> CERTIFICATES_IN_USE = CERTIFICATE.select(
            "WHERE state = 'EFFECTIVE' AND expiry_told = ? AND not_after <= ? ORDER BY not_after, seq LIMIT ?");
    private static final String TELL_EXPIRY = "UPDATE certificate SET expiry_told = ? WHERE issuer = ? AND serial = ?";
    private static final Select<Crl> CRLS_TO_REPLACE =
            Tables.CRL.select("WHERE next_update <= ? AND EXISTS (SELECT 1 FROM root_ca WHERE root_ca.id = crl.root_ca)"
                    + " ORDER BY next_update, root_ca LIMIT ?");

    private final Session session;

    SqlEvents(Session session) {
        this.session = session;
    }

    /** Adds a notification and returns its number. */
    long add(Notification notification) {
        long number =
                session.find(COUNT_EVENT, to -> to.text(notification.source())).orElseThrow();
        session.write(ADD_EVENT, new Event(number, notification));
        return number;
    }

    @Override
    public Optional<Webhook> webhook(String id) {
        return session.find(WEBHOOK_BY_ID, to -> to.text(id));
    }

    @Override
    public List<Webhook> webhooks(String domain) {
        return session.list(WEBHOOKS_OF_DOMAIN, to -> to.text(domain));
    }

    @Override
    public List<Event> eventsWithoutDomain(RotPublicUid device) {
        return session.list(EVENTS_WITHOUT_DOMAIN, to -> to.uid(device));
    }

    @Override
    public List<Webhook> webhooksWithDueLines(Instant now) {
        return session.list(WEBHOOKS_WITH_DUE_LINES, to -> to.instant(now));
    }

    @Override
    public List<DeliveryLine> dueLines(String webhook, Instant now, int limit) {
        return session.list(DUE_LINES, to -> to.text(webhook).instant(now).number(limit));
    }

    @Override
    public Optional<Delivery> firstDelivery(DeliveryLine line) {
        return session.find(FIRST_DELIVERY, to -> to.text(line.webhook()).text(line.source()));
    }

    @Override
    public long pendingDeliveries(String webhook) {
        return session.find(PENDING_DELIVERIES, to -> to.text(webhook)).orElseThrow();
    }

    @Override
    public Optional<DeadLetter> deadLetter(String webhook, String source, long number) {
        return session.find(
                DEAD_LETTER_BY_NUMBER, to -> to.text(webhook).text(source).number(number));
    }

    @Override
    public List<DeadLetter> deadLetters(String webhook, String afterSource, long afterNumber, int limit) {
        return session.list(
                DEAD_LETTERS,
                to -> to.text(webhook).text(afterSource).number(afterNumber).number(limit));
    }

    @Override
    public List<IssuedCertificate> certificatesInUse(ExpiryNotice told, Instant endingBy, int limit) {
        return session.list(
                CERTIFICATES_IN_USE, to -> to.name(told).instant(endingBy).number(limit));
    }

    @Override
    public List<Crl> crlsToReplace(Instant by, int limit) {
        return session.list(CRLS_TO_REPLACE, to -> to.instant(by).number(limit));
    }

    @Override
    public void save(Webhook webhook) {
        session.write(SAVE_WEBHOOK, webhook);
    }

    @Override
    public void deleteWebhook(String id) {
        DELETE_WEBHOOK.forEach(sql -> session.update(sql, to -> to.text(id)));
    }

    @Override
    public void enqueue(Delivery delivery) {
        session.update(
                WAKE_LINE,
                to -> to.text(delivery.webhook())
                        .text(delivery.event().source())
                        .instant(Instant.EPOCH));
        session.write(ADD_DELIVERY, delivery);
    }

    @Override
    public boolean replace(DeliveryLine seen, DeliveryLine changed) {
        return session.update(
                        REPLACE_LINE,
                        to -> to.instant(changed.due())
                                .number(changed.turn())
                                .text(seen.webhook())
                                .text(seen.source())
                                .number(seen.turn()))
                == 1;
    }

    @Override
    public void save(Delivery delivery) {
        session.write(SAVE_DELIVERY, delivery);
    }

    @Override
    public void remove(Delivery delivery) {
        session.update(REMOVE_DELIVERY, to -> place(delivery, to));
    }

    @Override
    public void save(DeadLetter letter) {
        session.write(SAVE_DEAD_LETTER, letter);
    }

    @Override
    public void remove(DeadLetter letter) {
        session.update(REMOVE_DEAD_LETTER, to -> place(letter.delivery(), to));
    }

    @Override
    public void told(IssuedCertificate certificate, ExpiryNotice notice) {
        session.update(
                TELL_EXPIRY, to -> to.name(notice).text(certificate.issuer()).serial(certificate.serialNumber()));
    }

    private static void place(Delivery delivery, Parameters to) throws SQLException {
        to.text(delivery.webhook())
                .text(delivery.event().source())
                .number(delivery.event().number());
    }
}
