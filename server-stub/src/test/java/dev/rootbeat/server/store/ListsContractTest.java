package dev.rootbeat.server.store;

import static dev.rootbeat.server.store.Samples.NOW;
import static dev.rootbeat.server.store.Samples.audit;
import static dev.rootbeat.server.store.Samples.bytes;
import static dev.rootbeat.server.store.Samples.certificate;
import static dev.rootbeat.server.store.Samples.device;
import static dev.rootbeat.server.store.Samples.operation;
import static dev.rootbeat.server.store.Samples.profile;
import static dev.rootbeat.server.store.Samples.rootCa;
import static dev.rootbeat.server.store.Samples.uid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.AuditRecord;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.IssuedCertificate.State;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.store.Lists.CertificateFilter;
import dev.rootbeat.server.store.Lists.CertificatePlace;
import dev.rootbeat.server.store.Lists.DeviceFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the REST interface lists, and what lists need: one behaviour of all stores. */
@ParameterizedClass
@EnumSource
class ListsContractTest {

    private final StoreKind kind;
    private @TempDir Path folder;
    private Store store;

    ListsContractTest(StoreKind kind) {
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
    void pages_of_devices_hold_each_once_by_ascending_unsigned_identity() {
        var uids = new ArrayList<>(
                IntStream.rangeClosed(1, 7).mapToObj(number -> uid(number)).toList());
        uids.addAll(List.of(uid(Long.MAX_VALUE), uid(Long.MIN_VALUE), uid(-1)));
        save(tx -> uids.reversed().forEach(uid -> tx.save(device(uid.bits(), "a"))));
        save(tx -> tx.save(device(99, "b")));

        for (int limit : List.of(1, 3, 10, 100)) {
            assertThat(this.<RotPublicUid>pages(
                            limit,
                            (after, size) -> lists(lists -> lists.devices("a", DeviceFilter.ALL, after, size).stream()
                                    .map(Device::uid)
                                    .toList())))
                    .as("pages of %d", limit)
                    .isEqualTo(uids);
        }
    }

    @Test
    void devices_are_filtered_by_every_property_alone_and_together() {
        Device last = device(1, "a");
        Device silent = Device.unknown(uid(2))
                .claimed(new Device.Claim("a", "bench", "s"), Device.Standing.BLACKLISTED, Plan.NONE);
        Device other = device(3, "a").frozen(null).with(ManagedSlot.UNTOUCHED.wanting("second"));
        save(tx -> List.of(last, silent, other).forEach(tx::save));

        assertThat(filtered(new DeviceFilter(Device.Standing.BLACKLISTED, null, null, null, null, null, null)))
                .containsExactly(silent);
        assertThat(filtered(DeviceFilter.holding("second"))).containsExactly(other);
        assertThat(filtered(new DeviceFilter(null, null, "bench", null, null, null, null)))
                .containsExactly(silent);
        assertThat(filtered(new DeviceFilter(null, null, null, true, null, null, null)))
                .containsExactly(last);
        assertThat(filtered(new DeviceFilter(null, null, null, false, null, null, null)))
                .containsExactly(silent, other);
        assertThat(filtered(new DeviceFilter(null, null, null, null, NOW.plusNanos(1), null, null)))
                .as("one that never spoke is not before")
                .containsExactly(last, other);
        assertThat(filtered(new DeviceFilter(null, null, null, null, NOW, null, null)))
                .isEmpty();
        assertThat(filtered(new DeviceFilter(null, null, null, null, null, NOW, null)))
                .containsExactly(last, other);
        assertThat(filtered(new DeviceFilter(null, null, null, null, null, NOW.plusNanos(1), null)))
                .isEmpty();
        assertThat(filtered(new DeviceFilter(
                        Device.Standing.ACTIVATED, "second", "profile", false, NOW.plusNanos(1), NOW, null)))
                .containsExactly(other);
    }

    @Test
    void devices_are_found_by_the_end_of_the_certificate_that_they_use() {
        Instant end = certificate("root", 1, 1).notAfter();
        save(tx -> {
            List.of(1, 2, 3).forEach(number -> tx.save(device(number, "a")));
            tx.save(certificate("root", 1, 1));
            tx.save(certificate("root", 2, 2).to(State.REPLACED));
        });

        assertThat(filtered(new DeviceFilter(null, null, null, null, null, null, end.plusNanos(1))))
                .containsExactly(device(1, "a"));
        assertThat(filtered(new DeviceFilter(null, null, null, null, null, null, end)))
                .isEmpty();
    }

    @Test
    void certificates_of_a_root_ca_come_by_their_end_also_those_that_end_together() {
        var all = new ArrayList<IssuedCertificate>();
        for (int number = 0; number < 9; number++) {
            all.add(ending(number, NOW.plusSeconds(number / 3)));
        }
        save(tx -> all.reversed().forEach(tx::save));
        save(tx -> tx.save(certificate("other", 1, 1)));

        for (int limit : List.of(1, 2, 100)) {
            List<IssuedCertificate> seen = pages(
                    limit,
                    (after, size) -> lists(lists -> lists.certificates(
                            "root", CertificateFilter.ALL, after == null ? null : CertificatePlace.of(after), size)));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
            assertThat(seen)
                    .extracting(certificate ->
                            certificate.notAfter() + certificate.fingerprint().hex())
                    .isSorted();
        }
    }

    @Test
    void certificates_are_filtered_by_state_and_end() {
        IssuedCertificate first = ending(1, NOW).to(State.ISSUED);
        IssuedCertificate second = ending(2, NOW.plusNanos(1));
        save(tx -> List.of(first, second).forEach(tx::save));

        assertThat(certificates(new CertificateFilter(State.EFFECTIVE, null))).containsExactly(second);
        assertThat(certificates(new CertificateFilter(null, NOW.plusNanos(1)))).containsExactly(first);
        assertThat(certificates(new CertificateFilter(State.EFFECTIVE, NOW.plusNanos(1))))
                .isEmpty();
        assertThat(certificates(new CertificateFilter(null, NOW.plusNanos(2)))).containsExactly(first, second);
    }

    @Test
    void profiles_and_whitelists_come_in_pages() {
        save(tx -> {
            for (String uid : List.of("p3", "p1", "p2")) {
                tx.save(profile(uid, "a"));
                tx.addToWhitelist("p1", uid(uid.charAt(1)));
            }
            tx.save(new DeviceProfile("p4", "a", "", null, false, Plan.NONE));
            tx.save(profile("foreign", "b"));
            tx.addToWhitelist("p2", uid(9));
        });

        List<String> uids = pages(
                2,
                (after, size) -> lists(lists -> lists.profiles("a", null, after, size).stream()
                        .map(DeviceProfile::uid)
                        .toList()));
        assertThat(uids).containsExactly("p1", "p2", "p3", "p4");
        assertThat(lists(lists -> lists.profiles("a", "root", "p1", 100)))
                .containsExactly(profile("p2", "a"), profile("p3", "a"));

        List<RotPublicUid> listed = pages(1, (after, size) -> lists(lists -> lists.whitelist("p1", after, size)));
        assertThat(listed).containsExactly(uid('1'), uid('2'), uid('3'));
        save(tx -> tx.removeFromWhitelist("p1", uid('2')));
        assertThat(lists(lists -> lists.whitelist("p1", null, 100))).containsExactly(uid('1'), uid('3'));
    }

    @Test
    void operations_of_a_device_come_in_pages_oldest_first() {
        save(tx -> {
            List.of("z", "m", "a").forEach(id -> tx.save(operation(id, 1, Operation.State.ORDERED)));
            tx.save(operation("other", 2, Operation.State.ORDERED));
        });
        save(tx -> tx.save(operation("z", 1, Operation.State.EFFECTIVE)));

        assertThat(lists(lists -> lists.operations(uid(1), 0, 2)))
                .extracting(Operation::id)
                .containsExactly("z", "m");
        assertThat(lists(lists -> lists.operations(uid(1), 2, 2)))
                .extracting(Operation::id)
                .containsExactly("a");
        assertThat(lists(lists -> lists.operations(uid(1), 3, 2))).isEmpty();
    }

    @Test
    void a_root_ca_is_deleted_with_its_revocation_list_and_its_certificates_stay() {
        save(tx -> {
            tx.save(rootCa("root", "a"));
            tx.save(rootCa("second", "a"));
            tx.save(new Crl("root", 1, NOW, bytes(1, 10)));
            tx.save(certificate("root", 1, 1));
        });
        List<Object> before = Samples.picture(store);
        assertThat(store.write(tx -> {
                            tx.deleteRootCa("root");
                            throw new IllegalArgumentException("taken back");
                        })
                        .handle((_, thrown) -> thrown)
                        .join())
                .hasMessage("taken back");
        assertThat(Samples.picture(store)).isEqualTo(before);

        save(tx -> {
            tx.deleteRootCa("root");
            tx.deleteRootCa("never there");
        });
        assertThat(store.<List<?>>read(view -> view.rootCas("a"))).isEqualTo(List.of(rootCa("second", "a")));
        assertThat(store.<Boolean>read(view ->
                        view.rootCa("root").isEmpty() && view.crl("root").isEmpty()))
                .isTrue();
        assertThat(certificates(CertificateFilter.ALL)).hasSize(1);

        save(tx -> tx.save(rootCa("root", "a")));
        assertThat(store.<List<?>>read(view -> view.rootCas("a")))
                .as("what comes again is young")
                .isEqualTo(List.of(rootCa("second", "a"), rootCa("root", "a")));
    }

    @Test
    void a_root_ca_is_awaited_while_an_operation_for_it_is_open() {
        assertThat(isAwaited()).isFalse();
        save(tx -> tx.save(operation("o", 1, Operation.State.DELIVERED)));
        assertThat(isAwaited()).isTrue();
        save(tx -> tx.save(operation("o", 1, Operation.State.EFFECTIVE)));
        assertThat(isAwaited()).isFalse();
    }

    @Test
    void a_consent_counts_until_it_is_used() {
        save(tx -> tx.save(new Consent("code", "root", false)));
        assertThat(hasUnusedConsent("root")).isTrue();
        assertThat(hasUnusedConsent("second")).isFalse();
        save(tx -> tx.save(new Consent("code", "root", true)));
        assertThat(hasUnusedConsent("root")).isFalse();
    }

    @Test
    void the_first_secret_of_a_name_is_kept() {
        assertThat(store.write(tx -> tx.keep("tokens", bytes(1, 32))).join()).isEqualTo(bytes(1, 32));
        assertThat(store.write(tx -> tx.keep("tokens", bytes(2, 32))).join()).isEqualTo(bytes(1, 32));
        assertThat(store.write(tx -> tx.keep("others", bytes(3, 32))).join()).isEqualTo(bytes(3, 32));
        assertThat(store.<Object>read(view -> view.secret("tokens").orElseThrow()))
                .isEqualTo(bytes(1, 32));
        assertThat(store.<Boolean>read(view -> view.secret("none").isEmpty())).isTrue();
    }

    @Test
    void the_audit_log_of_a_domain_comes_in_pages_the_latest_first() {
        var bare = new AuditRecord("a", "key", NOW, "/v1/call", AuditRecord.OK, null, null);
        save(tx -> {
            tx.audit().add(audit("a", 1));
            tx.audit().add(audit("b", 2));
            tx.audit().add(bare);
        });
        save(tx -> tx.audit().add(audit("a", 3)));
        assertThat(store.write(tx -> {
                            tx.audit().add(audit("a", 4));
                            throw new IllegalArgumentException("taken back");
                        })
                        .handle((_, thrown) -> thrown)
                        .join())
                .hasMessage("taken back");

        List<AuditView.Entry> seen = pages(
                2,
                (after, size) ->
                        store.read(view -> view.audit().list("a", after == null ? null : after.number(), size)));
        assertThat(seen).extracting(AuditView.Entry::record).containsExactly(audit("a", 3), bare, audit("a", 1));
        assertThat(seen).extracting(AuditView.Entry::number).doesNotHaveDuplicates();
    }

    private static IssuedCertificate ending(int number, Instant notAfter) {
        IssuedCertificate like = certificate("root", number, 1);
        return new IssuedCertificate(
                like.issuer(),
                like.serialNumber(),
                like.device(),
                like.certificate(),
                like.fingerprint(),
                like.publicKey(),
                like.notBefore(),
                notAfter,
                like.state(),
                like.operations(),
                like.billedAs(),
                null);
    }

    /** Goes from page to page until one is short. */
    private <T> List<T> pages(int limit, BiFunction<@Nullable T, Integer, List<T>> page) {
        var seen = new ArrayList<T>();
        List<T> last;
        do {
            last = page.apply(seen.isEmpty() ? null : seen.getLast(), limit);
            assertThat(last.size()).isLessThanOrEqualTo(limit);
            seen.addAll(last);
        } while (last.size() == limit);
        return seen;
    }

    private List<Device> filtered(DeviceFilter filter) {
        return lists(lists -> lists.devices("a", filter, null, 100));
    }

    private List<IssuedCertificate> certificates(CertificateFilter filter) {
        return lists(lists -> lists.certificates("root", filter, null, 100));
    }

    private <T> List<T> lists(Function<Lists, List<T>> query) {
        return store.read(view -> query.apply(view.lists()));
    }

    private boolean isAwaited() {
        return store.read(view -> view.isAwaited("root"));
    }

    private boolean hasUnusedConsent(String rootCa) {
        return store.read(view -> view.hasUnusedConsent(rootCa));
    }

    private void save(Consumer<Transaction> work) {
        store.write(tx -> {
                    work.accept(tx);
                    return true;
                })
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
