package dev.rootbeat.conformance.mutant;

import static dev.rootbeat.conformance.mutant.Mutant.server;

import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.device.PlanLimit;
import dev.rootbeat.server.event.Message;
import dev.rootbeat.server.event.Sender;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Servers whose flood protection, admission, platform, sender or randomness is not what it should be. */
final class ServerInside {

    static final List<Mutant> ALL = List.of(
            server(
                    "guard-is-a-minute-short",
                    "protocol 5.5: heartbeats within the guard interval change nothing",
                    "has a guard interval that is a minute too short",
                    guarded(guard -> guard.minusMinutes(1))),
            server(
                    "guard-is-a-minute-long",
                    "requirements 4: Max-Age never exceeds the guard interval",
                    "has a guard interval that is a minute too long",
                    guarded(guard -> guard.plusMinutes(1))),
            server(
                    "counts-refused-heartbeats",
                    "requirements 4: the guard interval begins with an accepted heartbeat",
                    "begins the guard interval anew with every heartbeat that it refuses",
                    ServerInside::countingRefused),
            server(
                    "max-age-is-nothing",
                    "requirements 4: Max-Age is the time to wait",
                    "answers 4.29 with a Max-Age of nothing",
                    () -> Deviation.ofRequests(next -> answering(next, ServerInside::withoutMaxAge))),
            server(
                    "forgets-the-counter",
                    "protocol 2: a lower counter is a suspected clone",
                    "takes heartbeats in any order",
                    reading("device", Device.class, ServerInside::withoutCounter)),
            server(
                    "operates-without-plan",
                    "requirements 8: without an active plan operations are refused",
                    "takes a device without a plan for one with the commercial plan",
                    reading(
                            "device",
                            Device.class,
                            was -> was.claim() != null && was.plan() == Plan.NONE
                                    ? was.claimed(was.claim(), was.standing(), Plan.COMMERCIAL)
                                    : was)),
            server(
                    "plan-limit-is-not-kept",
                    "requirements 8: the developer plan is for ten devices",
                    "has no limit for the developer plan",
                    () -> Deviation.ofPolicy(was -> new HeartbeatPolicy(
                            was.guard(), was.period(), was.blacklisted(), new PlanLimit(Integer.MAX_VALUE)))),
            server(
                    "instructs-blacklisted-devices",
                    "requirements 5: a device that is not activated is refused",
                    "takes every claimed device for an activated one",
                    reading(
                            "device",
                            Device.class,
                            was -> was.claim() == null
                                    ? was
                                    : was.claimed(was.claim(), Device.Standing.ACTIVATED, was.plan()))),
            server(
                    "issues-under-a-disabled-root-ca",
                    "requirements 6: a disabled Root CA issues nothing",
                    "does not look at the state of a Root CA",
                    reading(
                            "rootCa",
                            RootCa.class,
                            was -> was.withSettings(was.deviceValidity(), was.renewalWindow(), RootCa.State.ACTIVE))),
            server(
                    "certificate-outlives-its-root-ca",
                    "requirements 5: a certificate ends with its CA at the latest",
                    "does not look at the end of a Root CA, and renews when it is about to end",
                    reading("rootCa", RootCa.class, ServerInside::withoutEnd)),
            server(
                    "never-renews-by-itself",
                    "requirements 5: automatic renewal",
                    "does not renew by itself",
                    reading("rootCa", RootCa.class, was -> was.withSettings(was.deviceValidity(), null, was.state()))),
            server(
                    "renews-what-is-revoked",
                    "requirements 5: after revoke only update and delete are allowed",
                    "forgets that a certificate is revoked when it decides",
                    ServerInside::forgettingRevocations),
            server(
                    "does-not-register",
                    "requirements 7: a certificate is registered before it is handed out",
                    "hands certificates out that their platform does not know",
                    () -> Deviation.ofPlatform(_ -> _ -> CompletableFuture.completedFuture(true))),
            server(
                    "signs-no-webhook",
                    "requirements 8: webhooks are signed",
                    "signs every message to a webhook with the same wrong digest",
                    () -> Deviation.ofSender(
                            next -> message -> next.send(new Message(message.url(), message.body(), "t=0,v1=00")))),
            server(
                    "swallows-webhooks",
                    "requirements 8: webhooks are told at least once",
                    "takes every second message for sent",
                    ServerInside::swallowing),
            server(
                    "reuses-serial-numbers",
                    "protocol 5.8: serial numbers are unique",
                    "gives every certificate the same serial number",
                    () -> Deviation.ofSerialNumbers(_ -> () -> 7)),
            server(
                    "mixes-up-replies",
                    "protocol 1: each device has its own channel",
                    "answers a device with what the one before it was answered",
                    ServerInside::mixingUp));

    private ServerInside() {}

    private static Supplier<Deviation> guarded(UnaryOperator<Duration> guard) {
        return () -> Deviation.ofPolicy(
                was -> new HeartbeatPolicy(guard.apply(was.guard()), was.period(), was.blacklisted(), was.planLimit()));
    }

    private static <T> Supplier<Deviation> reading(String query, Class<T> type, UnaryOperator<T> change) {
        UnaryOperator<Store> store = AlteredStore.reading(
                query,
                found ->
                        found instanceof Optional<?> some ? some.map(type::cast).map(change) : found);
        return () -> Deviation.ofStore(store);
    }

    private static RequestHandler answering(RequestHandler next, Function<Response, Response> change) {
        return (peer, request, answer) -> next.handle(peer, request, response -> answer.accept(change.apply(response)));
    }

    private static Response withoutMaxAge(Response was) {
        return was.code() == Code.TOO_MANY_REQUESTS ? new Response(was.code(), Duration.ZERO, was.payload()) : was;
    }

    private static Deviation countingRefused() {
        var data = new Store[1];
        return Deviation.ofStore(store -> {
                    data[0] = store;
                    return store;
                })
                .requests(next -> (peer, request, answer) -> next.handle(peer, request, response -> {
                    if (response.code() == Code.TOO_MANY_REQUESTS) {
                        Duration passed = Duration.ofMinutes(5).minus(response.maxAge());
                        restart(Objects.requireNonNull(data[0]), peer, passed);
                    }
                    answer.accept(response);
                }));
    }

    private static void restart(Store store, RotPublicUid peer, Duration passed) {
        var _ = store.write(tx -> {
            tx.device(peer).ifPresent(device -> {
                Device.Exchange last = device.last();
                if (last != null) {
                    tx.save(device.after(
                            new Device.Exchange(
                                    last.counter(),
                                    last.digest(),
                                    last.at().plus(passed),
                                    last.reply(),
                                    last.resultsTaken()),
                            device.attempts()));
                }
            });
            return true;
        });
    }

    private static Device withoutCounter(Device was) {
        Device.Exchange last = was.last();
        return last == null
                ? was
                : was.after(
                        new Device.Exchange(
                                new Counter(0, 0), last.digest(), last.at(), last.reply(), last.resultsTaken()),
                        was.attempts());
    }

    private static RootCa withoutEnd(RootCa was) {
        return new RootCa(
                was.id(),
                was.domain(),
                was.name(),
                was.deviceValidity(),
                was.renewalWindow(),
                was.state(),
                was.certificate(),
                was.privateKey(),
                was.notAfter().plus(Duration.ofDays(36_500)),
                was.expiryNotified(),
                was.platform());
    }

    /** What is saved again must not lose its revocation: only what is decided by is forgotten. */
    private static Deviation forgettingRevocations() {
        UnaryOperator<Store> saving = AlteredStore.writing(IssuedCertificate.class, (tx, was) -> {
            var known = tx.certificate(was.fingerprint()).map(IssuedCertificate::revocation);
            return was.revocation() == null && known.isPresent() ? was.revoked(known.get()) : was;
        });
        return Deviation.ofStore(store ->
                unrevoked("certificates").apply(unrevoked("currentCertificates").apply(saving.apply(store))));
    }

    private static UnaryOperator<Store> unrevoked(String query) {
        return AlteredStore.reading(
                query,
                found -> ((List<?>) found)
                        .stream()
                                .map(IssuedCertificate.class::cast)
                                .map(ServerInside::unrevoked)
                                .toList());
    }

    private static IssuedCertificate unrevoked(IssuedCertificate was) {
        return new IssuedCertificate(
                was.issuer(),
                was.serialNumber(),
                was.device(),
                was.certificate(),
                was.fingerprint(),
                was.publicKey(),
                was.notBefore(),
                was.notAfter(),
                was.state(),
                was.operations(),
                was.billedAs(),
                null);
    }

    private static Deviation swallowing() {
        var sent = new int[1];
        return Deviation.ofSender(next -> message ->
                sent[0]++ % 2 == 0 ? next.send(message) : CompletableFuture.completedFuture(new Sender.Answer.Taken()));
    }

    private static Deviation mixingUp() {
        var before = new @Nullable Response[1];
        return Deviation.ofRequests(next -> answering(next, response -> {
            Response last = before[0];
            before[0] = response;
            return last == null || response.code() != Code.CHANGED ? response : last;
        }));
    }
}
