package dev.rootbeat.server.event;

import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import dev.rootbeat.server.store.EventTransaction;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.View;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Creates, changes and shows the webhooks of domains (requirements, section 8). */
public final class WebhookService {

    /** As long as what the signature is cut to; more would not make it stronger. */
    private static final int SECRET_OCTETS = 32;

    private final Store store;
    private final Targets targets;
    private final Supplier<String> ids;
    private final RandomGenerator random;

    /**
     * Assembles the service.
     *
     * @param targets where webhooks may lead
     * @param ids draws the ids of webhooks
     * @param random draws secrets
     */
    public WebhookService(Store store, Targets targets, Supplier<String> ids, RandomGenerator random) {
        this.store = store;
        this.targets = targets;
        this.ids = ids;
        this.random = random;
    }

    /** What became of a call. */
    public sealed interface Outcome {

        /** The webhook as it is now. */
        record Done(Webhook webhook) implements Outcome {}

        /** The domain has {@value Webhook#MAX_PER_DOMAIN} already. */
        record TooMany() implements Outcome {}

        /** The domain has no such webhook. */
        record Unknown() implements Outcome {}

        /**
         * No webhook may lead there.
         *
         * @param reason a predicate for the URL
         */
        record BadUrl(String reason) implements Outcome {}
    }

    /**
     * Where a dead letter is in its webhook's list.
     *
     * @param source whose event it is
     * @param number the number of the event
     */
    public record Place(String source, long number) {}

    /**
     * Creates a webhook. It is told what happens from now on.
     *
     * @param secret the key of its signatures; null to have one made
     */
    public Outcome create(String domain, String url, Collection<Notification.Kind> kinds, @Nullable String secret) {
        Optional<String> problem = targets.problem(url);
        if (problem.isPresent()) {
            return new Outcome.BadUrl(problem.get());
        }
        var webhook = new Webhook(ids.get(), domain, url, secret == null ? drawSecret() : secret, inOrder(kinds));
        return store.<Outcome>write(tx -> {
                    if (tx.events().webhooks(domain).size() >= Webhook.MAX_PER_DOMAIN) {
                        return new Outcome.TooMany();
                    }
                    tx.events().save(webhook);
                    return new Outcome.Done(webhook);
                })
                .join();
    }

    /** Changes a webhook; what is null stays. What waits for it is delivered as it is then. */
    public Outcome update(
            String domain,
            String id,
            @Nullable String url,
            @Nullable Collection<Notification.Kind> kinds,
            @Nullable String secret) {
        Optional<String> problem = url == null ? Optional.empty() : targets.problem(url);
        if (problem.isPresent()) {
            return new Outcome.BadUrl(problem.get());
        }
        return store.<Outcome>write(tx -> {
                    Optional<Webhook> found = find(tx, domain, id);
                    if (found.isEmpty()) {
                        return new Outcome.Unknown();
                    }
                    Webhook present = found.get();
                    var changed = new Webhook(
                            id,
                            domain,
                            Objects.requireNonNullElse(url, present.url()),
                            Objects.requireNonNullElse(secret, present.secret()),
                            kinds == null ? present.kinds() : inOrder(kinds));
                    tx.events().save(changed);
                    return new Outcome.Done(changed);
                })
                .join();
    }

    /** Deletes a webhook and everything that it is owed; returns whether the domain had it. */
    public boolean delete(String domain, String id) {
        return store.write(tx -> {
                    boolean found = find(tx, domain, id).isPresent();
                    if (found) {
                        tx.events().deleteWebhook(id);
                    }
                    return found;
                })
                .join();
    }

    /** A domain's webhooks, oldest first. */
    public List<Webhook> list(String domain) {
        return store.read(view -> view.events().webhooks(domain));
    }

    /**
     * A webhook's dead letters, by their place; nothing if the domain has no such webhook.
     *
     * @param after the last one that is not wanted any more; null for the first ones
     * @param limit how many at most
     */
    public Optional<List<DeadLetter>> deadLetters(String domain, String id, @Nullable Place after, int limit) {
        String source = after == null ? "" : after.source();
        long number = after == null ? 0 : after.number();
        return store.read(view ->
                find(view, domain, id).map(webhook -> view.events().deadLetters(webhook.id(), source, number, limit)));
    }

    /**
     * Has dead letters delivered again, each before all later events of its source.
     *
     * @return for each place whether there was a dead letter; all false if the domain has no such webhook
     */
    public List<Boolean> redeliver(String domain, String id, List<Place> places) {
        return store.write(tx -> {
                    boolean found = find(tx, domain, id).isPresent();
                    return places.stream()
                            .map(place -> found && redeliver(tx.events(), id, place))
                            .toList();
                })
                .join();
    }

    private static boolean redeliver(EventTransaction events, String id, Place place) {
        Optional<DeadLetter> letter = events.deadLetter(id, place.source(), place.number());
        letter.ifPresent(dead -> {
            events.enqueue(dead.delivery().anew());
            events.remove(dead);
        });
        return letter.isPresent();
    }

    private static Optional<Webhook> find(View view, String domain, String id) {
        return view.events().webhook(id).filter(webhook -> webhook.domain().equals(domain));
    }

    private static List<Notification.Kind> inOrder(Collection<Notification.Kind> kinds) {
        return Arrays.stream(Notification.Kind.values()).filter(kinds::contains).toList();
    }

    private String drawSecret() {
        byte[] octets = new byte[SECRET_OCTETS];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}
