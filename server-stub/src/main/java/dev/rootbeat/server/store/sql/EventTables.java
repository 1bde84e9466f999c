package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.DeliveryLine;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import java.sql.SQLException;
import java.util.List;

/** Events, webhooks and what these are owed. */
final class EventTables {

    static final Table<Event> EVENT = new Table<>(
            "notification",
            List.of(),
            List.of("number", "domain", "device", "kind", "subject", "at"),
            EventTables::write,
            EventTables::readEvent);

    static final Table<Webhook> WEBHOOK = new Table<>(
            "webhook",
            List.of("id"),
            List.of("id", "domain", "url", "secret", "kinds"),
            (webhook, to) -> to.text(webhook.id())
                    .text(webhook.domain())
                    .text(webhook.url())
                    .text(webhook.secret())
                    .text(Json.ofTexts(webhook.kinds().stream().map(Enum::name).toList())),
            from -> new Webhook(from.text(), from.text(), from.text(), from.text(), kinds(from.text())));

    static final Table<Delivery> DELIVERY = new Table<>(
            "delivery",
            List.of("webhook", "source", "number"),
            List.of("webhook", "source", "number", "domain", "device", "kind", "subject", "at", "tries"),
            EventTables::write,
            EventTables::readDelivery);

    static final Table<DeadLetter> DEAD_LETTER = new Table<>(
            "dead_letter",
            List.of("webhook", "source", "number"),
            List.of(
                    "webhook", "source", "number", "domain", "device", "kind", "subject", "at", "tries", "reason",
                    "died_at"),
            (letter, to) -> {
                write(letter.delivery(), to);
                to.text(letter.reason()).instant(letter.at());
            },
            from -> new DeadLetter(readDelivery(from), from.text(), from.instant()));

    static final Table<DeliveryLine> LINE = new Table<>(
            "delivery_line",
            List.of("webhook", "source"),
            List.of("webhook", "source", "due", "turn"),
            (line, to) -> to.text(line.webhook())
                    .text(line.source())
                    .instant(line.due())
                    .number(line.turn()),
            from -> new DeliveryLine(from.text(), from.text(), from.instantOrNull(), from.number()));

    private EventTables() {}

    private static List<Notification.Kind> kinds(String json) {
        return Json.toTexts(json).stream().map(Notification.Kind::valueOf).toList();
    }

    private static void write(Delivery delivery, Parameters to) throws SQLException {
        write(
                delivery.event(),
                to.text(delivery.webhook()).text(delivery.event().source()));
        to.number(delivery.tries());
    }

    private static Delivery readDelivery(Columns from) throws SQLException {
        String webhook = from.text();
        from.skip(1); // the source follows from the event
        return new Delivery(webhook, readEvent(from), from.integer());
    }

    private static void write(Event event, Parameters to) throws SQLException {
        Tables.NOTIFICATION.writing().write(event.notification(), to.number(event.number()));
    }

    private static Event readEvent(Columns from) throws SQLException {
        return new Event(from.number(), Tables.NOTIFICATION.reading().read(from));
    }
}
