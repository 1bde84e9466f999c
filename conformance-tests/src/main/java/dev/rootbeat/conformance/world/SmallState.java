package dev.rootbeat.conformance.world;

import dev.rootbeat.module.Module;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.store.View;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkObserver;
import dev.rootbeat.sim.Packet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link SmallWorld}, as far as anything that is still to come depends on it: what the device stores and
 * does, what the server stores, what is in the air, when what is due, and what the promises remember.
 *
 * <p>Two states are equal if one can be made of the other by giving other names to keys, certificates, operations and
 * commands, and by shifting the time. That is sound, because names are random and are compared for equality alone, and
 * because every wait in a small world begins with an event of it: certificates do not come to their end, no job of the
 * server has anything to do. Waits are compared by the second, from a second on. What is left out besides: random numbers that are still to be drawn, which are names, or
 * spread the waits after failures; nonces; the reasons that heartbeats give, which the server keeps but does not act on;
 * how full the device's storage is, whose compaction changes nothing; the server's audit log; and what is settled and
 * nothing speaks of any more.
 */
final class SmallState implements NetworkObserver {

    /** Names are random: long numbers, in hexadecimal or decimal digits. */
    private static final Pattern NAME = Pattern.compile("\\b[0-9a-f]{10,}\\b");

    /** The jobs of the server, which have nothing to do, the receivers of no webhooks, and the host, which has sealed. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("server", "receivers", "host");

    private record InTheAir(Packet packet, Instant sent) {}

    private final World world;
    private final SimulatedDevice device;
    private final List<InTheAir> air = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final StringBuilder text = new StringBuilder(8192);
    private @Nullable Request outstanding;
    private Counter counter = new Counter(0, 0);
    private int transmissions;
    private int failures;
    private Instant answered = Instant.EPOCH;
    private Instant silentUntil = Instant.EPOCH;
    private Instant resultsTaken = Instant.EPOCH;
    private long cutAt;

    SmallState(World world, SimulatedDevice device) {
        this.world = world;
        this.device = device;
    }

    /** The device's power will fail so many steps into what it writes next. */
    void cutAt(int steps) {
        cutAt = device.medium().steps() + steps;
    }

    @Override
    public void see(Packet packet, Fate fate) {
        switch (fate) {
            case SENT, DUPLICATED -> air.add(new InTheAir(packet, world.time().instant()));
            case LOST, UNWANTED -> forget(packet);
            case DELIVERED -> {
                forget(packet);
                delivered(packet);
            }
        }
        if (fate == Fate.SENT && packet.leg() == Leg.ACKNOWLEDGEMENT) {
            resultsTaken = world.time().instant();
        }
        if (fate == Fate.SENT && packet.response() == null) {
            boolean isNew = !packet.request().equals(outstanding);
            outstanding = packet.request();
            transmissions = isNew ? 1 : transmissions + 1;
            if (isNew
                    && packet.leg() == Leg.HEARTBEAT
                    && Codec.decodeHeartbeat(packet.request().payload())
                            instanceof Decoded.Message<Heartbeat>(Heartbeat heartbeat)) {
                failures = heartbeat.counter().boot() == counter.boot() ? failures + 1 : 1;
                silentUntil = heartbeat.counter().boot() == counter.boot() ? silentUntil : Instant.EPOCH;
                counter = heartbeat.counter();
            }
        }
    }

    private void forget(Packet packet) {
        for (int i = 0; i < air.size(); i++) {
            if (air.get(i).packet.equals(packet)) {
                air.remove(i);
                return;
            }
        }
    }

    private void delivered(Packet packet) {
        Response answer = packet.response();
        if (packet.leg() == Leg.REPLY && answer != null) {
            switch (answer.code()) {
                case CHANGED -> {
                    failures = 0;
                    answered = world.time().instant();
                    silentUntil = Instant.EPOCH;
                }
                case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> {
                    failures = 0;
                    silentUntil = world.time().instant().plus(answer.maxAge());
                }
                case BAD_REQUEST, FORBIDDEN, NOT_FOUND, TOO_LARGE, INTERNAL_ERROR -> {}
            }
        }
    }

    /** A digest of the state at a point at which something is decided about a message. */
    Bytes digest(String point, Packet about) {
        return Bytes.of(text(point, about).getBytes(StandardCharsets.UTF_8)).sha256();
    }

    private String text(String point, Packet about) {
        text.setLength(0);
        names.clear();
        add(point);
        message(about);
        for (InTheAir one : air) {
            add(rounded(Duration.between(one.sent, world.time().instant())));
            message(one.packet);
        }
        world.time().agenda().stream()
                .filter(pending -> !WITHOUT_EFFECT.contains(pending.owner())
                        || pending.in().isZero())
                .forEach(pending -> add(pending.owner() + " " + rounded(pending.in())));
        device();
        world.server().store().read(view -> {
            server(view);
            return true;
        });
        return text.toString();
    }

    private void device() {
        add(transmissions + " " + failures + " "
                + since(answered, settings().heartbeats().guard()) + " " + since(silentUntil, Duration.ZERO) + " "
                + since(resultsTaken, settings().policy().guard()));
        if (device.isOn() && device.module().isOn()) {
            Module module = device.module();
            add(
                    device.medium().isCut() || cutAt <= device.medium().steps()
                            ? ""
                            : cutAt - device.medium().steps());
            add(module.rootOfTrust().report());
            add(module.rootOfTrust().unacknowledged());
            add(module.security().status());
        } else {
            add("off");
        }
        add(world.promises().model(device.uid()).mayBeEmpty() + " "
                + world.promises().admission().isDeleted(device.uid()));
    }

    private void server(View view) {
        add(world.server().isUp());
        Device known = view.device(device.uid()).orElseThrow();
        add(known.standing() + " " + known.frozen() + " " + known.attempts() + " " + known.plan());
        Device.Exchange last = known.last();
        if (last != null) {
            add(since(last.at(), settings().policy().guard()));
            if (isUnderWay(last.counter())) {
                add(last.resultsTaken());
                message(last.reply());
                add(known.managed().reported());
            }
        }
        add(known.managed().issuer() + " " + known.managed().provisioned() + " "
                + known.managed().pendingKey());
        ManagedSlot.Order order = known.managed().order();
        if (order != null && mayStillMatter(view, order)) {
            add(order);
        }
        for (Operation operation : view.openOperations(device.uid())) {
            add(operation.id() + " " + operation.kind() + " " + operation.issuer() + " " + operation.tries() + " "
                    + operation.state());
        }
        Set<Bytes> used = world.promises().model(device.uid()).used();
        List<IssuedCertificate> certificates = view.certificates(device.uid());
        certificates.stream()
                .filter(certificate -> !isSettled(view, certificate, used))
                .forEach(certificate -> certificate(view, certificate, used));
        add(used.stream().filter(one -> view.certificate(one).isEmpty()).count());
        add(view.operations(device.uid()).stream()
                .filter(one -> one.kind() == Operation.Kind.UPDATE && one.state() == Operation.State.SUPERSEDED)
                .count());
        add(view.notifications().stream()
                .filter(one -> one.kind() == Notification.Kind.CLONE_SUSPECTED)
                .count());
    }

    /** Whether the exchange of a heartbeat goes on, or a message of it is in the air. */
    private boolean isUnderWay(Counter last) {
        return last.equals(counter) || air.stream().anyMatch(one -> last.equals(counter(one.packet.request())));
    }

    /** What is settled matters only to who repeats it. */
    private boolean mayStillMatter(View view, ManagedSlot.Order order) {
        return !order.settled()
                || order.kind() == ManagedSlot.Order.Kind.READ_CERTIFICATE
                || names.containsKey(Long.toString(order.id()))
                || Optional.ofNullable(order.fingerprint())
                        .flatMap(view::certificate)
                        .filter(one -> one.state() == IssuedCertificate.State.ISSUED)
                        .isPresent();
    }

    /** Whether it was used and is used no more, was billed and told as it should be, and nothing speaks of it. */
    private boolean isSettled(View view, IssuedCertificate certificate, Set<Bytes> used) {
        boolean isPast = switch (certificate.state()) {
            case REPLACED, REMOVED -> true;
            case ISSUED, EFFECTIVE, SUPERSEDED, REFUSED -> false;
        };
        return isPast
                && isInOrder(view, certificate, used)
                && !isNamed(certificate.fingerprint())
                && !isNamed(certificate.publicKey().sha256());
    }

    private static boolean isInOrder(View view, IssuedCertificate certificate, Set<Bytes> used) {
        return used.contains(certificate.fingerprint())
                && bills(view, certificate) == (certificate.billedAs() == null ? 0 : 1)
                && told(view, certificate) == 1;
    }

    private boolean isNamed(Bytes name) {
        return names.containsKey(name.hex());
    }

    private void certificate(View view, IssuedCertificate certificate, Set<Bytes> used) {
        add(certificate.fingerprint() + " " + certificate.certificate() + " " + certificate.publicKey() + " "
                + certificate.issuer());
        add(certificate.state() + " " + (certificate.revocation() == null) + " "
                + (certificate.billedAs() == Operation.Kind.UPDATE));
        if (!isInOrder(view, certificate, used)) {
            add(certificate.billedAs() + " " + bills(view, certificate) + " " + told(view, certificate) + " "
                    + used.contains(certificate.fingerprint()));
        }
        add(certificate.operations().stream()
                .filter(names::containsKey)
                .map(name -> name + ' ')
                .toList());
    }

    private static long bills(View view, IssuedCertificate certificate) {
        return view.billingEvents().stream()
                .filter(event -> event.serialNumber().equals(certificate.serialNumber()))
                .count();
    }

    private static long told(View view, IssuedCertificate certificate) {
        String serial = certificate.serialNumber().toString(16);
        return view.notifications().stream()
                .filter(one -> serial.equals(one.subject()))
                .filter(one -> one.kind() != Notification.Kind.CERTIFICATE_REVOKED
                        && one.kind() != Notification.Kind.CERTIFICATE_DELETED)
                .count();
    }

    private void message(Packet packet) {
        add(packet.leg());
        Response answer = packet.response();
        if (answer == null) {
            message(packet.request());
        } else {
            add(answer.code() + " " + answer.maxAge());
            message(packet.request());
            message(answer.payload());
        }
    }

    private void message(Request request) {
        Counter sent = counter(request);
        if (sent == null) {
            add(request.payload());
            return;
        }
        add(sent.equals(counter) ? "" : (counter.boot() - sent.boot()) + " " + (counter.beat() - sent.beat()));
        Counter last = world.server()
                .store()
                .read(view -> view.device(device.uid()))
                .map(Device::last)
                .map(Device.Exchange::counter)
                .orElse(sent);
        add(sent.compareTo(last) > 0 ? "" : (last.boot() - sent.boot()) + " " + (last.beat() - sent.beat()));
        if (Codec.decodeHeartbeat(request.payload()) instanceof Decoded.Message<Heartbeat>(Heartbeat heartbeat)) {
            add(heartbeat.seal() + " " + heartbeat.slots() + heartbeat.results());
        } else if (Codec.decodeResults(request.payload()) instanceof Decoded.Message<Results>(Results results)) {
            add(results.results());
        }
    }

    private static @Nullable Counter counter(Request request) {
        if (Codec.decodeHeartbeat(request.payload()) instanceof Decoded.Message<Heartbeat>(Heartbeat heartbeat)) {
            return heartbeat.counter();
        }
        return Codec.decodeResults(request.payload()) instanceof Decoded.Message<Results>(Results results)
                ? results.counter()
                : null;
    }

    private void message(Bytes payload) {
        if (Codec.decodeReply(payload) instanceof Decoded.Message<Reply>(Reply reply)) {
            add(reply.nextHeartbeat() + " " + reply.status() + reply.acknowledged() + reply.commands());
        } else {
            add(payload);
        }
    }

    private WorldSettings.Times settings() {
        return world.settings().times();
    }

    /** What is left of a time that began at an instant. */
    private Duration since(Instant from, Duration span) {
        Duration left = Duration.between(world.time().instant(), from.plus(span));
        return left.isNegative() ? Duration.ZERO : rounded(left);
    }

    /** Nothing that is due seconds apart is decided by less. */
    private static Duration rounded(Duration wait) {
        return wait.compareTo(Duration.ofSeconds(1)) < 0
                ? wait
                : Duration.ofSeconds(wait.plusMillis(500).toSeconds());
    }

    private void add(Object what) {
        Matcher matcher = NAME.matcher(what.toString());
        int from = 0;
        String line = what.toString();
        while (matcher.find()) {
            text.append(line, from, matcher.start())
                    .append('#')
                    .append(names.computeIfAbsent(matcher.group(), _ -> names.size())
                            .intValue());
            from = matcher.end();
        }
        text.append(line, from, line.length()).append('\n');
    }
}
