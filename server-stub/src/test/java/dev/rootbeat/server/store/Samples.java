package dev.rootbeat.server.store;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.AuditRecord;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Values to store, with every field set; one number makes one value. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-24T12:34:56.123456789Z");

    private Samples() {}

    static RotPublicUid uid(long number) {
        return new RotPublicUid(number);
    }

    /** Octets that depend on the number only. */
    static Bytes bytes(long number, int size) {
        var octets = new byte[size];
        new Random(number).nextBytes(octets);
        return Bytes.of(octets);
    }

    static Bytes digest(String of) {
        return Bytes.of(of.getBytes(StandardCharsets.UTF_8)).sha256();
    }

    static Domain domain(String id) {
        return new Domain(id, "Domain " + id, "key of " + id, digest("secret of " + id));
    }

    static DeviceProfile profile(String uid, String domain) {
        return new DeviceProfile(uid, domain, "Profile " + uid, "root", true, Plan.COMMERCIAL);
    }

    static RootCa rootCa(String id, String domain) {
        return new RootCa(
                id,
                domain,
                "Root CA " + id,
                Duration.ofDays(90),
                Duration.ofDays(30).plusNanos(1),
                RootCa.State.ACTIVE,
                bytes(1, 500),
                bytes(2, 138),
                NOW.plus(Duration.ofDays(3650)),
                false,
                new PlatformSettings(List.of("rootbeat", "other"), true));
    }

    static Device device(long uid, String domain) {
        var slot = new ManagedSlot(
                "root",
                true,
                new SlotReport(
                        0, digest("active"), new CertificateRef(digest("certificate"), serial(uid)), digest("pending")),
                new ManagedSlot.Order(
                        Long.MAX_VALUE, ManagedSlot.Order.Kind.SET_CERTIFICATE, digest("certificate"), true),
                bytes(uid, 91));
        return new Device(
                uid(uid),
                "SARA-R510S-01B-00",
                "03.15,A00.01",
                new Device.Claim(domain, "profile", "serial " + uid),
                Device.Standing.ACTIVATED,
                Plan.COMMERCIAL,
                "clone suspected",
                new Device.Exchange(new Counter(7, Long.MAX_VALUE), digest("body"), NOW, bytes(uid, 700), 2),
                3,
                slot);
    }

    static Operation operation(String id, long device, Operation.State state) {
        var asked = new Operation.Change(Operation.State.ACCEPTED, NOW, null);
        var operation = new Operation(id, uid(device), "domain", Operation.Kind.TRANSFER, "root", List.of(asked), 2);
        return operation.to(state, NOW.plusNanos(1), "because \"of\" this\n\u0000\\");
    }

    static BigInteger serial(long number) {
        return BigInteger.ONE.shiftLeft(127).add(BigInteger.valueOf(number));
    }

    static IssuedCertificate certificate(String issuer, long serial, long device) {
        var der = bytes(serial, 600);
        return new IssuedCertificate(
                issuer,
                serial(serial),
                uid(device),
                der,
                digest(issuer + serial),
                bytes(device, 91),
                NOW.minusSeconds(3600),
                NOW.plusSeconds(86_400),
                IssuedCertificate.State.EFFECTIVE,
                List.of("one", "two, \"quoted\""),
                Operation.Kind.UPDATE,
                null);
    }

    static IssuedCertificate revoked(String issuer, long serial, Instant at) {
        return certificate(issuer, serial, 1).revoked(new Revocation(at, Revocation.Reason.PRIVILEGE_WITHDRAWN));
    }

    /** A registration that has logged in. */
    static Registration registration(long serial, long device, String domain) {
        return Registration.of(certificate("root", serial, device), domain, NOW).activated(NOW.plusNanos(1));
    }

    static BillingEvent billing(String issuer, long serial) {
        return new BillingEvent("domain", uid(serial), Operation.Kind.RENEW, issuer, serial(serial), NOW);
    }

    static Notification notification(long device) {
        return new Notification("domain", uid(device), Notification.Kind.CERTIFICATE_RENEWED, "subject", NOW);
    }

    static AuditRecord audit(String domain, int number) {
        return new AuditRecord(domain, "key", NOW, "/v1/call", "OUTCOME", "request " + number, "127.0.0.1");
    }

    /** Puts one of everything into a store. */
    static boolean fill(Transaction tx) {
        tx.save(domain("a"));
        tx.audit().add(audit("a", 1));
        tx.keep("secret", bytes(1, 32));
        tx.save(profile("p", "a"));
        tx.addToWhitelist("p", uid(1));
        tx.save(rootCa("root", "a"));
        tx.save(new Crl("root", 1, NOW, bytes(1, 10)));
        tx.save(new Consent("code", "root", false));
        tx.save(device(1, "a"));
        tx.save(operation("o", 1, Operation.State.ORDERED));
        tx.save(revoked("root", 1, NOW));
        tx.add(notification(1));
        tx.platform().save(registration(1, 1, "a"));
        tx.save(new DueJob("job", NOW));
        return tx.add(billing("root", 1));
    }

    /** All that can be seen of what {@link #fill} put there. */
    static List<Object> picture(Store store) {
        return store.read(view -> List.of(
                view.domain("a"),
                view.domainOfApiKey("key of a"),
                view.profile("p"),
                view.isWhitelisted("p", uid(1)),
                view.rootCa("root"),
                view.rootCas("a"),
                view.crl("root"),
                view.consent("code"),
                view.device(uid(1)),
                view.devices("a"),
                view.openOperations(uid(1)),
                view.operations(uid(1)),
                view.certificate(digest("root1")),
                view.certificates(uid(1)),
                view.revokedCertificates("root"),
                view.billingEvents(),
                view.notifications(),
                view.audit().list("a", null, 10),
                view.secret("secret"),
                view.due("job"),
                view.platform().registrations("a", null, null, null, 10)));
    }
}
