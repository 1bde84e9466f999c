package dev.rootbeat.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.IssuedCertificate.State;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.memory.MemoryStore;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Books that balance, and one test for each way in which they can be wrong. */
class BooksTest {

    private static final RotPublicUid UID = new RotPublicUid(7);
    private static final Instant NOW = Instant.parse("2027-03-14T15:09:26Z");

    private final MemoryStore store = new MemoryStore();

    /** A device has used certificate 1, renewed it to 2, which is in use, and has been sent 3. */
    BooksTest() {
        write(tx -> {
            tx.save(Device.unknown(UID));
            tx.save(certificate(1, "key", State.REPLACED, null));
            tx.save(certificate(2, "key", State.EFFECTIVE, Operation.Kind.RENEW));
            tx.save(certificate(3, "new key", State.ISSUED, Operation.Kind.UPDATE));
            tx.add(bill(2));
            tx.add(told(Notification.Kind.CERTIFICATE_ISSUED, 1));
            tx.add(told(Notification.Kind.CERTIFICATE_RENEWED, 2));
        });
    }

    @Test
    void good_books_balance_and_both_sides_agree() {
        assertThat(problems(1, 2)).isEmpty();
        assertThat(disagreements(2)).isEmpty();
    }

    @Test
    void a_device_that_the_server_forgot_is_found() {
        assertThat(store.<List<String>>read(
                        view -> Books.problems(view, Map.of(new RotPublicUid(8), Set.of()), Set.of())))
                .singleElement()
                .asString()
                .contains("is lost");
    }

    @Test
    void a_suspected_clone_is_found_on_the_device_and_among_the_notifications() {
        write(tx -> {
            tx.save(Device.unknown(UID).frozen("two of them"));
            tx.add(new Notification(null, UID, Notification.Kind.CLONE_SUSPECTED, "two of them", NOW));
        });

        assertThat(problems(1, 2)).hasSize(2);
    }

    @Test
    void an_effect_that_was_not_billed_and_a_bill_without_effect_are_found() {
        write(tx -> {
            tx.add(bill(3));
            tx.save(certificate(4, "newer key", State.EFFECTIVE, Operation.Kind.UPDATE));
            tx.add(told(Notification.Kind.CERTIFICATE_UPDATED, 4));
        });

        assertThat(problems(1, 2, 4))
                .anyMatch(problem -> problem.contains("certificate 3 is billed and never took effect"))
                .anyMatch(problem -> problem.contains("certificate 4 took effect and is not billed"))
                .hasSize(2);
    }

    @Test
    void an_effect_that_is_told_twice_or_never_is_found() {
        write(tx -> tx.add(told(Notification.Kind.CERTIFICATE_RENEWED, 2)));

        assertThat(problems(1, 2, 3))
                .anyMatch(problem -> problem.contains("certificate 2 took effect and was told 2 times"))
                .anyMatch(problem -> problem.contains("certificate 3 took effect and was told 0 times"));
    }

    @Test
    void a_certificate_in_use_that_is_not_on_record_is_found() {
        assertThat(problems(1, 2, 9)).singleElement().asString().contains("not on record");
        assertThat(disagreements(9)).singleElement().asString().contains("do not agree");
    }

    @Test
    void an_operation_that_two_certificates_answer_is_found() {
        write(tx -> tx.save(certificate(1, "key", State.REPLACED, null).fulfilling(List.of("operation 2"), null)));

        assertThat(problems(1, 2)).singleElement().asString().contains("answered before");
    }

    @Test
    void a_certificate_that_was_signed_while_another_on_its_key_waited_is_found() {
        write(tx -> {
            tx.save(certificate(3, "new key", State.SUPERSEDED, Operation.Kind.UPDATE));
            tx.save(certificate(4, "new key", State.ISSUED, Operation.Kind.UPDATE));
        });

        assertThat(problems(1, 2)).singleElement().asString().contains("waited to be confirmed");
    }

    @Test
    void what_a_device_still_owes_is_found() {
        write(tx -> tx.save(new Operation(
                "1",
                UID,
                "home",
                Operation.Kind.UPDATE,
                null,
                List.of(new Operation.Change(Operation.State.DELIVERED, NOW, null)),
                0)));

        assertThat(disagreements(2)).singleElement().asString().contains("owes");
    }

    private List<String> problems(int... used) {
        Map<RotPublicUid, Set<Bytes>> fingerprints =
                Map.of(UID, Arrays.stream(used).mapToObj(BooksTest::fingerprint).collect(Collectors.toSet()));
        return store.read(view -> Books.problems(view, fingerprints, Set.of()));
    }

    private List<String> disagreements(int present) {
        return store.read(view -> Books.disagreements(view, Map.of(UID, Optional.of(fingerprint(present)))));
    }

    private void write(Consumer<Transaction> work) {
        store.write(tx -> {
                    work.accept(tx);
                    return true;
                })
                .join();
    }

    private static IssuedCertificate certificate(
            int number, String key, State state, Operation.@Nullable Kind billedAs) {
        return new IssuedCertificate(
                "ca",
                BigInteger.valueOf(number),
                UID,
                Bytes.EMPTY,
                fingerprint(number),
                Bytes.of(key.getBytes(StandardCharsets.UTF_8)),
                NOW,
                NOW.plus(Duration.ofDays(90)),
                state,
                List.of("operation " + number),
                billedAs,
                null);
    }

    private static Bytes fingerprint(int number) {
        return Bytes.of(new byte[] {(byte) number});
    }

    private static BillingEvent bill(int number) {
        return new BillingEvent("home", UID, Operation.Kind.RENEW, "ca", BigInteger.valueOf(number), NOW);
    }

    private static Notification told(Notification.Kind kind, int number) {
        return new Notification("home", UID, kind, Integer.toString(number), NOW);
    }
}
