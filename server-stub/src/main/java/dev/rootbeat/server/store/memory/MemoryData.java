package dev.rootbeat.server.store.memory;

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
import dev.rootbeat.server.store.Lists.CertificatePlace;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.memory.MemoryLists.Listed;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data itself, and the steps back to where it was before the transaction. */
final class MemoryData implements Transaction {

    record Serial(String issuer, BigInteger number) {}

    private final Deque<Runnable> undo = new ArrayDeque<>();

    private final Table<String, Domain> domains = new Table<>(undo, Domain::id);
    private final Unique<String, Domain> apiKeys = domains.with(new Unique<>("API key", Domain::apiKey));

    private final Table<String, DeviceProfile> profiles = new Table<>(undo, DeviceProfile::uid);
    private final Groups<String, DeviceProfile> profilesOfDomain =
            profiles.with(new Groups<>(DeviceProfile::domain, Comparator.comparing(DeviceProfile::uid)));
    private final Table<Listed, Listed> whitelist = new Table<>(undo, listed -> listed);
    private final Groups<String, Listed> whitelistOfProfile =
            whitelist.with(new Groups<>(Listed::profileUid, Comparator.comparing(Listed::device)));

    private final Table<String, RootCa> rootCas = new Table<>(undo, RootCa::id);
    private final Groups<String, RootCa> rootCasOfDomain = rootCas.with(new Groups<>(RootCa::domain, byAge()));
    private final Table<String, Crl> crls = new Table<>(undo, Crl::rootCa);
    private final Table<String, Consent> consents = new Table<>(undo, Consent::code);
    private final Groups<String, Consent> unusedConsents =
            consents.with(new Groups<>(consent -> consent.used() ? null : consent.rootCa(), byAge()));
    private final Map<String, Bytes> secrets = new HashMap<>();

    private final Table<RotPublicUid, Device> devices = new Table<>(undo, Device::uid);
    private final Groups<String, Device> devicesOfDomain =
            devices.with(new Groups<>(MemoryData::domainOf, Comparator.comparing(Device::uid)));

    private final Table<String, Operation> operations = new Table<>(undo, Operation::id);
    private final Groups<RotPublicUid, Operation> operationsOfDevice =
            operations.with(new Groups<>(Operation::device, byAge()));
    private final Groups<RotPublicUid, Operation> openOperations =
            operations.with(new Groups<>(operation -> operation.state().isOpen() ? operation.device() : null, byAge()));
    private final Groups<String, Operation> awaitedRootCas =
            operations.with(new Groups<>(operation -> operation.state().isOpen() ? operation.issuer() : null, byAge()));

    private final Table<Serial, IssuedCertificate> certificates =
            new Table<>(undo, certificate -> new Serial(certificate.issuer(), certificate.serialNumber()));
    private final Unique<Bytes, IssuedCertificate> fingerprints =
            certificates.with(new Unique<>("fingerprint of a certificate", IssuedCertificate::fingerprint));
    private final Groups<RotPublicUid, IssuedCertificate> certificatesOfDevice =
            certificates.with(new Groups<>(IssuedCertificate::device, byAge()));
    private final Groups<String, IssuedCertificate> revokedCertificates = certificates.with(new Groups<>(
            certificate -> certificate.revocation() == null ? null : certificate.issuer(),
            Comparator.comparing(certificate ->
                    Objects.requireNonNull(certificate.revocation()).at())));
    private final Groups<String, IssuedCertificate> certificatesOfIssuer = certificates.with(
            new Groups<>(IssuedCertificate::issuer, Comparator.comparing(CertificatePlace::of, MemoryLists.BY_END)));

    private final Lists lists = new MemoryLists(
            profilesOfDomain,
            whitelistOfProfile,
            devicesOfDomain,
            certificatesOfIssuer,
            certificatesOfDevice,
            operationsOfDevice);

    private final MemoryBilling billing = new MemoryBilling(undo);
    private final MemoryAudit audit = new MemoryAudit(new Journal<>(undo));

    private final Journal<BillingEvent> billingEvents = new Journal<>(undo);
    private final Journal<Notification> notifications = new Journal<>(undo);
    private final MemoryEvents events = new MemoryEvents(undo, certificates, crls);
    private final MemoryPlatform platform = new MemoryPlatform(undo);
    private final Table<String, DueJob> jobs = new Table<>(undo, DueJob::name);

    void commit() {
        undo.clear();
    }

    void rollBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    MemoryData copy() {
        var copy = new MemoryData();
        copy.domains.copyFrom(domains);
        copy.profiles.copyFrom(profiles);
        copy.whitelist.copyFrom(whitelist);
        copy.rootCas.copyFrom(rootCas);
        copy.crls.copyFrom(crls);
        copy.consents.copyFrom(consents);
        copy.devices.copyFrom(devices);
        copy.operations.copyFrom(operations);
        copy.certificates.copyFrom(certificates);
        audit.journal().list().forEach(copy.audit::add);
        copy.secrets.putAll(secrets);
        copy.billing.copyFrom(billing);
        billingEvents.list().forEach(copy.billingEvents::add);
        notifications.list().forEach(copy.notifications::add);
        copy.events.copyFrom(events);
        copy.platform.copyFrom(platform);
        copy.jobs.copyFrom(jobs);
        copy.commit();
        return copy;
    }

    @Override
    public Optional<Domain> domain(String id) {
        return domains.find(id);
    }

    @Override
    public Optional<Domain> domainOfApiKey(String apiKey) {
        return apiKeys.find(apiKey);
    }

    @Override
    public Optional<DeviceProfile> profile(String uid) {
        return profiles.find(uid);
    }

    @Override
    public boolean isWhitelisted(String profileUid, RotPublicUid device) {
        return whitelist.find(new Listed(profileUid, device)).isPresent();
    }

    @Override
    public Optional<RootCa> rootCa(String id) {
        return rootCas.find(id);
    }

    @Override
    public List<RootCa> rootCas(String domain) {
        return rootCasOfDomain.list(domain);
    }

    @Override
    public Optional<Crl> crl(String rootCa) {
        return crls.find(rootCa);
    }

    @Override
    public Optional<Consent> consent(String code) {
        return consents.find(code);
    }

    @Override
    public Optional<Device> device(RotPublicUid uid) {
        return devices.find(uid);
    }

    @Override
    public List<Device> devices(String domain) {
        return devicesOfDomain.list(domain);
    }

    @Override
    public List<Operation> openOperations(RotPublicUid device) {
        return openOperations.list(device);
    }

    @Override
    public List<Operation> operations(RotPublicUid device) {
        return operationsOfDevice.list(device);
    }

    @Override
    public Optional<IssuedCertificate> certificate(Bytes fingerprint) {
        return fingerprints.find(fingerprint);
    }

    @Override
    public List<IssuedCertificate> certificates(RotPublicUid device) {
        return certificatesOfDevice.list(device);
    }

    @Override
    public List<IssuedCertificate> currentCertificates(RotPublicUid device) {
        return certificates(device).stream()
                .filter(certificate -> certificate.state().isCurrent())
                .toList();
    }

    @Override
    public List<IssuedCertificate> revokedCertificates(String rootCa) {
        return revokedCertificates.list(rootCa);
    }

    @Override
    public boolean isAwaited(String rootCa) {
        return !awaitedRootCas.isEmpty(rootCa);
    }

    @Override
    public boolean hasUnusedConsent(String rootCa) {
        return !unusedConsents.isEmpty(rootCa);
    }

    @Override
    public Optional<Bytes> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Lists lists() {
        return lists;
    }

    @Override
    public AuditTransaction audit() {
        return audit;
    }

    @Override
    public List<BillingEvent> billingEvents() {
        return billingEvents.list();
    }

    @Override
    public MemoryBilling billing() {
        return billing;
    }

    @Override
    public List<Notification> notifications() {
        return notifications.list();
    }

    @Override
    public void save(Domain domain) {
        domains.save(domain);
    }

    @Override
    public void save(DeviceProfile profile) {
        profiles.save(profile);
    }

    @Override
    public void addToWhitelist(String profileUid, RotPublicUid device) {
        whitelist.save(new Listed(profileUid, device));
    }

    @Override
    public void removeFromWhitelist(String profileUid, RotPublicUid device) {
        whitelist.remove(new Listed(profileUid, device));
    }

    @Override
    public void save(RootCa rootCa) {
        rootCas.save(rootCa);
    }

    @Override
    public void deleteRootCa(String id) {
        rootCas.remove(id);
        crls.remove(id);
    }

    @Override
    public void save(Crl crl) {
        crls.save(crl);
    }

    @Override
    public void save(Consent consent) {
        consents.save(consent);
    }

    @Override
    public void save(Device device) {
        devices.save(device);
    }

    @Override
    public void save(Operation operation) {
        operations.save(operation);
    }

    @Override
    public void save(IssuedCertificate certificate) {
        certificates.save(certificate);
    }

    @Override
    public Bytes keep(String name, Bytes secret) {
        Bytes kept = secrets.putIfAbsent(name, secret);
        if (kept == null) {
            undo.push(() -> secrets.remove(name));
        }
        return kept == null ? secret : kept;
    }

    @Override
    public boolean add(BillingEvent event) {
        if (!billing.owe(event)) {
            return false;
        }
        billingEvents.add(event);
        return true;
    }

    @Override
    public long add(Notification notification) {
        notifications.add(notification);
        return events.number(notification);
    }

    @Override
    public EventTransaction events() {
        return events;
    }

    @Override
    public MemoryPlatform platform() {
        return platform;
    }

    @Override
    public Optional<Instant> due(String job) {
        return jobs.find(job).map(DueJob::due);
    }

    @Override
    public boolean claim(String job, Instant now) {
        return due(job).filter(now::isBefore).isEmpty();
    }

    @Override
    public void save(DueJob job) {
        jobs.save(job);
    }

    private static @Nullable String domainOf(Device device) {
        return device.claim() == null ? null : device.claim().domain();
    }

    static <V> Comparator<V> byAge() {
        return (_, _) -> 0;
    }
}
