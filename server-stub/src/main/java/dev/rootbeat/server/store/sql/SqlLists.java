package dev.rootbeat.server.store.sql;

import static dev.rootbeat.server.store.sql.CertificateTables.CERTIFICATE;
import static dev.rootbeat.server.store.sql.CertificateTables.OPERATION;
import static dev.rootbeat.server.store.sql.DeviceTable.DEVICE;
import static dev.rootbeat.server.store.sql.Tables.PROFILE;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.store.Lists;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages: each query follows the index that has its order, from the place on where the page begins. */
record SqlLists(Session session) implements Lists {

    private static final Table.Select<RotPublicUid> WHITELIST = new Table.Select<>(
            "SELECT device FROM whitelist WHERE profile = ? AND device > ? ORDER BY device LIMIT ?", Columns::uid);

    private static final Table.Select<Operation> OPERATIONS =
            OPERATION.select("WHERE device = ? ORDER BY seq LIMIT ? OFFSET ?");

    @Override
    public List<DeviceProfile> profiles(String domain, @Nullable String rootCa, @Nullable String after, int limit) {
        return new Condition("domain = ?", to -> to.text(domain))
                .and(after, "uid > ?", Parameters::text)
                .and(rootCa, "root_ca = ?", Parameters::text)
                .page(session, PROFILE, "uid", limit);
    }

    @Override
    public List<RotPublicUid> whitelist(String profileUid, @Nullable RotPublicUid after, int limit) {
        return session.list(
                WHITELIST,
                to -> to.text(profileUid)
                        .text(after == null ? "" : after.toString())
                        .number(limit));
    }

    @Override
    public List<Device> devices(String domain, DeviceFilter filter, @Nullable RotPublicUid after, int limit) {
        return new Condition("domain = ?", to -> to.text(domain))
                .and(after, "uid > ?", Parameters::uid)
                .and(filter.standing(), "standing = ?", Parameters::name)
                .and(filter.issuer(), "issuer = ?", Parameters::text)
                .and(filter.profile(), "profile = ?", Parameters::text)
                .and(filter.frozen(), "(frozen IS NOT NULL) = ?", Parameters::flag)
                .and(filter.lastBefore(), "last_at < ?", Parameters::instant)
                .and(filter.lastSince(), "last_at >= ?", Parameters::instant)
                .and(
                        filter.expiresBefore(),
                        "EXISTS (SELECT 1 FROM certificate WHERE certificate.device = device.uid"
                                + " AND certificate.state = 'EFFECTIVE' AND certificate.not_after < ?)",
                        Parameters::instant)
                .page(session, DEVICE, "uid", limit);
    }

    @Override
    public List<IssuedCertificate> certificates(
            String rootCa, CertificateFilter filter, @Nullable CertificatePlace after, int limit) {
        return new Condition("issuer = ?", to -> to.text(rootCa))
                .and(
                        after,
                        "(not_after, fingerprint) > (?, ?)",
                        (to, place) -> to.instant(place.notAfter()).blob(place.fingerprint()))
                .and(filter.expiresBefore(), "not_after < ?", Parameters::instant)
                .and(filter.state(), "state = ?", Parameters::name)
                .page(session, CERTIFICATE, "not_after, fingerprint", limit);
    }

    @Override
    public List<Operation> operations(RotPublicUid device, int after, int limit) {
        return session.list(OPERATIONS, to -> to.uid(device).number(limit).number(after));
    }
}
