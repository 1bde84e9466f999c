package dev.rootbeat.server.event;

import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.ExpiryNotice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells domains that the certificate in use of a device expires soon, and that it has expired: each once per certificate
 * (requirements, section 8). Of one that is found expired before it was told as expiring, only the expiry is told.
 */
public final class ExpiryNotices implements Job {

    /** A week for an operator to look after a device that does not renew. */
    public static final Duration DEFAULT_LEAD = Duration.ofDays(7);

    /** How late a notice may be: small against the life of a certificate, and an idle server hardly writes. */
    static final Duration PERIOD = Duration.ofHours(1);

    /** Others wait some ten milliseconds for so many. */
    static final int BATCH = 200;

    private final Duration lead;

    /**
     * Makes the job.
     *
     * @param lead how long before its end a certificate is told as expiring
     */
    public ExpiryNotices(Duration lead) {
        this.lead = lead;
    }

    @Override
    public String name() {
        return "expiry-notices";
    }

    @Override
    public Outcome run(Transaction tx, Instant now) {
        boolean more = tell(tx, ExpiryNotice.EXPIRING, now, now) || tell(tx, ExpiryNotice.NONE, now.plus(lead), now);
        return Outcome.next(more ? now : now.plus(PERIOD));
    }

    /** Returns whether there may be more. */
    private static boolean tell(Transaction tx, ExpiryNotice told, Instant endingBy, Instant now) {
        List<IssuedCertificate> found = tx.events().certificatesInUse(told, endingBy, BATCH);
        for (IssuedCertificate certificate : found) {
            boolean over = !now.isBefore(certificate.notAfter());
            tx.events().told(certificate, over ? ExpiryNotice.EXPIRED : ExpiryNotice.EXPIRING);
            tell(tx, certificate, over, now);
        }
        return found.size() == BATCH;
    }

    private static void tell(Transaction tx, IssuedCertificate certificate, boolean over, Instant now) {
        Optional<String> domain =
                tx.device(certificate.device()).map(Device::claim).map(Device.Claim::domain);
        Outbox.tell(
                tx,
                new Notification(
                        domain.orElse(null),
                        certificate.device(),
                        over ? Notification.Kind.CERTIFICATE_EXPIRED : Notification.Kind.CERTIFICATE_EXPIRING,
                        certificate.serialNumber().toString(16),
                        now));
    }
}
