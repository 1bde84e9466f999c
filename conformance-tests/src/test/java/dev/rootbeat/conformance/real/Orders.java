package dev.rootbeat.conformance.real;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.store.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/** An operator who asks for this and that all the time, and keeps a list of what was accepted. */
final class Orders {

    /** The server's clock and ours are the same; its instants are kept to the nanosecond, so this is generous. */
    private static final Duration SLACK = Duration.ofMillis(50);

    private final Operator operator;
    private final List<RotPublicUid> devices;
    private final List<String> rootCas;
    private final SplittableRandom random;
    private final InstantSource clock = InstantSource.system();
    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Orders(Operator operator, List<RotPublicUid> devices, List<String> rootCas, SplittableRandom random) {
        this.operator = operator;
        this.devices = devices;
        this.rootCas = rootCas;
        this.random = random;
    }

    /** The server answered, some time between two instants, that it accepts an operation. */
    private record Accepted(Kind kind, RotPublicUid device, Instant asked, Instant answered) {

        boolean spans(Instant at) {
            return !at.isBefore(asked.minus(SLACK)) && !at.isAfter(answered.plus(SLACK));
        }
    }

    /** Asks for something for one to three devices. Where the server dies meanwhile nobody knows what it has accepted. */
    void give() {
        Kind kind = draw();
        Set<RotPublicUid> some = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add(devices.get(random.nextInt(devices.size())));
        }
        String rootCa = kind == Kind.TRANSFER ? rootCas.get(random.nextInt(rootCas.size())) : "";
        Instant asked = clock.instant();
        try {
            List<JsonNode> answers = operator.instruct(path(kind), List.copyOf(some), rootCa);
            Instant answered = clock.instant();
            for (JsonNode answer : answers) {
                if (answer.get("Accepted").asBoolean()) {
                    RotPublicUid device =
                            RotPublicUid.parse(answer.get("RoTPublicUID").asString());
                    accepted.add(new Accepted(kind, device, asked, answered));
                }
            }
        } catch (IOException e) {
            // The server is down, or went down.
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    int accepted() {
        return accepted.size();
    }

    /** What went wrong besides the server being down. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Returns the accepted operations that the server does not know. */
    List<String> lost(View view) {
        var lost = new ArrayList<String>();
        for (Accepted order : accepted) {
            List<Operation> operations = view.operations(order.device);
            boolean kept = order.kind == Kind.REVOKE
                    ? isRevoked(order, operations)
                    : operations.stream().anyMatch(operation -> answers(operation, order));
            if (!kept) {
                lost.add(order + " is lost");
            }
        }
        return lost;
    }

    /** An operation of this kind began then, or was under way and took this one in. */
    private static boolean answers(Operation operation, Accepted order) {
        return operation.kind() == order.kind
                && !first(operation).isAfter(order.answered.plus(SLACK))
                && !last(operation).isBefore(order.asked.minus(SLACK));
    }

    /** It was revoked then, or before and has had no new key since. */
    private static boolean isRevoked(Accepted order, List<Operation> operations) {
        Optional<Instant> revoked = operations.stream()
                .filter(operation -> operation.kind() == Kind.REVOKE)
                .map(Orders::first)
                .filter(at -> !at.isAfter(order.answered.plus(SLACK)))
                .reduce((_, later) -> later);
        return revoked.filter(at -> order.spans(at)
                        || operations.stream()
                                .filter(operation -> operation.kind() == Kind.UPDATE)
                                .filter(operation -> operation.state() == Operation.State.EFFECTIVE)
                                .map(Orders::last)
                                .noneMatch(effective -> effective.isAfter(at) && effective.isBefore(order.asked)))
                .isPresent();
    }

    private static Instant first(Operation operation) {
        return operation.history().getFirst().at();
    }

    private static Instant last(Operation operation) {
        return operation.history().getLast().at();
    }

    private Kind draw() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> Kind.UPDATE;
            case 4, 5, 6 -> Kind.RENEW;
            case 7, 8 -> Kind.TRANSFER;
            default -> Kind.REVOKE;
        };
    }

    private static String path(Kind kind) {
        return switch (kind) {
            case UPDATE -> "update";
            case RENEW -> "renew";
            case TRANSFER -> "rootca/transfer";
            case REVOKE -> "revoke";
            case PROVISION, AUTOMATIC_RENEW, DELETE -> throw new IllegalArgumentException(kind + " is not given here");
        };
    }
}
