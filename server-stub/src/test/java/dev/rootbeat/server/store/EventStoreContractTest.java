package dev.rootbeat.server.store;

import static dev.rootbeat.server.store.Samples.NOW;
import static dev.rootbeat.server.store.Samples.bytes;
import static dev.rootbeat.server.store.Samples.certificate;
import static dev.rootbeat.server.store.Samples.rootCa;
import static dev.rootbeat.server.store.Samples.uid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.DeliveryLine;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.ExpiryNotice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link EventView} and {@link EventTransaction}. */
@ParameterizedClass
@EnumSource
class EventStoreContractTest {

    private final StoreKind kind;
    private @TempDir Path folder;
    private Store store;

    EventStoreContractTest(StoreKind kind) {
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
    void notifications_are_numbered_from_one_per_device_and_per_domain_where_there_is_none() {
        assertThat(number("home", uid(1))).isEqualTo(1);
        assertThat(number("home", uid(2))).isEqualTo(1);
        assertThat(number("away", uid(1))).isEqualTo(2);
        assertThat(number("home", null)).isEqualTo(1);
        assertThat(number("away", null)).isEqualTo(1);
        assertThat(number("home", null)).isEqualTo(2);
        assertThat(number(null, uid(1))).isEqualTo(3);
        assertThat(number(null, null)).isEqualTo(1);
    }

    @Test
    void events_of_a_device_without_domain_are_found_by_their_number() {
        number(null, uid(1));
        number("home", uid(1));
        number(null, uid(2));
        number(null, uid(1));
        assertThat(list(view -> view.eventsWithoutDomain(uid(1))))
                .containsExactly(new Event(1, told(null, uid(1))), new Event(3, told(null, uid(1))));
        assertThat(list(view -> view.eventsWithoutDomain(uid(3)))).isEmpty();
    }

    @Test
    void webhooks_of_a_domain_keep_their_age_when_they_are_changed() {
        save(tx -> {
            tx.save(webhook("b", "home"));
            tx.save(webhook("a", "home"));
            tx.save(webhook("c", "away"));
        });
        var changed = new Webhook("b", "home", "https://b.example/2", "other", List.of());
        save(tx -> tx.save(changed));
        assertThat(list(view -> view.webhooks("home"))).containsExactly(changed, webhook("a", "home"));
        assertThat(find(view -> view.webhook("c"))).contains(webhook("c", "away"));
        assertThat(find(view -> view.webhook("d"))).isEmpty();
    }

    @Test
    void a_line_is_due_at_once_when_it_was_idle_and_keeps_its_place_otherwise() {
        save(tx -> tx.save(webhook("w", "home")));
        save(tx -> tx.enqueue(delivery("w", 1, 2)));
        DeliveryLine line = onlyDueLine("w");
        assertThat(line).isEqualTo(new DeliveryLine("w", uid(1).toString(), Instant.EPOCH, 0));
        assertThat(replace(line, line.leased(NOW))).isTrue();
        save(tx -> tx.enqueue(delivery("w", 1, 3)));
        assertThat(list(view -> view.dueLines("w", NOW.minusNanos(1), 9))).isEmpty();
        assertThat(onlyDueLine("w")).isEqualTo(new DeliveryLine("w", uid(1).toString(), NOW, 1));
        assertThat(replace(onlyDueLine("w"), onlyDueLine("w").due(null))).isTrue();
        assertThat(list(view -> view.dueLines("w", NOW, 9))).isEmpty();
        save(tx -> tx.enqueue(delivery("w", 1, 4)));
        assertThat(onlyDueLine("w")).isEqualTo(new DeliveryLine("w", uid(1).toString(), Instant.EPOCH, 1));
    }

    @Test
    void a_line_that_was_leased_since_it_was_seen_is_not_changed() {
        save(tx -> tx.save(webhook("w", "home")));
        save(tx -> tx.enqueue(delivery("w", 1, 1)));
        DeliveryLine seen = onlyDueLine("w");
        assertThat(replace(seen, seen.leased(NOW))).isTrue();
        assertThat(replace(seen, seen.leased(NOW.plusSeconds(1)))).isFalse();
        assertThat(replace(seen, seen.due(null))).isFalse();
        assertThat(onlyDueLine("w")).isEqualTo(seen.leased(NOW));
        var unknown = new DeliveryLine("w", "nobody", null, 0);
        assertThat(replace(unknown, unknown.leased(NOW))).isFalse();
    }

    @Test
    void due_lines_come_longest_due_first_and_no_more_than_asked_for() {
        save(tx -> {
            tx.save(webhook("w", "home"));
            tx.save(webhook("other", "home"));
            tx.save(webhook("idle", "away"));
        });
        save(tx -> List.of(3, 1, 2).forEach(device -> tx.enqueue(delivery("w", device, 1))));
        save(tx -> tx.enqueue(delivery("other", 1, 1)));
        DeliveryLine first = list(view -> view.dueLines("w", NOW, 1)).getFirst();
        assertThat(first.source()).isEqualTo(uid(1).toString());
        assertThat(replace(first, first.due(NOW))).isTrue();
        assertThat(list(view -> view.dueLines("w", NOW, 9)))
                .extracting(DeliveryLine::source)
                .containsExactly(uid(2).toString(), uid(3).toString(), uid(1).toString());
        assertThat(list(view -> view.dueLines("w", NOW, 2))).hasSize(2);
        assertThat(list(view -> view.webhooksWithDueLines(Instant.EPOCH)))
                .extracting(Webhook::id)
                .containsExactly("w", "other");
        assertThat(list(view -> view.webhooksWithDueLines(Instant.EPOCH.minusNanos(1))))
                .isEmpty();
    }

    @Test
    void the_first_delivery_is_the_one_of_the_lowest_number() {
        save(tx -> {
            tx.save(webhook("w", "home"));
            tx.enqueue(delivery("w", 1, 10));
            tx.enqueue(delivery("w", 1, 9));
            tx.enqueue(delivery("w", 1, 9));
            tx.enqueue(delivery("other", 1, 1));
        });
        DeliveryLine line = onlyDueLine("w");
        assertThat(find(view -> view.firstDelivery(line))).contains(delivery("w", 1, 9));
        assertThat(number(view -> view.pendingDeliveries("w"))).isEqualTo(2);
        save(tx -> tx.save(delivery("w", 1, 9).failedOnceMore()));
        assertThat(find(view -> view.firstDelivery(line)))
                .contains(delivery("w", 1, 9).failedOnceMore());
        save(tx -> tx.remove(delivery("w", 1, 9)));
        assertThat(find(view -> view.firstDelivery(line))).contains(delivery("w", 1, 10));
        save(tx -> tx.remove(delivery("w", 1, 10)));
        save(tx -> tx.remove(delivery("w", 1, 10)));
        assertThat(find(view -> view.firstDelivery(line))).isEmpty();
    }

    @Test
    void an_event_of_a_domain_without_device_is_delivered_with_all_its_fields() {
        var ofDomain = new Delivery(
                "w", new Event(7, new Notification("home", null, Notification.Kind.ROOT_CA_EXPIRING, null, NOW)), 0);
        save(tx -> tx.enqueue(ofDomain));
        var line = new DeliveryLine("w", "home", Instant.EPOCH, 0);
        assertThat(find(view -> view.firstDelivery(line))).contains(ofDomain);
    }

    @Test
    void dead_letters_are_listed_by_source_and_number_from_any_place() {
        save(tx -> {
            tx.save(letter("w", 2, 1));
            tx.save(letter("w", 1, 10));
            tx.save(letter("w", 1, 9));
            tx.save(letter("other", 1, 1));
        });
        assertThat(list(view -> view.deadLetters("w", "", 0, 9)))
                .containsExactly(letter("w", 1, 9), letter("w", 1, 10), letter("w", 2, 1));
        assertThat(list(view -> view.deadLetters("w", uid(1).toString(), 9, 1))).containsExactly(letter("w", 1, 10));
        assertThat(list(view -> view.deadLetters("w", uid(1).toString(), 10, 9)))
                .containsExactly(letter("w", 2, 1));
        save(tx -> tx.remove(letter("w", 1, 10)));
        assertThat(find(view -> view.deadLetter("w", uid(1).toString(), 10))).isEmpty();
        assertThat(find(view -> view.deadLetter("w", uid(1).toString(), 9))).contains(letter("w", 1, 9));
    }

    @Test
    void a_webhook_is_deleted_with_everything_that_it_is_owed() {
        save(tx -> {
            tx.save(webhook("w", "home"));
            tx.save(webhook("other", "home"));
            tx.enqueue(delivery("w", 1, 1));
            tx.enqueue(delivery("other", 1, 1));
            tx.save(letter("w", 1, 2));
            tx.save(letter("other", 1, 2));
        });
        save(tx -> tx.deleteWebhook("w"));
        save(tx -> tx.deleteWebhook("unknown"));
        assertThat(list(view -> view.webhooks("home"))).containsExactly(webhook("other", "home"));
        assertThat(list(view -> view.dueLines("w", NOW, 9))).isEmpty();
        assertThat(list(view -> view.deadLetters("w", "", 0, 9))).isEmpty();
        assertThat(number(view -> view.pendingDeliveries("w"))).isZero();
        assertThat(number(view -> view.pendingDeliveries("other"))).isEqualTo(1);
        assertThat(list(view -> view.deadLetters("other", "", 0, 9))).hasSize(1);
        assertThat(onlyDueLine("other").webhook()).isEqualTo("other");
    }

    @Test
    void certificates_in_use_are_found_by_their_end_until_it_is_told() {
        IssuedCertificate early = ending(1, NOW);
        IssuedCertificate late = ending(2, NOW.plusNanos(1));
        IssuedCertificate replaced = ending(3, NOW).to(IssuedCertificate.State.REPLACED);
        write(tx -> {
            tx.save(late);
            tx.save(early);
            tx.save(replaced);
            return true;
        });
        assertThat(inUse(ExpiryNotice.NONE, NOW.plusNanos(1), 9)).containsExactly(early, late);
        assertThat(inUse(ExpiryNotice.NONE, NOW.plusNanos(1), 1)).containsExactly(early);
        assertThat(inUse(ExpiryNotice.NONE, NOW, 9)).containsExactly(early);
        save(tx -> tx.told(early, ExpiryNotice.EXPIRING));
        assertThat(inUse(ExpiryNotice.NONE, NOW, 9)).isEmpty();
        assertThat(inUse(ExpiryNotice.EXPIRING, NOW, 9)).containsExactly(early);
        write(tx -> {
            tx.save(early.fulfilling(List.of(), null));
            return true;
        });
        assertThat(inUse(ExpiryNotice.EXPIRING, NOW, 9))
                .as("what was told stays")
                .hasSize(1);
        write(tx -> {
            tx.save(late.to(IssuedCertificate.State.REPLACED));
            tx.save(replaced.to(IssuedCertificate.State.EFFECTIVE));
            return true;
        });
        assertThat(inUse(ExpiryNotice.NONE, NOW.plusNanos(1), 9))
                .extracting(IssuedCertificate::serialNumber)
                .containsExactly(replaced.serialNumber());
    }

    @Test
    void revocation_lists_are_found_by_their_end() {
        write(tx -> {
            for (String id : List.of("b", "a", "c")) {
                tx.save(rootCa(id, "home"));
            }
            tx.save(new Crl("b", 1, NOW, bytes(1, 10)));
            tx.save(new Crl("a", 1, NOW, bytes(2, 10)));
            tx.save(new Crl("c", 1, NOW.minusNanos(1), bytes(3, 10)));
            return true;
        });
        assertThat(list(view -> view.crlsToReplace(NOW, 9)))
                .extracting(Crl::rootCa)
                .containsExactly("c", "a", "b");
        assertThat(list(view -> view.crlsToReplace(NOW, 2)))
                .extracting(Crl::rootCa)
                .containsExactly("c", "a");
        assertThat(list(view -> view.crlsToReplace(NOW.minusNanos(1), 9)))
                .extracting(Crl::rootCa)
                .containsExactly("c");
    }

    @Test
    void what_was_changed_is_taken_back_together() {
        save(tx -> {
            tx.save(webhook("w", "home"));
            tx.enqueue(delivery("w", 1, 1));
            tx.save(letter("w", 1, 2));
        });
        write(tx -> tx.add(told(null, uid(1))));
        Throwable failure = store.write(tx -> {
                    tx.events().deleteWebhook("w");
                    tx.events().enqueue(delivery("v", 1, 3));
                    tx.add(told(null, uid(1)));
                    throw new IllegalArgumentException("no");
                })
                .orTimeout(30, TimeUnit.SECONDS)
                .handle((_, thrown) -> Optional.ofNullable(thrown))
                .join()
                .orElseThrow();
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(find(view -> view.webhook("w"))).contains(webhook("w", "home"));
        assertThat(onlyDueLine("w").source()).isEqualTo(uid(1).toString());
        assertThat(number(view -> view.pendingDeliveries("w"))).isEqualTo(1);
        assertThat(number(view -> view.pendingDeliveries("v"))).isZero();
        assertThat(list(view -> view.deadLetters("w", "", 0, 9))).containsExactly(letter("w", 1, 2));
        assertThat(list(view -> view.eventsWithoutDomain(uid(1)))).hasSize(1);
        assertThat(number("home", uid(1)))
                .as("a number that was taken back is given again")
                .isEqualTo(2);
    }

    private static Webhook webhook(String id, String domain) {
        return new Webhook(
                id,
                domain,
                "http://127.0.0.1:9000/" + id,
                "secret of " + id,
                List.of(Notification.Kind.DEVICE_SEALED, Notification.Kind.CERTIFICATE_EXPIRED));
    }

    private static Notification told(@Nullable String domain, @Nullable RotPublicUid device) {
        return new Notification(domain, device, Notification.Kind.DEVICE_BOOTSTRAPPED, "subject", NOW);
    }

    private static Delivery delivery(String webhook, long device, long number) {
        return new Delivery(webhook, new Event(number, told("home", uid(device))), 3);
    }

    private static DeadLetter letter(String webhook, long device, long number) {
        return new DeadLetter(delivery(webhook, device, number), "it answered 500", NOW);
    }

    private static IssuedCertificate ending(long serial, Instant end) {
        IssuedCertificate sample = certificate("root", serial, serial);
        return new IssuedCertificate(
                sample.issuer(),
                sample.serialNumber(),
                sample.device(),
                sample.certificate(),
                sample.fingerprint(),
                sample.publicKey(),
                end.minus(Duration.ofDays(1)),
                end,
                sample.state(),
                sample.operations(),
                sample.billedAs(),
                sample.revocation());
    }

    private long number(@Nullable String domain, @Nullable RotPublicUid device) {
        return write(tx -> tx.add(told(domain, device)));
    }

    private boolean replace(DeliveryLine seen, DeliveryLine changed) {
        return write(tx -> tx.events().replace(seen, changed));
    }

    private DeliveryLine onlyDueLine(String webhook) {
        List<DeliveryLine> due = list(view -> view.dueLines(webhook, NOW, 9));
        assertThat(due).hasSize(1);
        return due.getFirst();
    }

    private List<IssuedCertificate> inUse(ExpiryNotice told, Instant endingBy, int limit) {
        return list(view -> view.certificatesInUse(told, endingBy, limit));
    }

    private void save(Consumer<EventTransaction> work) {
        write(tx -> {
            work.accept(tx.events());
            return true;
        });
    }

    private <T> T write(Function<Transaction, T> work) {
        return store.write(work).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private <T> Optional<T> find(Function<EventView, Optional<T>> query) {
        return store.read(view -> query.apply(view.events()));
    }

    private <T> List<T> list(Function<EventView, List<T>> query) {
        return store.read(view -> query.apply(view.events()));
    }

    private long number(Function<EventView, Long> query) {
        return store.read(view -> query.apply(view.events()));
    }
}
