package dev.rootbeat.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.event.Sender.Answer;
import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deliveries in virtual time, without sockets. */
class DeliveriesTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final RotPublicUid ONE = new RotPublicUid(1);
    private static final RotPublicUid TWO = new RotPublicUid(2);
    private static final DeliverySettings SETTINGS = new DeliverySettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            5,
            4,
            2,
            Duration.ofSeconds(1));
    private static final Answer TAKEN = new Answer.Taken();
    private static final Answer FAILED = new Answer.Failed("it answered 500");

    private final VirtualTime time = new VirtualTime(START);
    private final MemoryStore store = new MemoryStore();

    /** What arrived, as "webhook device number". */
    private final List<String> arrived = new ArrayList<>();

    /** What was tried, as "seconds since the start, webhook device number". */
    private final List<String> tried = new ArrayList<>();

    private Duration travel = Duration.ofMillis(10);
    private int underWay;
    private int mostUnderWay;

    @Test
    void events_of_a_device_arrive_in_order_and_numbered_one_at_a_time() {
        createWebhook("w");
        start(_ -> TAKEN);
        IntStream.range(0, 5).forEach(_ -> tell(ONE));
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).containsExactly("w 1 1", "w 1 2", "w 1 3", "w 1 4", "w 1 5");
        assertThat(mostUnderWay).isEqualTo(1);
        assertThat(pending("w")).isZero();
    }

    @Test
    void a_webhook_is_told_what_it_asked_for_and_only_of_its_own_domain() {
        save(new Webhook("sealed", "home", "", "s", List.of(Notification.Kind.DEVICE_SEALED)));
        save(new Webhook("foreign", "away", "", "s", List.of(Notification.Kind.values())));
        start(_ -> TAKEN);
        tell(ONE);
        tell("home", ONE, Notification.Kind.DEVICE_SEALED);
        tell("away", ONE, Notification.Kind.DEVICE_BLACKLISTED);
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).containsExactlyInAnyOrder("sealed 1 2", "foreign 1 3");
    }

    @Test
    void a_domain_that_claims_a_device_is_told_first_what_happened_before() {
        createWebhook("w");
        start(_ -> TAKEN);
        tell(null, ONE, Notification.Kind.DEVICE_BOOTSTRAPPED);
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).isEmpty();
        store.write(tx -> {
                    Outbox.introduce(tx, ONE, "home");
                    Outbox.tell(tx, notification("home", ONE, Notification.Kind.DEVICE_SEALED));
                    return true;
                })
                .join();
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).containsExactly("w 1 1", "w 1 2");
    }

    @Test
    void what_happened_before_a_webhook_was_created_is_not_told() {
        tell(ONE);
        createWebhook("w");
        start(_ -> TAKEN);
        tell(ONE);
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).containsExactly("w 1 2");
    }

    @Test
    void the_body_says_what_happened_and_nothing_else() {
        createWebhook("w");
        var bodies = new ArrayList<JsonNode>();
        start(message -> {
            bodies.add(body(message));
            return TAKEN;
        });
        tell(ONE);
        time.runFor(Duration.ofSeconds(5));
        assertThat(bodies)
                .singleElement()
                .hasToString(
                        "{\"WebhookID\":\"w\",\"Event\":\"CERTIFICATE_RENEWED\",\"RoTPublicUID\":"
                                + "\"0000000000000001\",\"SequenceNumber\":1,\"At\":\"2026-11-24T00:00:00Z\",\"Subject\":\"2a\"}");
    }

    @Test
    void a_failed_delivery_is_tried_again_after_pauses_that_double_to_a_limit_less_up_to_a_half() {
        createWebhook("w");
        start(_ -> FAILED);
        tell(ONE);
        time.runFor(Duration.ofMinutes(5));
        List<Double> at = tried.stream()
                .map(line -> Double.valueOf(line.substring(0, line.indexOf(' '))))
                .toList();
        assertThat(at).hasSize(SETTINGS.maxTries());
        double[] pauses = {2, 4, 8, 10};
        for (int i = 0; i < pauses.length; i++) {
            // A look comes a second late at most.
            assertThat(at.get(i + 1) - at.get(i)).isBetween(pauses[i] / 2, pauses[i] + 1.1);
        }
    }

    @Test
    void later_events_wait_for_one_that_fails_and_those_of_other_devices_do_not() {
        createWebhook("w");
        start(message -> isOf(message, ONE) && time.instant().isBefore(START.plusSeconds(8)) ? FAILED : TAKEN);
        tell(ONE);
        tell(ONE);
        tell(TWO);
        tell(TWO);
        time.runFor(Duration.ofSeconds(5));
        assertThat(arrived).containsExactly("w 2 1", "w 2 2");
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).containsExactly("w 2 1", "w 2 2", "w 1 1", "w 1 2");
    }

    @Test
    void a_dead_letter_keeps_its_reason_and_does_not_hold_back_what_comes_after_it() {
        createWebhook("w");
        start(message -> isNumber(message, 1) ? FAILED : TAKEN);
        tell(ONE);
        tell(ONE);
        time.runFor(Duration.ofMinutes(5));
        assertThat(arrived).containsExactly("w 1 2");
        assertThat(deadLetters("w")).singleElement().satisfies(letter -> {
            assertThat(letter.delivery().tries()).isEqualTo(SETTINGS.maxTries());
            assertThat(letter.delivery().event().number()).isEqualTo(1);
            assertThat(letter.reason()).isEqualTo("it answered 500");
        });
    }

    @Test
    void a_dead_letter_that_is_redelivered_goes_first_and_has_all_its_tries_again() {
        createWebhook("w");
        var broken = new boolean[] {true};
        start(_ -> broken[0] ? FAILED : TAKEN);
        tell(ONE);
        time.runFor(Duration.ofMinutes(5));
        tell(ONE);
        assertThat(service().redeliver("home", "w", List.of(place(1), place(2))))
                .containsExactly(true, false);
        tried.clear();
        time.runFor(Duration.ofSeconds(12));
        assertThat(tried).isNotEmpty().allMatch(line -> line.endsWith("w 1 1"));
        broken[0] = false;
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).containsExactly("w 1 1", "w 1 2");
        assertThat(deadLetters("w")).isEmpty();
    }

    @Test
    void a_process_that_dies_in_the_middle_leaves_nothing_out() {
        createWebhook("w");
        travel = Duration.ofSeconds(5);
        ScheduledExecutorService first = start(_ -> TAKEN);
        IntStream.range(0, 3).forEach(_ -> tell(ONE));
        time.runFor(Duration.ofSeconds(7)); // the second is under way
        first.shutdownNow();
        start(_ -> TAKEN);
        time.runFor(Duration.ofMinutes(2));
        assertThat(arrived).containsExactly("w 1 1", "w 1 2", "w 1 2", "w 1 3");
        assertThat(pending("w")).isZero();
    }

    @Test
    void a_lease_that_ends_has_the_delivery_tried_again_and_the_late_answer_counts_for_nothing() {
        createWebhook("w");
        Instant lateAnswer = START.plus(SETTINGS.lease()).plusSeconds(5);
        start(
                _ -> time.instant().isAfter(lateAnswer) ? TAKEN : FAILED,
                _ -> tried.size() == 1 ? Duration.between(START, lateAnswer) : Duration.ofSeconds(10));
        tell(ONE);
        time.runFor(Duration.ofMinutes(2));
        assertThat(tried).containsExactly("0.0 w 1 1", "30.0 w 1 1");
        assertThat(arrived).containsExactly("w 1 1");
        assertThat(pending("w")).isZero();
    }

    @Test
    void two_processes_share_the_work_and_neither_repeats_what_the_other_has_under_way() {
        createWebhook("w");
        start(_ -> TAKEN);
        start(_ -> TAKEN);
        IntStream.rangeClosed(1, 20).forEach(device -> tell(new RotPublicUid(device)));
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void a_slow_receiver_holds_nobody_back_and_no_more_is_under_way_than_allowed() {
        createWebhook("slow");
        createWebhook("quick");
        start(_ -> TAKEN, message -> isTo(message, "slow") ? Duration.ofSeconds(9) : Duration.ofMillis(10));
        IntStream.rangeClosed(1, 20).forEach(device -> tell(new RotPublicUid(device)));
        time.runFor(Duration.ofSeconds(5));
        assertThat(arrived).hasSize(20).allMatch(line -> line.startsWith("quick"));
        assertThat(mostUnderWay).isEqualTo(SETTINGS.atATime());
        time.runFor(Duration.ofMinutes(5));
        assertThat(arrived).hasSize(40);
    }

    @Test
    void a_webhook_that_is_deleted_gets_nothing_more_not_even_what_waits() {
        createWebhook("w");
        travel = Duration.ofSeconds(5);
        start(_ -> FAILED);
        tell(ONE);
        tell(ONE);
        time.runFor(Duration.ofSeconds(2));
        assertThat(service().delete("home", "w")).isTrue();
        tell(ONE);
        time.runFor(Duration.ofMinutes(5));
        assertThat(tried).hasSize(1);
        assertThat(deadLetters("w")).isEmpty();
        assertThat(pending("w")).isZero();
    }

    @Test
    void a_changed_webhook_gets_what_waits_at_its_new_url() {
        createWebhook("w");
        start(message -> isTo(message, "w") ? FAILED : TAKEN);
        tell(ONE);
        time.runFor(Duration.ofSeconds(1));
        service().update("home", "w", "http://127.0.0.1/new", null, null);
        time.runFor(Duration.ofMinutes(1));
        assertThat(arrived).containsExactly("new 1 1");
    }

    private WebhookService service() {
        return new WebhookService(store, new Targets(List.of()), () -> "id", new SplittableRandom(1));
    }

    private static WebhookService.Place place(long number) {
        return new WebhookService.Place(ONE.toString(), number);
    }

    private ScheduledExecutorService start(Function<Message, Answer> receiver) {
        return start(receiver, _ -> travel);
    }

    /** Starts a process whose messages take a time to arrive; the receiver answers when they do. */
    private ScheduledExecutorService start(Function<Message, Answer> receiver, Function<Message, Duration> travelling) {
        ScheduledExecutorService executor = time.executor("process");
        ScheduledExecutorService network = time.executor("network");
        Sender sender = message -> {
            tried.add(Duration.between(START, time.instant()).toMillis() / 1000.0 + " " + describe(message));
            underWay++;
            mostUnderWay = Math.max(mostUnderWay, underWay);
            var answer = new CompletableFuture<Answer>();
            var _ = network.schedule(
                    () -> {
                        underWay--;
                        Answer given = receiver.apply(message);
                        if (given instanceof Answer.Taken) {
                            arrived.add(describe(message));
                        }
                        answer.complete(given);
                    },
                    travelling.apply(message).toMillis(),
                    TimeUnit.MILLISECONDS);
            return answer;
        };
        new Deliveries(store, time, executor, sender, new SplittableRandom(20_261_124), SETTINGS).start();
        return executor;
    }

    private void createWebhook(String name) {
        save(new Webhook(name, "home", "http://127.0.0.1/" + name, "secret", List.of(Notification.Kind.values())));
    }

    private void save(Webhook webhook) {
        store.write(tx -> {
                    tx.events().save(webhook);
                    return true;
                })
                .join();
    }

    private void tell(RotPublicUid device) {
        tell("home", device, Notification.Kind.CERTIFICATE_RENEWED);
    }

    private void tell(@Nullable String domain, RotPublicUid device, Notification.Kind kind) {
        store.write(tx -> {
                    Outbox.tell(tx, notification(domain, device, kind));
                    return true;
                })
                .join();
    }

    private Notification notification(@Nullable String domain, RotPublicUid device, Notification.Kind kind) {
        return new Notification(domain, device, kind, "2a", time.instant());
    }

    private long pending(String webhook) {
        return store.read(view -> view.events().pendingDeliveries(webhook));
    }

    private List<DeadLetter> deadLetters(String webhook) {
        return store.read(view -> view.events().deadLetters(webhook, "", 0, 99));
    }

    private static JsonNode body(Message message) {
        return JsonMapper.shared().readTree(new String(message.body().toArray(), StandardCharsets.UTF_8));
    }

    private static String describe(Message message) {
        String to = message.url().isEmpty()
                ? body(message).get("WebhookID").asString()
                : message.url().substring(message.url().lastIndexOf('/') + 1);
        RotPublicUid device =
                RotPublicUid.parse(body(message).get("RoTPublicUID").asString());
        return to + " " + Long.parseLong(device.toString(), 16) + " "
                + body(message).get("SequenceNumber").asLong();
    }

    private static boolean isTo(Message message, String webhook) {
        return message.url().endsWith("/" + webhook);
    }

    private static boolean isOf(Message message, RotPublicUid device) {
        return body(message).get("RoTPublicUID").asString().equals(device.toString());
    }

    private static boolean isNumber(Message message, long number) {
        return body(message).get("SequenceNumber").asLong() == number;
    }
}
