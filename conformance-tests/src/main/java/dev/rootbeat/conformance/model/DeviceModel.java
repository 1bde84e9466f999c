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

    private final Set<Bytes> used = new LinkedHashSet<>();
    private @Nullable Counter last;
    private @Nullable Instant lastAt;
    private @Nullable Counter sent;

    private final Deque<Sent> requests = new ArrayDeque<>();
    private @Nullable Instant answeredAt;
    private boolean wasSealed;
    private boolean sealed;
    private boolean deleteAsked;
    private int acceptedHeartbeats;

    /** What the device has just said is on its way as this request. */
    public void sent(Request request) {
        if (sent != null) {
            requests.addLast(new Sent(request, sent));
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

    /**
     * The server accepted a heartbeat.
     *
     * @return what is wrong with that: it came within the guard interval (promise 5)
     */
    public Optional<String> accepted(Counter counter, Instant at, Duration guard) {
        if (last != null && counter.compareTo(last) <= 0) {
            return Optional.empty();
        }
        boolean tooEarly = sealed && lastAt != null && !at.isBefore(lastAt) && at.isBefore(lastAt.plus(guard));
        last = counter;
        lastAt = at;
        acceptedHeartbeats++;
        return tooEarly
                ? Optional.of("heartbeat " + counter + " was accepted within the guard interval (promise 5)")
                : Optional.empty();
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
        return tooEarly
                ? Optional.of("heartbeat " + counter + " was sent within the guard interval")
                : Optional.empty();
    }

    /** An answer to a heartbeat has reached the device. */
    public void answered(Instant at) {
        answeredAt = at;
        wasSealed = sealed;
    }

    /** The clock of the device was set: it cannot tell how much time has passed. */
    public void clockSet() {
        answeredAt = null;
    }

    /** The server was put back to older data; what it does not remember was never used, except what is in use. */
    public void serverForgets(Predicate<Bytes> known) {
        last = null;
        lastAt = null;
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
