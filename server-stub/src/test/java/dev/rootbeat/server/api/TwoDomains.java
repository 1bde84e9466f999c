package dev.rootbeat.server.api;

import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.Clocks;
import dev.rootbeat.server.DeviceConfig;
import dev.rootbeat.server.Ports;
import dev.rootbeat.server.ServerConfig;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.model.Webhook;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** A server with two domains, each with a Root CA, a device with a certificate, and a device that is blacklisted. */
final class TwoDomains {

    static final Instant START = Instant.parse("2027-03-14T15:09:26Z");
    /** When the plans of all activated devices began: since then, two invoices have come due. */
    private static final Instant PLANNED = Instant.parse("2026-12-05T10:00:00Z");

    static final String KEY = "home-key";
    static final String OTHER_KEY = "other-key";
    static final String SECRET = "secret";
    /** A webhook of the home domain with two dead letters. */
    static final String WEBHOOK = "home-webhook";

    static final String ROOT_CA = "home-ca";
    static final String OTHER_ROOT_CA = "other-ca";

    /** The devices of the home domain: with a certificate, and blacklisted. */
    static final RotPublicUid DEVICE = RotPublicUid.parse("00000000000000a1");

    static final RotPublicUid BLACKLISTED = RotPublicUid.parse("00000000000000a2");
    /** The same in the other domain. */
    static final RotPublicUid FOREIGN = RotPublicUid.parse("00000000000000b1");

    /** A third device of the home domain, frozen, with a certificate that was revoked. */
    static final RotPublicUid FROZEN = RotPublicUid.parse("00000000000000a3");

    private static final RotPublicUid FOREIGN_FROZEN = RotPublicUid.parse("00000000000000b3");
    private static final RotPublicUid FOREIGN_BLACKLISTED = RotPublicUid.parse("00000000000000b2");

    private final P256 p256 = FastP256.ofThisMachine();
    private final CertificateAuthority authority = new CertificateAuthority(p256, new Random(1), "http://ca.example");

    private TwoDomains() {}

    /** The clock of a test often stands still, and then no rate recovers. */
    static final RestLimits LIMITS = RestLimits.DEFAULT.withCallsPerSecond(1_000_000);

    static CertificateManagerServer start(Path folder, InstantSource clock) throws IOException {
        return start(folder, clock, LIMITS);
    }

    static CertificateManagerServer start(Path folder, InstantSource clock, RestLimits limits) throws IOException {
        fill(folder);
        return restart(folder, clock, limits, SECRET);
    }

    /** Makes the data, without a server. */
    static void fill(Path folder) {
        String url = "jdbc:sqlite:" + folder.resolve("server.db");
        try (Store store = Stores.open(url)) {
            store.write(tx -> {
                        new TwoDomains().fill(tx);
                        return true;
                    })
                    .join();
        }
    }

    /** Starts a server on the data of one that was closed, perhaps with another API secret of the home domain. */
    static CertificateManagerServer restart(Path folder, InstantSource clock, RestLimits limits, String secret)
            throws IOException {
        return CertificateManagerServer.start(ServerConfig.usual(
                "jdbc:sqlite:" + folder.resolve("server.db"),
                Ports.FREE_WITH_PLATFORM,
                RestConfig.plain(KEY, secret, limits),
                new DeviceConfig(HeartbeatPolicy.DEFAULT, 1000, KeyHierarchy.TEST_MASTER),
                new Clocks(clock, clock)));
    }

    private void fill(Transaction tx) {
        var webhook = new Webhook(
                WEBHOOK, "home", "http://127.0.0.1:9/", "secret", List.of(Notification.Kind.ROOT_CA_EXPIRING));
        tx.events().save(webhook);
        for (int number : new int[] {1, 2}) {
            var told = new Notification("home", DEVICE, Notification.Kind.CERTIFICATE_ISSUED, "1", START);
            var delivery = new Delivery(WEBHOOK, new Event(number, told), 10);
            tx.events().save(new DeadLetter(delivery, "it answered 500", START));
        }
        fill(tx, "home", KEY, ROOT_CA, DEVICE, BLACKLISTED, FROZEN);
        fill(tx, "other", OTHER_KEY, OTHER_ROOT_CA, FOREIGN, FOREIGN_BLACKLISTED, FOREIGN_FROZEN);
    }

    private void fill(
            Transaction tx,
            String domain,
            String key,
            String rootCaId,
            RotPublicUid device,
            RotPublicUid blacklisted,
            RotPublicUid frozen) {
        tx.save(new Domain(
                domain,
                domain,
                key,
                Bytes.of(SECRET.getBytes(StandardCharsets.UTF_8)).sha256()));
        RootCa rootCa =
                authority.create(rootCaId, domain, domain, Duration.ofDays(3650), Duration.ofDays(90), null, START);
        tx.save(rootCa);
        Bytes publicKey = Bytes.of(p256.generateKeyPair().getPublic().getEncoded());
        IssuedCertificate inUse = authority
                .issue(rootCa, device, publicKey, START, List.of(), null)
                .to(IssuedCertificate.State.EFFECTIVE);
        tx.save(inUse);
        tx.platform().save(Registration.of(inUse, domain, START).activated(START));
        var claim = new Device.Claim(domain, "profile", "1");
        Device sealed = sealed(device, claim);
        tx.save(sealed.with(sealed.managed().wanting(rootCaId).provisionedNow()));
        IssuedCertificate revoked = authority
                .issue(rootCa, frozen, publicKey, START, List.of(), null)
                .to(IssuedCertificate.State.REPLACED)
                .revoked(new Revocation(START, Revocation.Reason.KEY_COMPROMISE));
        tx.save(revoked);
        tx.platform().save(Registration.of(revoked, domain, START));
        tx.save(sealed(frozen, claim)
                .after(new Device.Exchange(new Counter(1, 1), publicKey.sha256(), START, Bytes.EMPTY, 0), 0)
                .frozen("the counter went back"));
        for (RotPublicUid planned : List.of(device, frozen)) {
            tx.billing().change(new PlanChange(planned, PLANNED, domain, Plan.COMMERCIAL));
        }
        var _ = tx.add(new BillingEvent(domain, device, Operation.Kind.RENEW, rootCaId, BigInteger.ONE, START));
        tx.save(Device.unknown(blacklisted).claimed(claim, Device.Standing.BLACKLISTED, Plan.COMMERCIAL));
    }

    private static Device sealed(RotPublicUid uid, Device.Claim claim) {
        return Device.unknown(uid)
                .reporting("SARA-R510M8S-01B-00", "03.15")
                .claimed(claim, Device.Standing.ACTIVATED, Plan.COMMERCIAL);
    }
}
