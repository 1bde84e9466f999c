package dev.rootbeat.conformance.world;

import dev.rootbeat.server.event.Message;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import dev.rootbeat.server.store.EventView;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens to devices is told to the webhooks of its domain: at least once, numbered from 1 without gaps, in order
 * per device, signed, and as it was; a dead letter does not block what comes after it (requirements, section 8).
 */
final class WebhookPromises implements StorePromises, Receivers.Listener {

    private record Line(String webhook, String source) {}

    private record Numbered(long number, Notification notification) {}

    /** What has just happened is on its way: a server looks for it now and then. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Supplier<Store> store;
    private final InstantSource serverClock;
    private final Consumer<String> broken;
    private int seen;

    /** How many events each source has had. */
    private final Map<String, Long> counts = new LinkedHashMap<>();

    private final Map<String, List<Numbered>> withoutDomain = new LinkedHashMap<>();

    /** What no receiver has taken yet, and the highest number that one has. */
    private final Map<Line, NavigableMap<Long, Notification>> owed = new LinkedHashMap<>();

    private final Map<Line, Long> taken = new LinkedHashMap<>();
    private long arrived;

    /**
     * Begins with a server that has told nothing yet.
     *
     * @param store the server's data at any time
     * @param broken takes the promise that does not hold
     */
    WebhookPromises(Supplier<Store> store, InstantSource serverClock, Consumer<String> broken) {
        this.store = store;
        this.serverClock = serverClock;
        this.broken = broken;
    }

    @Override
    public WebhookPromises copy() {
        var copy = new WebhookPromises(store, serverClock, broken);
        copy.seen = seen;
        copy.counts.putAll(counts);
        withoutDomain.forEach((source, events) -> copy.withoutDomain.put(source, new ArrayList<>(events)));
        owed.forEach((line, events) -> copy.owed.put(line, new TreeMap<>(events)));
        copy.taken.putAll(taken);
        copy.arrived = arrived;
        return copy;
    }

    /** How many messages have arrived at receivers. */
    long arrived() {
        return arrived;
    }

    @Override
    public void written(View view) {
        List<Notification> notifications = view.notifications();
        for (; seen < notifications.size(); seen++) {
            Notification notification = notifications.get(seen);
            String source = notification.source();
            var event = new Numbered(counts.merge(source, 1L, Long::sum), notification);
            if (notification.domain() == null) {
                withoutDomain.computeIfAbsent(source, _ -> new ArrayList<>()).add(event);
                continue;
            }
            List<Webhook> webhooks = view.events().webhooks(notification.domain());
            // Whoever claims a device is told what came before.
            Objects.requireNonNullElse(withoutDomain.remove(source), List.<Numbered>of())
                    .forEach(early -> owe(webhooks, early));
            owe(webhooks, event);
        }
    }

    private void owe(List<Webhook> webhooks, Numbered event) {
        Notification notification = event.notification;
        for (Webhook webhook : webhooks) {
            if (webhook.kinds().contains(notification.kind())) {
                owed.computeIfAbsent(new Line(webhook.id(), notification.source()), _ -> new TreeMap<>())
                        .put(event.number, notification);
            }
        }
    }

    private static String text(Notification notification) {
        return notification.kind() + " " + Objects.requireNonNullElse(notification.subject(), "") + " "
                + notification.at();
    }

    /** The webhook is gone, with all that it was owed. */
    void deleted(String webhook) {
        owed.keySet().removeIf(line -> line.webhook.equals(webhook));
    }

    @Override
    public void got(Message message, boolean takes) {
        arrived++;
        if (!Receivers.isGenuine(message)) {
            broken.accept("a message to a webhook is not signed as it should be");
        }
        JsonNode body = JsonMapper.shared().readTree(message.body().toArray());
        var line = line(body);
        long number = body.path("SequenceNumber").asLong();
        NavigableMap<Long, Notification> waiting = owed.getOrDefault(line, new TreeMap<>());
        String text = body.path("Event").asString() + " " + body.path("Subject").asString("") + " "
                + body.path("At").asString();
        boolean again = number <= taken.getOrDefault(line, 0L) && !waiting.containsKey(number);
        Notification expected = waiting.get(number);
        if (!again && (expected == null || !text.equals(text(expected)))) {
            broken.accept(line.source + ": a webhook is told \"" + text + "\" as number " + number + ", and is owed "
                    + waiting);
        }
        if (!again) {
            requireDead(line, waiting.headMap(number, false), "was told after number " + number);
        }
        if (takes) {
            waiting.remove(number);
            taken.merge(line, number, Math::max);
        }
    }

    private Line line(JsonNode body) {
        String webhook = body.path("WebhookID").asString();
        String source = body.path("RoTPublicUID").asString("");
        return new Line(
                webhook,
                source.isEmpty()
                        ? store.get()
                                .read(view -> view.events().webhook(webhook))
                                .map(Webhook::domain)
                                .orElse("")
                        : source);
    }

    /** Only what is in the list of dead letters may be passed over. */
    private void requireDead(Line line, NavigableMap<Long, Notification> passedOver, String problem) {
        if (!passedOver.isEmpty()) {
            store.get().read(view -> {
                requireDead(view.events(), line, passedOver, problem);
                return true;
            });
        }
    }

    private void requireDead(EventView events, Line line, NavigableMap<Long, Notification> passedOver, String problem) {
        passedOver.forEach((number, notification) -> {
            if (events.deadLetter(line.webhook, line.source, number).isEmpty()) {
                broken.accept(line.source + ": number " + number + " to a webhook, \"" + text(notification) + "\", "
                        + problem);
            }
        });
    }

    @Override
    public void end(View view) {
        Instant late = serverClock.instant().minus(PATIENCE);
        owed.forEach((line, waiting) -> {
            var overdue = new TreeMap<>(waiting);
            overdue.values().removeIf(notification -> notification.at().isAfter(late));
            requireDead(view.events(), line, overdue, "was never told");
        });
    }
}
