package dev.rootbeat.server.store;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.DeliveryLine;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.ExpiryNotice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the server does by itself: webhooks and what they are owed, and what is about to end. */
public interface EventView {

    /** The webhook of this id. */
    Optional<Webhook> webhook(String id);

    /** A domain's webhooks, oldest first. */
    List<Webhook> webhooks(String domain);

    /** The events of a device from the time when it belonged to no domain, by their number. */
    List<Event> eventsWithoutDomain(RotPublicUid device);

    /** The webhooks that have a line due by now, oldest first. */
    List<Webhook> webhooksWithDueLines(Instant now);

    /**
     * The lines of a webhook that are due by now, longest due first, then by source.
     *
     * @param limit how many at most
     */
    List<DeliveryLine> dueLines(String webhook, Instant now, int limit);

    /** The first delivery of a line, the one of the lowest number. */
    Optional<Delivery> firstDelivery(DeliveryLine line);

    /** How many deliveries of a webhook wait, those under way too. */
    long pendingDeliveries(String webhook);

    /** A webhook's dead letter of this source and number. */
    Optional<DeadLetter> deadLetter(String webhook, String source, long number);

    /**
     * A webhook's dead letters, by source, then number.
     *
     * @param afterSource with the number after it, the place of the last one that is not wanted any more; empty and 0
     *     for the first ones
     * @param limit how many at most
     */
    List<DeadLetter> deadLetters(String webhook, String afterSource, long afterNumber, int limit);

    /**
     * The certificates in use that end by an instant, and about whose end the domain was told this and no more; by their
     * end, then oldest first.
     *
     * @param limit how many at most
     */
    List<IssuedCertificate> certificatesInUse(ExpiryNotice told, Instant endingBy, int limit);

    /**
     * The revocation lists of Root CAs that must be replaced by an instant, the most urgent first.
     *
     * @param limit how many at most
     */
    List<Crl> crlsToReplace(Instant by, int limit);
}
