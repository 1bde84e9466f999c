package dev.rootbeat.conformance.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a device and a server speak with each other: what a message may not say after those before it (protocol, 2). */
public final class Manners {

    /** The first message of results, and retries. */
    private static final int MAX_RESULTS = 3;

    private final Set<Long> acknowledged = new LinkedHashSet<>();
    private @Nullable Bytes nonce;
    private @Nullable Counter sent;
    private @Nullable Instant silentUntil;
    private boolean settled;
    private boolean showedSeal;
    private int results;
    private Set<Long> reported = Set.of();

    /** The device sends a heartbeat; returns what is wrong with it. */
    public Optional<String> sends(Heartbeat heartbeat, String product, Instant now) {
        if (sent == null || sent.boot() != heartbeat.counter().boot()) {
            silentUntil = null; // what it heard before it was off it need not know
            acknowledged.clear();
        }
        sent = heartbeat.counter();
        results = 0;
        reported = heartbeat.results().stream().map(Result::id).collect(Collectors.toSet());
        Optional<String> problem = problem(heartbeat, product, now);
        nonce = heartbeat.nonce();
        showedSeal |= heartbeat.seal() != null;
        settled |= showedSeal && heartbeat.reason().compareTo(Reason.PROVISION) > 0;
        return problem.map(what -> "heartbeat " + heartbeat.counter() + " " + what);
    }

    private Optional<String> problem(Heartbeat heartbeat, String product, Instant now) {
        if (heartbeat.nonce().equals(nonce)) {
            return Optional.of("has the nonce of the one before");
        }
        if (!heartbeat.product().equals(product)) {
            return Optional.of("is of another product");
        }
        if (settled && heartbeat.seal() == null) {
            return Optional.of("does not name profile and serial number");
        }
        if (settled && heartbeat.reason().compareTo(Reason.PROVISION) <= 0) {
            return Optional.of("is for " + heartbeat.reason() + " of a device that was sealed");
        }
        if (silentUntil != null && settled && now.isBefore(silentUntil)) {
            return Optional.of("was sent within Max-Age");
        }
        return heartbeat.results().stream().map(Result::id).anyMatch(acknowledged::contains)
                ? Optional.of("has results that were acknowledged")
                : Optional.empty();
    }

    /** The server answers a heartbeat; returns what is wrong with that. */
    public Optional<String> answers(Counter counter, Reply reply) {
        return counter.equals(sent) && !reply.acknowledged().containsAll(reported)
                ? Optional.of("the reply to heartbeat " + counter + " does not acknowledge its results")
                : Optional.empty();
    }

    /** The device sends results; returns what is wrong with that. */
    public Optional<String> sendsResults() {
        results++;
        return results > MAX_RESULTS ? Optional.of("results are sent " + results + " times") : Optional.empty();
    }

    /** The device has understood a reply. */
    public void heard(Reply reply) {
        silentUntil = null;
        acknowledged.addAll(reply.acknowledged());
    }

    /** The device was told to wait. */
    public void toldToWait(Instant now, Duration maxAge) {
        silentUntil = now.plus(maxAge);
    }

    /** The clock of the device was set, or the server is another one: nobody can tell what they remember. */
    public void forget() {
        silentUntil = null;
        settled = false;
        showedSeal = false;
    }
}
