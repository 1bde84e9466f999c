package dev.rootbeat.server.event;

import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RevocationLists;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Signs revocation lists anew before they must be replaced, so that one who fetches a list gets one that lasts for a
 * while (requirements, section 6). Revocations sign them at once, in their own transaction.
 */
public final class FreshRevocationLists implements Job {

    /** A list lives a day: who fetches it every few hours never holds one that has run out. */
    static final Duration LEAD = Duration.ofHours(6);

    private static final Duration PERIOD = Duration.ofHours(1);

    /** A signature with a list of some thousand certificates takes some ten milliseconds. */
    private static final int BATCH = 10;

    private final CertificateAuthority authority;

    /** Makes the job. */
    public FreshRevocationLists(CertificateAuthority authority) {
        this.authority = authority;
    }

    @Override
    public String name() {
        return "fresh-revocation-lists";
    }

    @Override
    public Outcome run(Transaction tx, Instant now) {
        List<Crl> old = tx.events().crlsToReplace(now.plus(LEAD), BATCH);
        old.forEach(crl -> RevocationLists.renew(tx, authority, crl.rootCa(), now));
        return Outcome.next(old.size() == BATCH ? now : now.plus(PERIOD));
    }
}
