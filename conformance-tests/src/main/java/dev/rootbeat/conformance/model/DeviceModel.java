package dev.rootbeat.conformance.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What must be true of one device, from what was seen of it. */
public final class DeviceModel {

    /** So many requests are in the air at most, with their repetitions. */
    private static final int KEPT = 8;

    private record Sent(Request request, Counter counter) {}

    /** The counters of the last heartbeats that reached the server in their turn. */
    private final Deque<Counter> arrived = new ArrayDeque<>();

    private final Set<Bytes> used = new LinkedHashSet<>();
    private @Nullable Counter last;
    private @Nullable Instant lastAt;
    private @Nullable Counter sent;
    private @Nullable Counter unsent;

    private final Deque<Sent> requests = new ArrayDeque<>();
    private @Nullable Instant answeredAt;
    private @Nullable Instant heardAt;
    private @Nullable Instant resultsAt;
    private boolean wasSealed;
    private boolean sealed;
    private boolean deleteAsked;
    private int acceptedHeartbeats;

    /** A request under the device's name is on its way: what the device has just said, or something of somebody else. */
    public void sent(Request request) {
        if (unsent != null) {
            requests.addLast(new Sent(request, unsent));
            unsent = null;
            if (requests.size() > KEPT) {
                requests.removeFirst();
            }
        }
    }

    /** The counter of one of the last requests; nothing of others. To read the message again would take long. */
    public Optional<Counter> counterOf(Request request) {
        return requests.reversed().stream()
                .filter(one -> one.request.equals(request))
                .map(Sent::counter)
                .findFirst();
    }

    /** A heartbeat has reached the server. */
    public void arrives(Counter counter) {
        if (last == null || counter.compareTo(last) >= 0) {
            arrived.addLast(counter);
            if (arrived.size() > KEPT) {
                arrived.removeFirst();
            }
        }
    }

    /**
     * The server accepted a heartbeat.
     *
     * @return what is wrong with that: it came within the guard interval (promise 5), or when a later one had been accepted
     */
    public Optional<String> accepted(Counter counter, Instant at, Duration guard) {
        if (last != null && counter.compareTo(last) <= 0) {
            // One that came in its turn may have waited for a certificate while others came.
            return counter.equals(last) || arrived.contains(counter)
                    ? Optional.empty()
                    : Optional.of("heartbeat " + counter + " was accepted after heartbeat " + last);
        }
        boolean tooEarly = sealed && lastAt != null && !at.isBefore(lastAt) && at.isBefore(lastAt.plus(guard));
        last = counter;
        lastAt = at;
        acceptedHeartbeats++;
        return tooEarly
                ? Optional.of("heartbeat " + counter + " was accepted within the guard interval (promise 5)")
                : Optional.empty();
    }

    /** The server accepted results: the last ones of provisioning begin the guard interval. */
    public void resultsAccepted(Instant at) {
        resultsAt = at;
    }

    /**
     * The server told the device to come later.
     *
     * @return what is wrong with that: nothing was accepted for so long as the guard interval
     */
    public Optional<String> refused(Counter counter, Instant at, Duration guard) {
        boolean inOrder = last != null && counter.compareTo(last) > 0;
        return inOrder && isOver(lastAt, at, guard) && (resultsAt == null || isOver(resultsAt, at, guard))
                ? Optional.of("heartbeat " + counter + " was refused after the guard interval")
                : Optional.empty();
    }

    private static boolean isOver(@Nullable Instant since, Instant at, Duration span) {
        return since != null && !at.isBefore(since.plus(span));
    }

    /**
     * The device sends a heartbeat.
     *
     * @return what is wrong with that: the last reply reached it within the guard interval, and it was not off since
     */
    public Optional<String> sends(Counter counter, Instant at, Duration guard) {
        if (sent == null || sent.boot() != counter.boot()) {
            answeredAt = null; // what it heard before it was off it need not know
        }
        boolean tooEarly =
                !counter.equals(sent) && wasSealed && answeredAt != null && at.isBefore(answeredAt.plus(guard));
        sent = counter;
        unsent = counter;
        return tooEarly
                ? Optional.of("heartbeat " + counter + " was sent within the guard interval")
                : Optional.empty();
    }

    /** An answer to a heartbeat has reached the device. */
    public void answered(Instant at) {
        answeredAt = at;
        wasSealed = sealed;
    }

    /** Something has reached the device. */
    public void heard(Instant at) {
        heardAt = at;
    }

    /**
     * The device's host was told that it is too early to force a heartbeat.
     *
     * @return what is wrong with that: nothing has reached the device for twice the guard interval, jitter included
     */
    public Optional<String> forcedTooEarly(Instant at, Duration guard) {
        return isOver(heardAt, at, guard.multipliedBy(2))
                ? Optional.of("its host may not force a heartbeat after the guard interval")
                : Optional.empty();
    }

    /** The clock of the device was set: it cannot tell how much time has passed. */
    public void clockSet() {
        answeredAt = null;
        heardAt = null;
    }

    /** The server was put back to older data; what it does not remember was never used, except what is in use. */
    public void serverForgets(Predicate<Bytes> known) {
        last = null;
        lastAt = null;
        resultsAt = null;
        used.removeIf(known.negate());
    }

    /** How many heartbeats the server has accepted. */
    public int acceptedHeartbeats() {
        return acceptedHeartbeats;
    }

    /** The server said whether the device is sealed and provisioned. */
    public void sealed(boolean now) {
        sealed |= now;
    }

    /** The device began to use a certificate, by its fingerprint. */
    public void switchedTo(Bytes fingerprint) {
        used.add(fingerprint);
    }

    /** An operator asked for the credential to be deleted; from then on the device may be empty. */
    public void askedToDelete() {
        deleteAsked = true;
    }

    /** Whether the device has ever held a credential. */
    public boolean isProvisioned() {
        return !used.isEmpty();
    }

    /** Whether a delete was asked for. */
    public boolean mayBeEmpty() {
        return deleteAsked;
    }

    /** The fingerprints of all certificates that the device has used, first to last. */
    public Set<Bytes> used() {
        return Collections.unmodifiableSet(used);
    }
}
