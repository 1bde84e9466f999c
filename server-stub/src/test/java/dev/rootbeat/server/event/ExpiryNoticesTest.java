package dev.rootbeat.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.ca.RevocationLists;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.VirtualTime;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What ends while nobody looks: the jobs on certificates and revocation lists, in virtual time. */
class ExpiryNoticesTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration LIFE = Duration.ofDays(30);
    private static final Duration LEAD = Duration.ofDays(7);
    private static final Duration LOOK = Duration.ofMinutes(10);

    private final VirtualTime time = new VirtualTime(START);
    private final MemoryStore store = new MemoryStore();
    private final DeterministicP256 p256 = new DeterministicP256(new SplittableRandom(1));
    private final CertificateAuthority authority =
            new CertificateAuthority(p256, new SplittableRandom(2), "http://ca.example");
    private final KeyPair pair = p256.generateKeyPair();
    private final RootCa rootCa = authority.create("root", "home", "Root", Duration.ofDays(3650), LIFE, null, START);

    ExpiryNoticesTest() {
        write(tx -> {
            tx.save(rootCa);
            RevocationLists.renew(tx, authority, "root", START);
        });
    }

    @Test
    void a_certificate_in_use_is_told_as_expiring_a_lead_before_its_end_and_as_expired_each_once() {
        use(1);
        start();
        time.runFor(LIFE.minus(LEAD).minus(ExpiryNotices.PERIOD));
        assertThat(told()).isEmpty();
        time.runFor(ExpiryNotices.PERIOD.multipliedBy(2));
        assertThat(told()).containsExactly("CERTIFICATE_EXPIRING 1");
        time.runFor(LIFE);
        assertThat(told()).containsExactly("CERTIFICATE_EXPIRING 1", "CERTIFICATE_EXPIRED 1");
    }

    @Test
    void a_certificate_that_was_replaced_in_time_is_not_told_and_its_successor_is() {
        IssuedCertificate first = use(1);
        start();
        time.runFor(LIFE.minus(LEAD).minus(Duration.ofDays(1)));
        write(tx -> tx.save(first.to(IssuedCertificate.State.REPLACED)));
        use(1);
        time.runFor(LEAD.plusDays(2));
        assertThat(told()).isEmpty();
        time.runFor(LIFE);
        assertThat(told()).containsExactly("CERTIFICATE_EXPIRING 1", "CERTIFICATE_EXPIRED 1");
    }

    @Test
    void what_was_missed_while_the_server_was_down_is_told_when_it_starts_and_not_again_after_a_restart() {
        use(1);
        start().shutdownNow();
        time.runFor(LIFE.plusDays(1));
        ScheduledExecutorService second = start();
        time.runFor(LOOK);
        assertThat(told()).containsExactly("CERTIFICATE_EXPIRED 1");
        second.shutdownNow();
        start();
        time.runFor(LIFE);
        assertThat(told()).hasSize(1);
    }

    @Test
    void more_than_a_batch_is_told_in_several_transactions_at_once() {
        int devices = 2 * ExpiryNotices.BATCH + 1;
        for (int device = 1; device <= devices; device++) {
            use(device);
        }
        time.runFor(LIFE);
        start();
        time.runFor(Duration.ofNanos(1));
        assertThat(told()).hasSize(devices).allMatch(line -> line.startsWith("CERTIFICATE_EXPIRED"));
    }

    @Test
    void the_domain_that_owns_the_device_is_told() {
        use(1);
        write(tx -> {
            Device device = tx.device(new RotPublicUid(1)).orElseThrow();
            var away = new Device.Claim("away", "profile", "1");
            tx.save(device.claimed(away, device.standing(), device.plan()));
        });
        time.runFor(LIFE);
        start();
        time.runFor(LOOK);
        assertThat(store.<List<Notification>>read(View::notifications))
                .singleElement()
                .extracting(Notification::domain)
                .isEqualTo("away");
    }

    @Test
    void a_revocation_list_always_lasts_for_some_hours_and_its_number_grows() {
        start();
        Set<Long> numbers = new HashSet<>();
        for (int hour = 0; hour < 24 * 7; hour++) {
            time.runFor(Duration.ofHours(1));
            Crl crl = store.read(view -> view.crl("root").orElseThrow());
            numbers.add(crl.number());
            assertThat(crl.nextUpdate())
                    .isAfter(time.instant()
                            .plus(FreshRevocationLists.LEAD)
                            .minus(Duration.ofHours(1))
                            .minus(LOOK));
        }
        assertThat(numbers).hasSizeBetween(8, 11);
    }

    private ScheduledExecutorService start() {
        ScheduledExecutorService executor = time.executor("server");
        new Jobs(store, time, executor, LOOK, List.of(new ExpiryNotices(LEAD), new FreshRevocationLists(authority)))
                .start();
        return executor;
    }

    /** Has a device use a certificate that is signed now. */
    private IssuedCertificate use(int device) {
        var uid = new RotPublicUid(device);
        IssuedCertificate certificate = authority
                .issue(rootCa, uid, Bytes.of(pair.getPublic().getEncoded()), time.instant(), List.of(), null)
                .to(IssuedCertificate.State.EFFECTIVE);
        write(tx -> {
            tx.save(Device.unknown(uid)
                    .claimed(new Device.Claim("home", "profile", "1"), Device.Standing.ACTIVATED, Plan.COMMERCIAL));
            tx.save(certificate);
        });
        return certificate;
    }

    private List<String> told() {
        return store.<List<Notification>>read(View::notifications).stream()
                .map(told -> told.kind() + " " + Long.parseLong(String.valueOf(told.device()), 16))
                .toList();
    }

    private void write(Consumer<Transaction> work) {
        store.write(tx -> {
                    work.accept(tx);
                    return true;
                })
                .join();
    }
}
