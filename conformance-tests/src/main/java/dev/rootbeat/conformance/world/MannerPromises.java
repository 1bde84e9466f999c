package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.model.DeviceModel;
import dev.rootbeat.conformance.model.Manners;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.ManagedSlot;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkObserver;
import dev.rootbeat.sim.Packet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Devices and the server speak with each other as the protocol has it, section 2: the {@link Manners} of each device. */
final class MannerPromises implements NetworkObserver {

    private final World world;
    private final Consumer<String> broken;
    private final Map<RotPublicUid, Manners> manners = new HashMap<>();

    /** Begins before anybody has spoken. */
    MannerPromises(World world, Consumer<String> broken) {
        this.world = world;
        this.broken = broken;
    }

    /** A device sends a heartbeat. */
    void sends(RotPublicUid device, Heartbeat heartbeat) {
        require(
                device,
                of(device)
                        .sends(
                                heartbeat,
                                world.device(device).product(),
                                world.time().instant()));
    }

    /** The server replies to a heartbeat. */
    void answers(RotPublicUid device, Counter counter, Reply reply) {
        require(device, of(device).answers(counter, reply));
    }

    /** A device has understood a reply. */
    void heard(RotPublicUid device, Reply reply) {
        of(device).heard(reply);
    }

    /** The server is another one: nobody can tell what it remembers. */
    void forget() {
        manners.values().forEach(Manners::forget);
    }

    @Override
    public void see(Packet packet, Fate fate) {
        RotPublicUid device = packet.device();
        Response response = packet.response();
        if (fate == Fate.DELIVERED) {
            arrived(packet);
        }
        if (packet.leg() == Leg.RESULTS && fate == Fate.SENT) {
            require(device, of(device).sendsResults());
        }
        if (packet.leg() != Leg.REPLY || response == null) {
            return;
        }
        switch (response.code()) {
            case TOO_MANY_REQUESTS -> {
                toldToWait(device, response.maxAge(), fate);
                if (fate == Fate.SENT) {
                    refused(packet);
                }
            }
            case FORBIDDEN -> {
                if (fate == Fate.SENT && says(response, "frozen") && !isFrozen(device)) {
                    broken.accept(device + ": is told that it is frozen, and is not");
                }
            }
            case CHANGED, BAD_REQUEST, NOT_FOUND, TOO_LARGE, INTERNAL_ERROR, SERVICE_UNAVAILABLE -> {}
        }
    }

    private void toldToWait(RotPublicUid device, Duration maxAge, Fate fate) {
        if (maxAge.compareTo(world.settings().times().policy().guard()) > 0 || !maxAge.isPositive()) {
            broken.accept(device + ": is told to wait for " + maxAge);
        }
        if (fate == Fate.DELIVERED) {
            of(device).toldToWait(world.time().instant(), maxAge);
        }
    }

    private void arrived(Packet packet) {
        DeviceModel model = world.promises().model(packet.device());
        if (packet.response() != null) {
            model.heard(world.time().instant());
        } else if (packet.leg() == Leg.HEARTBEAT) {
            Promises.counter(model, packet.request()).ifPresent(model::arrives);
        }
    }

    private void refused(Packet packet) {
        DeviceModel model = world.promises().model(packet.device());
        if (world.server().faults().all().isEmpty()) {
            require(
                    packet.device(),
                    Promises.counter(model, packet.request())
                            .flatMap(counter -> model.refused(
                                    counter,
                                    world.server().clock().instant(),
                                    world.settings().times().policy().guard())));
        }
    }

    /** A device's host was told that it is too early for a heartbeat. */
    void forcedTooEarly(RotPublicUid device) {
        require(
                device,
                world.promises()
                        .model(device)
                        .forcedTooEarly(
                                world.time().instant(),
                                world.settings().times().heartbeats().guard()));
    }

    /** A reply carries the one order that is outstanding, unless it is a reply of before. */
    void orders(RotPublicUid uid, Response response, Reply reply) {
        if (reply.commands().isEmpty()) {
            return;
        }
        ManagedSlot.Order order = world.server()
                .store()
                .read(view -> view.device(uid))
                .filter(device -> device.last() != null && device.last().reply().equals(response.payload()))
                .map(device -> device.managed().order())
                .orElse(null);
        if (order != null && !reply.commands().stream().allMatch(command -> command.id() == order.id())) {
            broken.accept(uid + ": the reply carries other commands than the one on record, " + order.id());
        }
    }

    private boolean isFrozen(RotPublicUid device) {
        return world.server()
                .store()
                .read(view -> view.device(device))
                .filter(found -> found.frozen() != null)
                .isPresent();
    }

    private static boolean says(Response response, String word) {
        return new String(response.payload().toArray(), StandardCharsets.UTF_8).contains(word);
    }

    private Manners of(RotPublicUid device) {
        return manners.computeIfAbsent(device, _ -> new Manners());
    }

    private void require(RotPublicUid device, Optional<String> problem) {
        problem.ifPresent(what -> broken.accept(device + ": " + what));
    }
}
