package dev.rootbeat.server.store;

import static dev.rootbeat.server.store.Samples.NOW;
import static dev.rootbeat.server.store.Samples.billing;
import static dev.rootbeat.server.store.Samples.bytes;
import static dev.rootbeat.server.store.Samples.certificate;
import static dev.rootbeat.server.store.Samples.device;
import static dev.rootbeat.server.store.Samples.domain;
import static dev.rootbeat.server.store.Samples.notification;
import static dev.rootbeat.server.store.Samples.operation;
import static dev.rootbeat.server.store.Samples.profile;
import static dev.rootbeat.server.store.Samples.revoked;
import static dev.rootbeat.server.store.Samples.rootCa;
import static dev.rootbeat.server.store.Samples.uid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class StoreContractTest {

    private final StoreKind kind;
    private @TempDir Path folder;
    private Store store;

    StoreContractTest(StoreKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        store = kind.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void an_empty_store_finds_nothing() {
        assertThat(list(view -> List.of(
                        view.domain("a"),
                        view.domainOfApiKey("a"),
                        view.profile("a"),
                        view.rootCa("a"),
                        view.crl("a"),
                        view.consent("a"),
                        view.device(uid(1)),
                        view.certificate(bytes(1, 32)))))
                .allSatisfy(found -> assertThat(found).isEqualTo(Optional.empty()));
        assertThat(list(view -> List.of(
                        view.rootCas("a"),
                        view.devices("a"),
                        view.openOperations(uid(1)),
                        view.operations(uid(1)),
                        view.certificates(uid(1)),
                        view.revokedCertificates("a"),
                        view.billingEvents(),
                        view.notifications())))
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(whitelisted("a", uid(1))).isFalse();
    }

    @Test
    void a_domain_is_found_by_id_and_by_api_key() {
        save(tx -> tx.save(domain("a")));
        save(tx -> tx.save(domain("b")));
        assertThat(find(view -> view.domain("a"))).contains(domain("a"));
        assertThat(find(view -> view.domainOfApiKey("key of b"))).contains(domain("b"));
    }

    @Test
    void a_saved_value_replaces_the_one_of_the_same_key() {
        save(tx -> tx.save(domain("a")));
        var renamed = new Domain("a", "other", "other key", bytes(1, 32));
        save(tx -> tx.save(renamed));
        assertThat(find(view -> view.domain("a"))).contains(renamed);
        assertThat(find(view -> view.domainOfApiKey("other key"))).contains(renamed);
        assertThat(find(view -> view.domainOfApiKey("key of a"))).isEmpty();
    }

    @Test
    void an_api_key_belongs_to_one_domain() {
        save(tx -> tx.save(domain("a")));
        var thief = new Domain("b", "thief", "key of a", bytes(1, 32));
        assertThat(failure(tx -> tx.save(thief))).isInstanceOf(StoreException.class);
        assertThat(find(view -> view.domain("b"))).isEmpty();
        assertThat(find(view -> view.domainOfApiKey("key of a"))).contains(domain("a"));
    }

    @Test
    void a_profile_comes_back_as_it_was_with_and_without_root_ca() {
        var bare = new DeviceProfile("p2", "b", "", null, false, Plan.NONE);
        save(tx -> {
            tx.save(profile("p1", "a"));
            tx.save(bare);
        });
        assertThat(find(view -> view.profile("p1"))).contains(profile("p1", "a"));
        assertThat(find(view -> view.profile("p2"))).contains(bare);
    }

    @Test
    void a_whitelist_holds_devices_per_profile() {
        save(tx -> tx.addToWhitelist("p1", uid(1)));
        save(tx -> tx.addToWhitelist("p1", uid(1)));
        assertThat(whitelisted("p1", uid(1))).isTrue();
        assertThat(whitelisted("p1", uid(2))).isFalse();
        assertThat(whitelisted("p2", uid(1))).isFalse();
        save(tx -> {
            tx.removeFromWhitelist("p1", uid(1));
            tx.removeFromWhitelist("p1", uid(2));
        });
        assertThat(whitelisted("p1", uid(1))).isFalse();
    }

    @Test
    void root_cas_of_a_domain_are_listed_oldest_first_even_after_a_change() {
        save(tx -> List.of("z", "a", "m").forEach(id -> tx.save(rootCa(id, "one"))));
        save(tx -> tx.save(rootCa("other", "two")));
        var changed = rootCa("z", "one").withSettings(Duration.ofDays(1), null, RootCa.State.COMPROMISED);
        save(tx -> tx.save(changed));
        assertThat(list(view -> view.rootCas("one"))).containsExactly(changed, rootCa("a", "one"), rootCa("m", "one"));
        assertThat(find(view -> view.rootCa("other"))).contains(rootCa("other", "two"));
    }

    @Test
    void a_root_ca_has_one_present_crl() {
        save(tx -> tx.save(new Crl("root", 1, NOW, bytes(1, 300))));
        var next = new Crl("root", Long.MAX_VALUE, NOW.plusNanos(1), bytes(2, 301));
        save(tx -> tx.save(next));
        assertThat(find(view -> view.crl("root"))).contains(next);
    }

    @Test
    void a_consent_can_be_used_up() {
        save(tx -> tx.save(new Consent("code", "root", false)));
        assertThat(find(view -> view.consent("code"))).contains(new Consent("code", "root", false));
        save(tx -> tx.save(new Consent("code", "root", true)));
        assertThat(find(view -> view.consent("code"))).contains(new Consent("code", "root", true));
    }

    @Test
    void a_device_comes_back_as_it_was_full_and_bare() {
        save(tx -> {
            tx.save(device(1, "domain"));
            tx.save(Device.unknown(uid(2)));
        });
        assertThat(find(view -> view.device(uid(1)))).contains(device(1, "domain"));
        assertThat(find(view -> view.device(uid(2)))).contains(Device.unknown(uid(2)));
        save(tx -> {
            tx.save(Device.unknown(uid(1)));
            tx.save(device(2, "domain"));
        });
        assertThat(find(view -> view.device(uid(1)))).contains(Device.unknown(uid(1)));
        assertThat(find(view -> view.device(uid(2)))).contains(device(2, "domain"));
    }

    @Test
    void devices_of_a_domain_are_listed_by_ascending_unsigned_identity() {
        save(tx -> LongStream.of(-1, 0x7fff_ffff_ffff_ffffL, 2, Long.MIN_VALUE, 1)
                .forEach(uid -> tx.save(device(uid, "one"))));
        save(tx -> tx.save(device(3, "two")));
        save(tx -> tx.save(Device.unknown(uid(4))));
        assertThat(uids("one")).containsExactly(uid(1), uid(2), uid(Long.MAX_VALUE), uid(Long.MIN_VALUE), uid(-1));
        save(tx -> tx.save(device(2, "two")));
        assertThat(uids("one")).doesNotContain(uid(2));
        assertThat(uids("two")).containsExactly(uid(2), uid(3));
    }

    @Test
    void operations_of_a_device_are_listed_oldest_first_and_the_open_ones_apart() {
        save(tx -> {
            tx.save(operation("z", 1, Operation.State.ORDERED));
            tx.save(operation("m", 1, Operation.State.EFFECTIVE));
            tx.save(operation("a", 1, Operation.State.ACCEPTED));
            tx.save(operation("other", 2, Operation.State.DELIVERED));
        });
        assertThat(list(view -> view.operations(uid(1))))
                .containsExactly(
                        operation("z", 1, Operation.State.ORDERED),
                        operation("m", 1, Operation.State.EFFECTIVE),
                        operation("a", 1, Operation.State.ACCEPTED));
        assertThat(openIds(1)).containsExactly("z", "a");

        save(tx -> tx.save(operation("z", 1, Operation.State.CANCELLED)));
        save(tx -> tx.save(operation("m", 1, Operation.State.DELIVERED)));
        assertThat(openIds(1)).containsExactly("m", "a");
        assertThat(list(view -> view.operations(uid(1))))
                .extracting(Operation::id)
                .containsExactly("z", "m", "a");
    }

    @Test
    void certificates_are_found_by_fingerprint_and_by_device_oldest_first() {
        var bare = new IssuedCertificate(
                "b",
                BigInteger.ONE,
                uid(1),
                bytes(9, 1),
                bytes(9, 32),
                bytes(9, 2),
                NOW,
                NOW,
                IssuedCertificate.State.ISSUED,
                List.of(),
                null,
                null);
        save(tx -> {
            tx.save(certificate("z", 5, 1));
            tx.save(bare);
            tx.save(certificate("z", 4, 1));
            tx.save(certificate("z", 3, 2));
        });
        var replaced = certificate("z", 5, 1).to(IssuedCertificate.State.REPLACED);
        save(tx -> tx.save(replaced));
        assertThat(list(view -> view.certificates(uid(1)))).containsExactly(replaced, bare, certificate("z", 4, 1));
        assertThat(list(view -> view.currentCertificates(uid(1)))).containsExactly(bare, certificate("z", 4, 1));
        assertThat(find(view -> view.certificate(bare.fingerprint()))).contains(bare);
    }

    @Test
    void a_serial_number_may_recur_under_another_issuer_and_a_fingerprint_may_not() {
        save(tx -> {
            tx.save(certificate("a", 1, 1));
            tx.save(certificate("b", 1, 1));
        });
        assertThat(list(view -> view.certificates(uid(1)))).hasSize(2);
        var original = certificate("a", 1, 1);
        var forged = new IssuedCertificate(
                "c",
                original.serialNumber(),
                uid(2),
                original.certificate(),
                original.fingerprint(),
                original.publicKey(),
                NOW,
                NOW,
                IssuedCertificate.State.ISSUED,
                List.of(),
                null,
                null);
        assertThat(failure(tx -> tx.save(forged))).isInstanceOf(StoreException.class);
        assertThat(list(view -> view.certificates(uid(2)))).isEmpty();
    }

    @Test
    void revoked_certificates_are_listed_by_instant_of_revocation_and_age() {
        save(tx -> {
            tx.save(revoked("root", 1, NOW.plusNanos(2)));
            tx.save(certificate("root", 2, 1));
            tx.save(revoked("root", 3, NOW.plusNanos(1)));
            tx.save(revoked("root", 4, NOW.plusNanos(2)));
            tx.save(revoked("other", 5, NOW));
        });
        save(tx -> tx.save(revoked("root", 2, NOW.plusNanos(2))));
        assertThat(list(view -> view.revokedCertificates("root")))
                .containsExactly(
                        revoked("root", 3, NOW.plusNanos(1)),
                        revoked("root", 1, NOW.plusNanos(2)),
                        revoked("root", 2, NOW.plusNanos(2)),
                        revoked("root", 4, NOW.plusNanos(2)));
        assertThat(list(view -> view.revokedCertificates("other")))
                .extracting(IssuedCertificate::revocation)
                .containsExactly(new Revocation(NOW, Revocation.Reason.PRIVILEGE_WITHDRAWN));
    }

    @Test
    void a_certificate_is_billed_once() {
        assertThat(bill("a", 2)).isTrue();
        assertThat(bill("a", 1)).isTrue();
        assertThat(bill("b", 1)).isTrue();
        assertThat(bill("a", 1)).isFalse();
        assertThat(list(View::billingEvents)).containsExactly(billing("a", 2), billing("a", 1), billing("b", 1));
    }

    @Test
    void notifications_are_kept_in_order_equal_ones_too() {
        var bare = new Notification(null, null, Notification.Kind.ROOT_CA_EXPIRING, null, NOW);
        save(tx -> tx.add(notification(2)));
        save(tx -> {
            tx.add(bare);
            tx.add(notification(2));
            tx.add(notification(-1));
        });
        assertThat(list(View::notifications)).containsExactly(notification(2), bare, notification(2), notification(-1));
    }

    @Test
    void a_job_is_claimed_when_it_is_new_or_due() {
        assertThat(claim("new", NOW)).isTrue();
        save(tx -> tx.save(new DueJob("job", NOW)));
        save(tx -> tx.save(new DueJob("other", NOW.minusNanos(1))));
        assertThat(claim("job", NOW.minusNanos(1))).isFalse();
        assertThat(claim("job", NOW)).isTrue();
        save(tx -> tx.save(new DueJob("job", NOW.plusNanos(1))));
        assertThat(claim("job", NOW)).isFalse();
        assertThat(find(view -> view.due("job"))).contains(NOW.plusNanos(1));
        assertThat(find(view -> view.due("other"))).contains(NOW.minusNanos(1));
        assertThat(find(view -> view.due("unknown"))).isEmpty();
    }

    @Test
    void work_that_throws_leaves_nothing_behind() {
        List<Object> empty = Samples.picture(store);
        assertThat(failure(tx -> {
                    Samples.fill(tx);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(Samples.picture(store)).isEqualTo(empty);

        save(Samples::fill);
        List<Object> full = Samples.picture(store);
        assertThat(full).isNotEqualTo(empty);
        assertThat(failure(tx -> {
                    tx.save(new Domain("a", "x", "x", bytes(1, 32)));
                    tx.save(new DeviceProfile("p", "x", "x", null, false, Plan.NONE));
                    tx.removeFromWhitelist("p", uid(1));
                    tx.save(rootCa("root", "x"));
                    tx.save(new Crl("root", 2, NOW, bytes(1, 10)));
                    tx.save(new Consent("code", "root", true));
                    tx.save(Device.unknown(uid(1)));
                    tx.save(operation("o", 1, Operation.State.EFFECTIVE));
                    tx.save(certificate("root", 1, 2));
                    tx.add(billing("root", 2));
                    tx.add(notification(2));
                    throw new AssertionError("errors too");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(Samples.picture(store)).isEqualTo(full);
    }

    @Test
    void a_transaction_sees_its_own_changes() {
        List<Object> seen = write(tx -> {
            tx.save(device(1, "a"));
            tx.save(device(1, "b"));
            tx.save(operation("o", 1, Operation.State.ACCEPTED));
            tx.save(operation("o", 1, Operation.State.ORDERED));
            tx.save(certificate("root", 1, 1));
            tx.add(billing("root", 1));
            return List.of(
                    tx.devices("a"),
                    tx.devices("b"),
                    tx.openOperations(uid(1)),
                    tx.certificates(uid(1)),
                    tx.add(billing("root", 1)),
                    tx.billingEvents());
        });
        assertThat(seen)
                .containsExactly(
                        List.of(),
                        List.of(device(1, "b")),
                        List.of(operation("o", 1, Operation.State.ORDERED)),
                        List.of(certificate("root", 1, 1)),
                        false,
                        List.of(billing("root", 1)));
    }

    @Test
    void big_values_and_all_of_unicode_come_back() {
        var odd = "naïve ☃ 𝄞 \u0000 '; DROP TABLE device; -- \r\n\t\"\\ \uffff";
        var big = new Domain(odd, "x".repeat(100_000) + odd, odd, bytes(1, 1_000_000));
        save(tx -> tx.save(big));
        assertThat(find(view -> view.domain(odd))).contains(big);
        assertThat(find(view -> view.domainOfApiKey(odd))).contains(big);
        save(tx -> tx.save(new DeviceProfile("", "", "", "", true, Plan.DEVELOPER)));
        assertThat(find(view -> view.profile(""))).contains(new DeviceProfile("", "", "", "", true, Plan.DEVELOPER));
    }

    @Test
    void keys_are_exact() {
        save(tx -> {
            tx.save(profile("Abc", "a"));
            tx.save(profile("abc ", "b"));
        });
        assertThat(find(view -> view.profile("abc"))).isEmpty();
        assertThat(find(view -> view.profile("Abc"))).contains(profile("Abc", "a"));
    }

    @Test
    void instants_keep_their_nanoseconds_in_a_wide_range() {
        for (var at : List.of(
                "1678-01-01T00:00:00.000000001Z", "1969-12-31T23:59:59.999999999Z", "2261-12-31T23:59:59.999999999Z")) {
            var crl = new Crl("root", 1, Instant.parse(at), bytes(1, 10));
            save(tx -> tx.save(crl));
            assertThat(find(view -> view.crl("root"))).contains(crl);
        }
    }

    @Test
    void a_list_does_not_change_afterwards() {
        save(tx -> tx.add(notification(1)));
        List<Notification> before = list(View::notifications);
        save(tx -> IntStream.range(0, 100).forEach(i -> tx.add(notification(i))));
        assertThat(before).containsExactly(notification(1));
        assertThatThrownBy(() -> before.add(notification(2))).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_store_refuses_calls_from_within_a_write_and_takes_them_afterwards() {
        for (Consumer<Transaction> nested : List.<Consumer<Transaction>>of(
                tx -> store.write(inner -> inner.add(billing("a", 1))).join(), tx -> store.read(View::billingEvents))) {
            assertThat(failure(nested)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(store.write(tx -> tx.add(billing("a", 1)))
                        .thenCompose(added -> store.write(tx -> added && !tx.add(billing("a", 1))))
                        .join())
                .isTrue();
    }

    @Test
    void what_a_query_throws_reaches_the_caller() {
        assertThatThrownBy(() -> store.read(view -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(list(View::notifications)).isEmpty();
    }

    @Test
    void writes_of_many_threads_are_serial_and_none_is_lost() throws Exception {
        int threads = 8;
        int each = 200;
        var futures = new ArrayList<CompletableFuture<Integer>>();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var submitted = IntStream.range(0, threads)
                    .mapToObj(thread -> executor.submit(() -> IntStream.range(0, each)
                            .mapToObj(i -> store.write(tx -> bump(tx, (thread + i) % 7 == 0)))
                            .toList()))
                    .toList();
            for (var list : submitted) {
                futures.addAll(list.get(30, TimeUnit.SECONDS));
            }
        }
        var seen = new ArrayList<Integer>();
        int failed = 0;
        for (var future : futures) {
            try {
                seen.add(future.get(30, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
                failed++;
            }
        }
        assertThat(failed).isPositive();
        assertThat(seen).doesNotHaveDuplicates().hasSize(threads * each - failed);
        assertThat(find(view -> view.device(uid(1))).orElseThrow().attempts()).isEqualTo(threads * each - failed);
        assertThat(seen.stream().mapToInt(Integer::intValue).max()).hasValue(threads * each - failed);
    }

    /** Counts up, and with a failure takes it back. */
    private static Integer bump(Transaction tx, boolean fail) {
        var before = tx.device(uid(1)).orElse(Device.unknown(uid(1)));
        var after = before.after(null, before.attempts() + 1);
        tx.save(after);
        if (fail) {
            throw new IllegalArgumentException("taken back");
        }
        return after.attempts();
    }

    private void save(Consumer<Transaction> work) {
        write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    private <T> T write(Function<Transaction, T> work) {
        return store.write(work).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private <T> Optional<T> find(Function<View, Optional<T>> query) {
        return store.read(query);
    }

    private <T> List<T> list(Function<View, List<T>> query) {
        return store.read(query);
    }

    private boolean whitelisted(String profile, RotPublicUid device) {
        return store.read(view -> view.isWhitelisted(profile, device));
    }

    private boolean bill(String issuer, long serial) {
        return write(tx -> tx.add(billing(issuer, serial)));
    }

    private Throwable failure(Consumer<Transaction> work) {
        return store.write(tx -> {
                    work.accept(tx);
                    return true;
                })
                .orTimeout(30, TimeUnit.SECONDS)
                .handle((_, thrown) -> Optional.ofNullable(thrown))
                .join()
                .orElseThrow();
    }

    private boolean claim(String job, Instant now) {
        return write(tx -> tx.claim(job, now));
    }

    private List<RotPublicUid> uids(String domain) {
        return list(view -> view.devices(domain)).stream().map(Device::uid).toList();
    }

    private List<String> openIds(long device) {
        return list(view -> view.openOperations(uid(device))).stream()
                .map(Operation::id)
                .toList();
    }
}
