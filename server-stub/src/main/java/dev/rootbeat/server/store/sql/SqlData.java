package dev.rootbeat.server.store.sql;

import static dev.rootbeat.server.store.sql.CertificateTables.CERTIFICATE;
import static dev.rootbeat.server.store.sql.CertificateTables.OPERATION;
import static dev.rootbeat.server.store.sql.DeviceTable.DEVICE;
import static dev.rootbeat.server.store.sql.Tables.BILLING_EVENT;
import static dev.rootbeat.server.store.sql.Tables.CONSENT;
import static dev.rootbeat.server.store.sql.Tables.CRL;
import static dev.rootbeat.server.store.sql.Tables.DOMAIN;
import static dev.rootbeat.server.store.sql.Tables.JOB;
import static dev.rootbeat.server.store.sql.Tables.NOTIFICATION;
import static dev.rootbeat.server.store.sql.Tables.PROFILE;
import static dev.rootbeat.server.store.sql.Tables.ROOT_CA;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.AuditTransaction;
import dev.rootbeat.server.store.EventTransaction;
import dev.rootbeat.server.store.Lists;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.sql.Table.Insert;
import dev.rootbeat.server.store.sql.Table.Select;
import dev.rootbeat.server.store.sql.Table.Upsert;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data as one session sees it. Transactions begin and end elsewhere. */
final class SqlData implements Transaction {

    private static final Select<Domain> DOMAIN_BY_ID = DOMAIN.select("WHERE id = ?");
    private static final Select<Domain> DOMAIN_BY_API_KEY = DOMAIN.select("WHERE api_key = ?");
    private static final Insert<Domain> SAVE_DOMAIN = DOMAIN.upsert();

    private static final Select<DeviceProfile> PROFILE_BY_UID = PROFILE.select("WHERE uid = ?");
    private static final Insert<DeviceProfile> SAVE_PROFILE = PROFILE.upsert();

    private static final Select<RootCa> ROOT_CA_BY_ID = ROOT_CA.select("WHERE id = ?");
    private static final Select<RootCa> ROOT_CAS_OF_DOMAIN = ROOT_CA.select("WHERE domain = ? ORDER BY seq");
    private static final Insert<RootCa> SAVE_ROOT_CA = ROOT_CA.upsert();

    private static final Select<Crl> CRL_OF_ROOT_CA = CRL.select("WHERE root_ca = ?");
    private static final Insert<Crl> SAVE_CRL = CRL.upsert();

    private static final Select<Consent> CONSENT_BY_CODE = CONSENT.select("WHERE code = ?");
    private static final Insert<Consent> SAVE_CONSENT = CONSENT.upsert();

    private static final Select<Device> DEVICE_BY_UID = DEVICE.select("WHERE uid = ?");
    private static final Select<Device> DEVICES_OF_DOMAIN = DEVICE.select("WHERE domain = ? ORDER BY uid");
    private static final Upsert<Device> SAVE_DEVICE = DEVICE.upsert(List.of("domain"));

    private static final Select<Operation> OPEN_OPERATIONS = OPERATION.select("WHERE device = ? AND open ORDER BY seq");
    private static final Select<Operation> OPERATIONS_OF_DEVICE = OPERATION.select("WHERE device = ? ORDER BY seq");
    private static final Upsert<Operation> SAVE_OPERATION =
            OPERATION.upsert(List.of("device", "domain", "kind", "issuer"));

    private static final Select<IssuedCertificate> CERTIFICATE_BY_FINGERPRINT =
            CERTIFICATE.select("WHERE fingerprint = ?");
    private static final Select<IssuedCertificate> CERTIFICATES_OF_DEVICE =
            CERTIFICATE.select("WHERE device = ? ORDER BY seq");
    /** Its states are those of the index. */
    private static final Select<IssuedCertificate> CURRENT_CERTIFICATES =
            CERTIFICATE.select("WHERE device = ? AND state IN ('ISSUED', 'EFFECTIVE') ORDER BY seq");

    private static final Select<IssuedCertificate> REVOKED_CERTIFICATES =
            CERTIFICATE.select("WHERE issuer = ? AND revoked_at IS NOT NULL ORDER BY revoked_at, seq");
    private static final Upsert<IssuedCertificate> SAVE_CERTIFICATE = CERTIFICATE.upsert(
            List.of("device", "certificate", "fingerprint", "public_key", "not_before", "not_after"));

    private static final Select<BillingEvent> BILLING_EVENTS = BILLING_EVENT.select("ORDER BY seq");
    private static final Insert<BillingEvent> ADD_BILLING_EVENT = BILLING_EVENT.insertIfAbsent();

    private static final Select<Notification> NOTIFICATIONS = NOTIFICATION.select("ORDER BY seq");

    private static final Select<DueJob> JOB_BY_NAME = JOB.select("WHERE name = ?");
    private static final Insert<DueJob> ADD_JOB = JOB.insertIfAbsent();
    private static final Insert<DueJob> SAVE_JOB = JOB.upsert();
    private static final String TAKE_JOB = "UPDATE job SET due = due WHERE name = ? AND due <= ?";

    private static final Select<Bytes> SECRET =
            new Select<>("SELECT secret FROM server_secret WHERE name = ?", Columns::blob);
    private static final String KEEP_SECRET =
            "INSERT INTO server_secret (name, secret) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";

    private static final String IS_AWAITED = "SELECT 1 FROM operation WHERE issuer = ? AND open LIMIT 1";
    private static final String HAS_UNUSED_CONSENT = "SELECT 1 FROM consent WHERE root_ca = ? AND NOT used LIMIT 1";
    private static final String DELETE_ROOT_CA = "DELETE FROM root_ca WHERE id = ?";
    private static final String DELETE_CRL = "DELETE FROM crl WHERE root_ca = ?";

    private static final String IS_WHITELISTED = "SELECT 1 FROM whitelist WHERE profile = ? AND device = ?";
    private static final String ADD_TO_WHITELIST =
            "INSERT INTO whitelist (profile, device) VALUES (?, ?) ON CONFLICT (profile, device) DO NOTHING";
    private static final String REMOVE_FROM_WHITELIST = "DELETE FROM whitelist WHERE profile = ? AND device = ?";

    private final Session session;
    private final SqlEvents events;
    private final SqlBilling billing;
    private final Select<Device> deviceByUid;

    /** Those that were looked up in this transaction, which many works share: almost every work asks for the same few. */
    private final Map<String, Optional<RootCa>> rootCas = new HashMap<>();

    private SqlData(Session session, Select<Device> deviceByUid) {
        this.session = session;
        this.events = new SqlEvents(session);
        this.billing = new SqlBilling(session);
        this.deviceByUid = deviceByUid;
    }

    /** The data in transactions that write: a device that is read is locked. */
    static SqlData writing(Session session) {
        return new SqlData(session, DEVICE.select("WHERE uid = ?" + session.dialect().lock));
    }

    /** Forgets what it has read, because another transaction begins, or something is taken back. */
    void forget() {
        rootCas.clear();
    }

    /** The data in transactions that only read. */
    static SqlData reading(Session session) {
        return new SqlData(session, DEVICE_BY_UID);
    }

    @Override
    public Optional<Domain> domain(String id) {
        return session.find(DOMAIN_BY_ID, to -> to.text(id));
    }

    @Override
    public Optional<Domain> domainOfApiKey(String apiKey) {
        return session.find(DOMAIN_BY_API_KEY, to -> to.text(apiKey));
    }

    @Override
    public Optional<DeviceProfile> profile(String uid) {
        return session.find(PROFILE_BY_UID, to -> to.text(uid));
    }

    @Override
    public boolean isWhitelisted(String profileUid, RotPublicUid device) {
        return session.exists(IS_WHITELISTED, to -> to.text(profileUid).uid(device));
    }

    @Override
    public Optional<RootCa> rootCa(String id) {
        return rootCas.computeIfAbsent(id, _ -> session.find(ROOT_CA_BY_ID, to -> to.text(id)));
    }

    @Override
    public List<RootCa> rootCas(String domain) {
        return session.list(ROOT_CAS_OF_DOMAIN, to -> to.text(domain));
    }

    @Override
    public Optional<Crl> crl(String rootCa) {
        return session.find(CRL_OF_ROOT_CA, to -> to.text(rootCa));
    }

    @Override
    public Optional<Consent> consent(String code) {
        return session.find(CONSENT_BY_CODE, to -> to.text(code));
    }

    @Override
    public Optional<Device> device(RotPublicUid uid) {
        return session.find(deviceByUid, to -> to.uid(uid));
    }

    @Override
    public List<Device> devices(String domain) {
        return session.list(DEVICES_OF_DOMAIN, to -> to.text(domain));
    }

    @Override
    public List<Operation> openOperations(RotPublicUid device) {
        return session.list(OPEN_OPERATIONS, to -> to.uid(device));
    }

    @Override
    public List<Operation> operations(RotPublicUid device) {
        return session.list(OPERATIONS_OF_DEVICE, to -> to.uid(device));
    }

    @Override
    public Optional<IssuedCertificate> certificate(Bytes fingerprint) {
        return session.find(CERTIFICATE_BY_FINGERPRINT, to -> to.blob(fingerprint));
    }

    @Override
    public List<IssuedCertificate> certificates(RotPublicUid device) {
        return session.list(CERTIFICATES_OF_DEVICE, to -> to.uid(device));
    }

    @Override
    public List<IssuedCertificate> currentCertificates(RotPublicUid device) {
        return session.list(CURRENT_CERTIFICATES, to -> to.uid(device));
    }

    @Override
    public List<IssuedCertificate> revokedCertificates(String rootCa) {
        return session.list(REVOKED_CERTIFICATES, to -> to.text(rootCa));
    }

    @Override
    public boolean isAwaited(String rootCa) {
        return session.exists(IS_AWAITED, to -> to.text(rootCa));
    }

    @Override
    public boolean hasUnusedConsent(String rootCa) {
        return session.exists(HAS_UNUSED_CONSENT, to -> to.text(rootCa));
    }

    @Override
    public Optional<Bytes> secret(String name) {
        return session.find(SECRET, to -> to.text(name));
    }

    @Override
    public Lists lists() {
        return new SqlLists(session);
    }

    @Override
    public AuditTransaction audit() {
        return new SqlAudit(session);
    }

    @Override
    public List<BillingEvent> billingEvents() {
        return session.list(BILLING_EVENTS);
    }

    @Override
    public SqlBilling billing() {
        return billing;
    }

    @Override
    public List<Notification> notifications() {
        return session.list(NOTIFICATIONS);
    }

    @Override
    public void save(Domain domain) {
        session.write(SAVE_DOMAIN, domain);
    }

    @Override
    public void save(DeviceProfile profile) {
        session.write(SAVE_PROFILE, profile);
    }

    @Override
    public void addToWhitelist(String profileUid, RotPublicUid device) {
        session.update(ADD_TO_WHITELIST, to -> to.text(profileUid).uid(device));
    }

    @Override
    public void removeFromWhitelist(String profileUid, RotPublicUid device) {
        session.update(REMOVE_FROM_WHITELIST, to -> to.text(profileUid).uid(device));
    }

    @Override
    public void save(RootCa rootCa) {
        forget();
        session.write(SAVE_ROOT_CA, rootCa);
    }

    @Override
    public void deleteRootCa(String id) {
        forget();
        session.update(DELETE_ROOT_CA, to -> to.text(id));
        session.update(DELETE_CRL, to -> to.text(id));
    }

    @Override
    public void save(Crl crl) {
        session.write(SAVE_CRL, crl);
    }

    @Override
    public void save(Consent consent) {
        session.write(SAVE_CONSENT, consent);
    }

    @Override
    public void save(Device device) {
        session.write(SAVE_DEVICE, device);
    }

    @Override
    public void save(Operation operation) {
        session.write(SAVE_OPERATION, operation);
    }

    @Override
    public void save(IssuedCertificate certificate) {
        session.write(SAVE_CERTIFICATE, certificate);
    }

    @Override
    public Bytes keep(String name, Bytes secret) {
        session.update(KEEP_SECRET, to -> to.text(name).blob(secret));
        return secret(name).orElseThrow();
    }

    @Override
    public boolean add(BillingEvent event) {
        return session.write(ADD_BILLING_EVENT, event) == 1;
    }

    @Override
    public long add(Notification notification) {
        return events.add(notification);
    }

    @Override
    public EventTransaction events() {
        return events;
    }

    @Override
    public SqlPlatform platform() {
        return new SqlPlatform(session);
    }

    @Override
    public Optional<Instant> due(String job) {
        return session.find(JOB_BY_NAME, to -> to.text(job)).map(DueJob::due);
    }

    @Override
    public boolean claim(String job, Instant now) {
        session.write(ADD_JOB, new DueJob(job, now));
        return session.update(TAKE_JOB, to -> to.text(job).instant(now)) == 1;
    }

    @Override
    public void save(DueJob job) {
        session.write(SAVE_JOB, job);
    }
}
