package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.ManagedSlot.Order;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.platform.Platforms;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers devices: heartbeats, and the results of commands (protocol, section 2). What it accepts is durable before its
 * answer leaves; what flood protection turns away costs no write.
 */
public final class HeartbeatService implements RequestHandler {

    /** How many messages of results one heartbeat may have: the first, and two retries whose answers were lost. */
    static final int MAX_RESULTS_PER_HEARTBEAT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatService.class);

    private final Store store;
    private final InstantSource clock;
    private final HeartbeatPolicy policy;
    private final FloodGate gate;
    private final Sealing sealing;
    private final Reports reports;
    private final AutomaticRenewal automaticRenewal;
    private final Orders orders;
    private final Replies replies;
    private final Platforms platforms;
    private final Behaviour behaviour;

    /** Assembles the service; everything that it does follows from these. */
    public HeartbeatService(
            Store store,
            InstantSource clock,
            HeartbeatPolicy policy,
            Certification certification,
            Platforms platforms,
            Behaviour behaviour) {
        this.store = store;
        this.clock = clock;
        this.policy = policy;
        this.gate = new FloodGate(policy.guard());
        this.sealing = new Sealing(certification.ids());
        this.reports = new Reports(certification, platforms);
        this.automaticRenewal = new AutomaticRenewal(certification.ids());
        this.orders = new Orders(certification, platforms);
        this.replies = new Replies(policy, behaviour);
        this.platforms = platforms;
        this.behaviour = behaviour;
    }

    @Override
    public void handle(RotPublicUid peer, Request request, Consumer<Response> answer) {
        if (request.payload().size() > Request.MAX_PAYLOAD) {
            answer.accept(Response.error(Code.TOO_LARGE, "more than " + Request.MAX_PAYLOAD + " octets"));
            return;
        }
        switch (request.path()) {
            case Request.HEARTBEAT -> heartbeat(peer, request.payload(), answer);
            case Request.RESULTS -> results(peer, request.payload(), answer);
            default -> answer.accept(Response.error(Code.NOT_FOUND, "no such resource"));
        }
    }

    private void heartbeat(RotPublicUid peer, Bytes body, Consumer<Response> answer) {
        switch (Codec.decodeHeartbeat(body)) {
            case Decoded.Malformed<Heartbeat> malformed ->
                answer.accept(Response.error(Code.BAD_REQUEST, malformed.diagnostic()));
            case Decoded.Message<Heartbeat>(Heartbeat sent) -> {
                Heartbeat heartbeat = behaviour.heartbeat(peer, sent);
                Bytes digest = body.sha256();
                settle(acceptAndRegister(peer, heartbeat, digest), answer);
            }
        }
    }

    private void results(RotPublicUid peer, Bytes body, Consumer<Response> answer) {
        switch (Codec.decodeResults(body)) {
            case Decoded.Malformed<Results> malformed ->
                answer.accept(Response.error(Code.BAD_REQUEST, malformed.diagnostic()));
            case Decoded.Message<Results>(Results sent) -> {
                Results results = behaviour.results(peer, sent);
                settle(
                        store.write(tx -> accept(tx, peer, results))
                                .thenCompose(turn -> registered(turn).thenApply(_ -> turn.response())),
                        answer);
            }
        }
    }

    /** Until its platforms know a certificate, the answer is one without it, and the next heartbeat tries again. */
    private CompletableFuture<Response> acceptAndRegister(RotPublicUid peer, Heartbeat heartbeat, Bytes digest) {
        return store.write(tx -> accept(tx, peer, heartbeat, digest))
                .thenCompose(turn -> registered(turn)
                        .thenCompose(known -> known
                                ? store.write(tx -> handOut(tx, peer, heartbeat, digest, turn))
                                : CompletableFuture.completedFuture(turn.response())));
    }

    private static void settle(CompletableFuture<Response> written, Consumer<Response> answer) {
        var _ = written.whenComplete((response, failure) -> {
            if (failure != null) {
                LOG.error("a heartbeat could not be stored", failure);
                answer.accept(Response.error(Code.INTERNAL_ERROR, "the server failed"));
            } else {
                answer.accept(response);
            }
        });
    }

    /**
     * What became of a message that was let through.
     *
     * @param response the answer, as long as nothing is to be registered
     * @param unregistered what shall be registered before anything is handed out; null if nothing is
     */
    private record Turn(Response response, @Nullable Unregistered unregistered) {}

    /** Whether something was to be registered, and all its platforms know it now. */
    private CompletableFuture<Boolean> registered(Turn turn) {
        Unregistered waiting = turn.unregistered();
        return waiting == null
                ? CompletableFuture.completedFuture(false)
                : platforms.register(waiting.platforms(), waiting.certificate());
    }

    /** Judges a heartbeat; what is turned away changes nothing. */
    private Turn accept(Transaction tx, RotPublicUid peer, Heartbeat heartbeat, Bytes digest) {
        var visit = new Visit(tx, tx.device(peer).orElse(Device.unknown(peer)), clock.instant());
        Device device = visit.device();
        return switch (gate.judge(device, heartbeat.counter(), digest, visit.isProvisioning(), visit.now())) {
            case FloodGate.Verdict.Accept(int attempts) ->
                Optional.ofNullable(heartbeat.seal())
                        .flatMap(seal -> Sealing.problem(tx, device, seal))
                        .map(problem -> turnedAway(Response.error(Code.FORBIDDEN, problem)))
                        .orElseGet(() -> visited(visit, heartbeat, digest, attempts));
            // Whatever seal the clone shows.
            case FloodGate.Verdict.Clone(String why) -> {
                visit.update(device.frozen(why));
                visit.tell(Notification.Kind.CLONE_SUSPECTED, why);
                visit.save();
                yield turnedAway(forbidden(why));
            }
            // What could not be handed out the first time can perhaps be now.
            case FloodGate.Verdict.Repeat(Bytes reply) ->
                waiting(visit)
                        .map(certificate -> visit.toRegister(certificate, platforms)
                                ? new Turn(Response.changed(reply), visit.unregistered())
                                : new Turn(handOut(visit, heartbeat, certificate), null))
                        .orElseGet(() -> turnedAway(Response.changed(reply)));
            case FloodGate.Verdict.Wait(Duration maxAge) ->
                turnedAway(Response.retryAfter(Code.TOO_MANY_REQUESTS, maxAge, "too early"));
            case FloodGate.Verdict.Frozen(String why) -> turnedAway(forbidden(why));
        };
    }

    private static Turn turnedAway(Response response) {
        return new Turn(response, null);
    }

    private static Response forbidden(String why) {
        return Response.error(Code.FORBIDDEN, "the device is frozen: " + why);
    }

    private Turn visited(Visit visit, Heartbeat heartbeat, Bytes digest, int attempts) {
        if (visit.device().last() == null && visit.device().product().isEmpty()) {
            visit.tell(Notification.Kind.DEVICE_BOOTSTRAPPED, null);
        }
        visit.update(visit.device().after(null, attempts).reporting(heartbeat.product(), heartbeat.firmware()));
        if (heartbeat.seal() != null) {
            sealing.seal(visit, heartbeat.seal());
        }
        reports.results(visit, heartbeat.results());
        heartbeat.slots().stream()
                .filter(slot -> slot.slot() == SlotReport.MANAGED)
                .forEach(slot -> reports.slot(visit, slot));
        List<Command> commands = List.of();
        if (visit.device().standing() == Device.Standing.ACTIVATED) {
            automaticRenewal.startIfDue(visit);
            commands = orders.round(visit, Comparison.decide(visit), null);
        }
        boolean moreToCome = !commands.isEmpty() || visit.unregistered() != null;
        Bytes reply = replies.reply(visit, heartbeat.results(), commands, moreToCome);
        var exchange = new Device.Exchange(heartbeat.counter(), digest, visit.now(), reply, 0);
        visit.update(visit.device().after(exchange, visit.device().attempts()));
        policy.planLimit().enforce(visit);
        visit.save();
        return new Turn(Response.changed(reply), visit.unregistered());
    }

    /**
     * The second half of a heartbeat: its certificate is registered now. If the same heartbeat has reached two servers,
     * the second one finds that the first has handed it out.
     */
    private Response handOut(Transaction tx, RotPublicUid peer, Heartbeat heartbeat, Bytes digest, Turn turn) {
        var visit = new Visit(tx, tx.device(peer).orElseThrow(), clock.instant());
        Device.Exchange last = visit.device().last();
        if (visit.device().frozen() != null || last == null || !last.digest().equals(digest)) {
            return turn.response(); // another heartbeat has come meanwhile
        }
        Bytes registered =
                Objects.requireNonNull(turn.unregistered()).certificate().fingerprint();
        Optional<IssuedCertificate> waiting =
                waiting(visit).filter(certificate -> certificate.fingerprint().equals(registered));
        if (waiting.isEmpty()) {
            return Response.changed(last.reply()); // what is wanted has changed meanwhile
        }
        return handOut(visit, heartbeat, waiting.get());
    }

    /** Hands a certificate out in the reply to the last accepted heartbeat, which had none. */
    private Response handOut(Visit visit, Heartbeat heartbeat, IssuedCertificate registered) {
        List<Command> commands = orders.round(visit, new Decision.Resend(registered), registered.fingerprint());
        Bytes reply = replies.reply(visit, heartbeat.results(), commands, true);
        Device.Exchange last = Objects.requireNonNull(visit.device().last());
        var exchange = new Device.Exchange(last.counter(), last.digest(), last.at(), reply, last.resultsTaken());
        visit.update(visit.device().after(exchange, visit.device().attempts()));
        visit.save();
        return Response.changed(reply);
    }

    /** The certificate that is wanted, signed, and was not handed out: until now its platforms did not know it. */
    private static Optional<IssuedCertificate> waiting(Visit visit) {
        return Comparison.decide(visit) instanceof Decision.Resend(IssuedCertificate certificate)
                        && !Orders.wasHandedOut(visit.slot(), certificate)
                ? Optional.of(certificate)
                : Optional.empty();
    }

    private Turn accept(Transaction tx, RotPublicUid peer, Results results) {
        Device device = tx.device(peer).orElse(Device.unknown(peer));
        if (device.frozen() != null) {
            return turnedAway(forbidden(device.frozen()));
        }
        Device.Exchange last = device.last();
        if (last == null || !isOutstanding(device, last, results)) {
            return turnedAway(Response.retryAfter(
                    Code.TOO_MANY_REQUESTS, Replies.wholeSeconds(policy.guard()), "nothing is outstanding"));
        }
        var visit = new Visit(tx, device, clock.instant());
        boolean provisioningBefore = visit.isProvisioning();
        reports.results(visit, results.results());
        // The last exchange of provisioning starts the guard interval.
        Instant at = provisioningBefore && !visit.isProvisioning() ? visit.now() : last.at();
        var exchange = new Device.Exchange(last.counter(), last.digest(), at, last.reply(), last.resultsTaken() + 1);
        visit.update(visit.device().after(exchange, visit.device().attempts()));
        policy.planLimit().enforce(visit);
        visit.save();
        Bytes reply =
                replies.reply(visit, results.results(), List.of(), !visit.open().isEmpty());
        return new Turn(Response.changed(reply), visit.unregistered());
    }

    private static boolean isOutstanding(Device device, Device.Exchange last, Results results) {
        Order order = device.managed().order();
        return last.counter().equals(results.counter())
                && last.resultsTaken() < MAX_RESULTS_PER_HEARTBEAT
                && order != null
                && results.results().stream().anyMatch(result -> result.id() == order.id());
    }
}
