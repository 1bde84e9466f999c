package dev.rootbeat.sim;

import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import dev.rootbeat.sim.NetworkObserver.Fate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The network of the simulated world: it carries the requests of many devices to one server and the answers back, and
 * loses, repeats, delays and reorders them by {@link Weather} and by {@link NetworkFault}s. One thread at a time.
 */
public final class SimNetwork {

    private final ScheduledExecutorService air;
    private long seed;
    private final Map<RotPublicUid, RandomGenerator> random = new HashMap<>();
    private final Map<RotPublicUid, Deque<NetworkFault>> faults = new HashMap<>();
    private final Set<RotPublicUid> disconnected = new HashSet<>();
    private Weather weather = Weather.CALM;
    private NetworkObserver observer = (packet, fate) -> {};
    private @Nullable RequestHandler server;
    private int serverStarts;

    /**
     * Creates a network in calm weather and without a server.
     *
     * @param air runs the arrivals at the server; never shut down by the network
     * @param random decides losses, repetitions and delays, for each device by itself: what the others send changes nothing
     */
    public SimNetwork(ScheduledExecutorService air, RandomGenerator random) {
        this.air = air;
        this.seed = random.nextLong();
    }

    /** Changes the weather for messages that are sent from now on. */
    public void weather(Weather weather) {
        this.weather = weather;
    }

    /**
     * Starts a server in the place of the one before. An answer that the former still gives is lost, as a dead process's
     * is.
     *
     * @param handler what takes the requests; null if the server is down
     */
    public void server(@Nullable RequestHandler handler) {
        server = handler;
        serverStarts++;
    }

    /** Lets the fault happen to the device's next message on the fault's leg. Faults of one leg happen in turn. */
    public void inject(RotPublicUid device, NetworkFault fault) {
        faults.computeIfAbsent(device, uid -> new ArrayDeque<>()).add(fault);
    }

    /** Cuts a device off: until it is connected again nothing that it sends or is sent arrives. */
    public void disconnect(RotPublicUid device) {
        disconnected.add(device);
    }

    /** Connects a device again. */
    public void reconnect(RotPublicUid device) {
        disconnected.remove(device);
    }

    /** Draws losses, repetitions and delays from another seed from now on. */
    public void reseed(long newSeed) {
        seed = newSeed;
        random.clear();
    }

    /** Has the observer told of every message, in the place of the observer before. */
    public void observer(NetworkObserver observer) {
        this.observer = observer;
    }

    /**
     * Opens a device's channel, authenticated as that device.
     *
     * @param executor what the device runs on; when it is shut down no outcome reaches the device any more, while
     *     requests in the air still arrive
     */
    public SecureChannel channel(RotPublicUid device, ScheduledExecutorService executor) {
        return new SimChannel(this, device, executor);
    }

    /** Sends a request. Its answers go to the receiver: none, one, or more, as it or they are lost and repeated. */
    void send(Packet packet, Receiver receiver) {
        transmit(packet, () -> arriveAtServer(packet, receiver));
    }

    private void arriveAtServer(Packet packet, Receiver receiver) {
        RequestHandler handler = server;
        observer.see(packet, handler == null ? Fate.UNWANTED : Fate.DELIVERED);
        if (handler != null) {
            handler.handle(packet.device(), packet.request(), new Answer(packet, receiver));
        }
    }

    private void arriveAtDevice(Packet packet, Response response, Receiver receiver) {
        boolean wanted = receiver.isWaiting();
        observer.see(packet, wanted ? Fate.DELIVERED : Fate.UNWANTED);
        if (wanted) {
            receiver.receive(response);
        }
    }

    private void transmit(Packet packet, Runnable arrival) {
        observer.see(packet, Fate.SENT);
        if (disconnected.contains(packet.device())) {
            observer.see(packet, Fate.LOST);
            return;
        }
        switch (nextFault(packet)) {
            case null -> transmitByWeather(packet, arrival);
            case NetworkFault.Lose lose -> observer.see(packet, Fate.LOST);
            case NetworkFault.Duplicate duplicate -> {
                observer.see(packet, Fate.DUPLICATED);
                schedule(packet, arrival, Duration.ZERO);
                schedule(packet, arrival, Duration.ZERO);
            }
            case NetworkFault.Hold hold -> schedule(packet, arrival, hold.delay());
        }
    }

    private void transmitByWeather(Packet packet, Runnable arrival) {
        RandomGenerator random = random(packet);
        if (random.nextDouble() < weather.loss()) {
            observer.see(packet, Fate.LOST);
            return;
        }
        schedule(packet, arrival, Duration.ZERO);
        if (random.nextDouble() < weather.duplication()) {
            observer.see(packet, Fate.DUPLICATED);
            schedule(packet, arrival, Duration.ZERO);
        }
    }

    private RandomGenerator random(Packet packet) {
        return random.computeIfAbsent(packet.device(), device -> new SplittableRandom(seed ^ device.bits()));
    }

    private void schedule(Packet packet, Runnable arrival, Duration extraDelay) {
        long delay = random(packet)
                .nextLong(weather.minDelay().toNanos(), weather.maxDelay().toNanos() + 1);
        var _ = air.schedule(arrival, extraDelay.toNanos() + delay, TimeUnit.NANOSECONDS);
    }

    private @Nullable NetworkFault nextFault(Packet packet) {
        Deque<NetworkFault> scripted = faults.get(packet.device());
        if (scripted == null) {
            return null;
        }
        for (NetworkFault fault : scripted) {
            if (fault.leg() == packet.leg()) {
                scripted.removeFirstOccurrence(fault);
                return fault;
            }
        }
        return null;
    }

    /** Where the answers to a request go. */
    interface Receiver {
        /** Returns whether an answer would be the first, to a device that is there. */
        boolean isWaiting();

        /** Takes the first answer. */
        void receive(Response response);
    }

    /** What one run of the handler answers with. */
    private final class Answer implements Consumer<Response> {
        private final Packet asked;
        private final int serverStart = serverStarts;
        private final Receiver receiver;
        private boolean given;

        Answer(Packet asked, Receiver receiver) {
            this.asked = asked;
            this.receiver = receiver;
        }

        @Override
        public void accept(Response response) {
            if (given) {
                throw new IllegalStateException("the server has answered already: " + asked);
            }
            given = true;
            if (serverStart == serverStarts) {
                Packet answer = new Packet(asked.device(), asked.request(), response);
                transmit(answer, () -> arriveAtDevice(answer, response, receiver));
            }
        }
    }
}
