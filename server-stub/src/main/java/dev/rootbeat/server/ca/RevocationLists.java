package dev.rootbeat.server.ca;

import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.store.Transaction;
import java.time.Instant;

/** Keeps the revocation lists of Root CAs up to date (requirements, section 6). */
public final class RevocationLists {

    private RevocationLists() {}

    /** Signs a Root CA's list anew, with what is revoked now, and stores it. */
    public static Crl renew(Transaction tx, CertificateAuthority authority, String rootCa, Instant now) {
        long previous = tx.crl(rootCa).map(Crl::number).orElse(0L);
        Crl crl = authority.crl(tx.rootCa(rootCa).orElseThrow(), previous, tx.revokedCertificates(rootCa), now);
        tx.save(crl);
        return crl;
    }
}
