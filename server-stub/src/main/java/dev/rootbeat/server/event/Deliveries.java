package dev.rootbeat.server.event;

import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.DeliveryLine;
import dev.rootbeat.server.model.Webhook;
import dev.rootbeat.server.store.EventTransaction;
import dev.rootbeat.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what webhooks are owed, at least once, and in order per device and webhook: the next event of a device is
 * tried when the one before it has arrived or is a dead letter. A delivery is leased in a transaction before it is sent,
 * so several processes share the work, and what a process that died had under way is tried again.
 */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private record Lease(Webhook webhook, DeliveryLine line, Delivery delivery) {}

    private final Store store;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final Sender sender;
    private final RandomGenerator random;
    private final DeliverySettings settings;

    /** How many deliveries to each webhook are under way; guarded by this. */
    private final Map<String, Integer> underWay = new HashMap<>();

    /**
     * Assembles the deliveries; nothing is sent before {@link #start}. They end with the executor.
     *
     * @param clock the time of receivers, not the fast one of certificates
     * @param random for the jitter of pauses
     */
    public Deliveries(
            Store store,
            InstantSource clock,
            ScheduledExecutorService executor,
            Sender sender,
            RandomGenerator random,
            DeliverySettings settings) {
        this.store = store;
        this.clock = clock;
        this.executor = executor;
        this.sender = sender;
        this.random = random;
        this.settings = settings;
    }

    /** Delivers what is due, and goes on until the executor is shut down. */
    public void start() {
        executor.execute(this::lookAgainAndAgain);
    }

    private void lookAgainAndAgain() {
        look();
        if (!executor.isShutdown()) {
            var _ = executor.schedule(this::lookAgainAndAgain, settings.look().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        try {
            leaseWhatIsDue().forEach(this::send);
        } catch (RuntimeException e) {
            complain("webhooks: what is due cannot be read", e);
        }
    }

    /** Only what is due costs a write. */
    private synchronized List<Lease> leaseWhatIsDue() {
        Instant now = clock.instant();
        Map<Webhook, Integer> room = room(store.read(view -> view.events().webhooksWithDueLines(now)));
        if (room.isEmpty()) {
            return List.of();
        }
        List<Lease> leases = store.write(tx -> {
                    var taken = new ArrayList<Lease>();
                    room.forEach((webhook, lines) -> lease(tx.events(), webhook, lines, now, taken));
                    return taken;
                })
                .join();
        leases.forEach(lease -> underWay.merge(lease.webhook().id(), 1, Integer::sum));
        return leases;
    }

    /** How many more deliveries each webhook may have under way; those that have fewest come first. */
    private Map<Webhook, Integer> room(List<Webhook> webhooks) {
        int left = settings.atATime()
                - underWay.values().stream().mapToInt(Integer::intValue).sum();
        var room = new LinkedHashMap<Webhook, Integer>();
        List<Webhook> fewestFirst = webhooks.stream()
                .sorted(Comparator.comparingInt(webhook -> underWay.getOrDefault(webhook.id(), 0)))
                .toList();
        for (Webhook webhook : fewestFirst) {
            int ofWebhook = Math.min(left, settings.perWebhook() - underWay.getOrDefault(webhook.id(), 0));
            if (ofWebhook > 0) {
                room.put(webhook, ofWebhook);
                left -= ofWebhook;
            }
        }
        return room;
    }

    private void lease(EventTransaction events, Webhook webhook, int lines, Instant now, List<Lease> taken) {
        for (DeliveryLine line : events.dueLines(webhook.id(), now, lines)) {
            DeliveryLine leased = line.leased(now.plus(settings.lease()));
            if (events.replace(line, leased)) {
                // Read only now: nobody adds to a line that this transaction has changed.
                Optional<Delivery> first = events.firstDelivery(leased);
                if (first.isPresent()) {
                    taken.add(new Lease(webhook, leased, first.get()));
                } else {
                    events.replace(leased, leased.due(null));
                }
            }
        }
    }

    private void send(Lease lease) {
        var _ = sender.send(Message.of(lease.webhook(), lease.delivery(), clock.instant()))
                .exceptionally(e -> new Sender.Answer.Failed("the sender failed: " + e.getMessage()))
                .thenAcceptAsync(answer -> settle(lease, answer), executor);
    }

    private void settle(Lease lease, Sender.Answer answer) {
        LOG.atDebug()
                .addKeyValue("webhook", lease.webhook().id())
                .addKeyValue("event", lease.delivery().event().number())
                .addKeyValue("tries", lease.delivery().tries() + 1)
                .addKeyValue("answer", answer)
                .log("a webhook was told");
        Instant now = clock.instant();
        Duration pause = withJitter(settings.pause(lease.delivery().tries() + 1));
        try {
            store.write(tx -> {
                        settle(tx.events(), lease, answer, now, pause);
                        return true;
                    })
                    .join();
        } catch (RuntimeException e) {
            complain("webhooks: a delivery was made and not noted, and will be made again", e);
        }
        synchronized (this) {
            underWay.merge(lease.webhook().id(), -1, (count, one) -> count > 1 ? count + one : null);
        }
        look();
    }

    private void settle(EventTransaction events, Lease lease, Sender.Answer answer, Instant now, Duration pause) {
        DeliveryLine line = lease.line();
        Delivery delivery = lease.delivery();
        if (!events.replace(line, line.due(Instant.EPOCH))) {
            return; // The webhook was deleted, or the lease ended and somebody else tries it.
        }
        switch (answer) {
            case Sender.Answer.Taken _ -> events.remove(delivery);
            case Sender.Answer.Failed(String reason) -> {
                Delivery failed = delivery.failedOnceMore();
                if (failed.tries() < settings.maxTries()) {
                    events.save(failed);
                    events.replace(line, line.due(now.plus(pause)));
                } else {
                    events.remove(delivery);
                    events.save(new DeadLetter(failed, reason, now));
                }
            }
        }
        if (events.firstDelivery(line).isEmpty()) {
            events.replace(line, line.due(null));
        }
    }

    /** Half of a pause is random, so that what failed together does not come back together. */
    private Duration withJitter(Duration pause) {
        long half = pause.toNanos() / 2;
        return pause.minusNanos(half > 0 ? random.nextLong(half) : 0);
    }

    private void complain(String what, RuntimeException e) {
        if (!executor.isShutdown()) {
            LOG.error(what, e);
        }
    }
}
