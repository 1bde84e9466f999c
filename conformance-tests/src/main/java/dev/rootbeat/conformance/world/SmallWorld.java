package dev.rootbeat.conformance.world;

import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkFault;
import dev.rootbeat.sim.NetworkObserver;
import dev.rootbeat.sim.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A history of one provisioned device, decided choice by choice. Everything else in it is fixed: messages take 100 ms,
 * the device comes by its own schedule, without jitter, and certificates live so long that none comes to its end.
 *
 * <p>Whoever decides is asked at every message: what becomes of it when it is sent, and, when it arrives at the server,
 * what the operator asks for before. An operator's call touches the server alone; so when it comes matters only relative
 * to what arrives there.
 */
public final class SmallWorld {

    /** Longer than the guard interval, and short, since much happens in between that changes nothing. */
    private static final Duration PERIOD = Duration.ofMinutes(15);

    private static final Duration GUARD = Duration.ofMinutes(5);
    /** Half of it is drawn, and the guard interval is over all the same. */
    private static final Duration BACK_OFF = Duration.ofMinutes(12);

    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(1000);
    private static final Duration BEGINNING = Duration.ofMinutes(4);

    /** When all that belongs to the provisioning is over. */
    private static final Duration AFTER_PROVISIONING = Duration.ofMinutes(1);

    /** Whatever happens, by then a state comes again that was seen before. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Who decides. */
    @FunctionalInterface
    public interface Decision {

        /** Returns the place of a choice; negative if the rest of this history is of no interest. */
        int choose(Moment moment);
    }

    /**
     * A moment at which something is decided.
     *
     * @param isBeat whether the device is about to send a new heartbeat
     * @param isWell whether device and server agree, and nothing is owed
     * @param accepted how many heartbeats the server has accepted
     * @param choices what can happen: nothing, which is the first one, or what is to be told from it
     * @param state tells the state that the world is in, so that equal ones have equal futures
     */
    public record Moment(boolean isBeat, boolean isWell, int accepted, List<Choice> choices, Supplier<Bytes> state) {}

    /** A choice other than the first, and when it was made: at which heartbeat, and at which instant. */
    public record Step(int heartbeat, Instant at, Choice choice) {}

    private final World world;
    private final Scope scope;
    private final Decision decision;
    private final Fate fate;
    private final SimulatedDevice device;
    private final SmallState state;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable Request newest;
    private int heartbeats;
    private boolean over;

    private SmallWorld(Scope scope, SharedP256 p256, Decision decision) {
        WorldSettings usual = WorldSettings.of(1, 1);
        var heartbeatSettings =
                new HeartbeatSettings(PERIOD, 0, GUARD, Duration.ZERO, BACK_OFF, Duration.ofSeconds(1), 0);
        var times = new WorldSettings.Times(
                usual.times().start(), new HeartbeatPolicy(GUARD, PERIOD), heartbeatSettings, CERTIFICATE_LIFE, null);
        var oddities =
                new WorldSettings.Oddities(scope.device().get(), scope.server().get(), List.of());
        this.world = new World(new WorldSettings(1, 1, null, times, oddities), p256.forOneWorld());
        this.scope = scope;
        this.decision = decision;
        this.fate = Fate.atHome(world);
        this.device = world.devices().getFirst();
        this.state = new SmallState(world, device);
    }

    /**
     * Lives through a history.
     *
     * @param p256 the keys of all worlds of a search
     * @throws Broken if a promise is, or anything else throws
     */
    public static Story live(Scope scope, SharedP256 p256, Decision decision) {
        var small = new SmallWorld(scope, p256, decision);
        try {
            small.live();
        } catch (PromiseBroken e) {
            throw new Broken(e.what(), new Story(small.steps, e.history()), e);
        } catch (RuntimeException e) {
            // Whatever is thrown is thrown by what is tested: the device, the server, or a behaviour.
            throw new Broken("an exception ended the world: " + e, small.story(), e);
        }
        return small.story();
    }

    private Story story() {
        return new Story(steps, world.log().tail());
    }

    private void live() {
        world.provisionAll();
        if (!world.runUntil(this::isSealed, BEGINNING)) {
            world.promises().broken().accept(device.uid() + ": is not sealed within four minutes");
        }
        world.run(AFTER_PROVISIONING);
        world.network().observer(this::see);
        if (!world.runUntil(() -> over, LONGEST)) {
            world.promises().broken().accept(device.uid() + ": does not come to rest within a day");
        }
    }

    private boolean isSealed() {
        return device.isOn()
                && device.module().isOn()
                && device.module().security().status().claimed();
    }

    private void see(Packet packet, NetworkObserver.Fate what) {
        world.promises().see(packet, what);
        state.see(packet, what);
        if (over) {
            return;
        }
        if (what == NetworkObserver.Fate.SENT) {
            sent(packet);
        } else if (what == NetworkObserver.Fate.DELIVERED && packet.response() == null) {
            arrives(packet);
        }
    }

    private void sent(Packet packet) {
        boolean isNew = packet.leg() == Leg.HEARTBEAT && !packet.request().equals(newest);
        boolean isWell = isNew && world.promises().haveConverged();
        if (isNew) {
            newest = packet.request();
            heartbeats++;
        }
        if (isWell) {
            world.promises().converged();
            world.promises().balance();
        }
        happens(choose("sent " + isNew, isNew, isWell, packet, Choice.faults(packet)));
    }

    private void arrives(Packet packet) {
        var choices = new ArrayList<Choice>(List.of(new Choice.Nothing()));
        scope.wishes().forEach(wish -> choices.add(new Choice.Ask(wish)));
        while (choose("arrives", false, false, packet, choices) instanceof Choice.Ask(Deed.Wish wish)) {
            fate.now(new Deed.Ask(wish, 0));
        }
    }

    private Choice choose(String point, boolean isBeat, boolean isWell, Packet packet, List<Choice> choices) {
        if (over) {
            return choices.getFirst();
        }
        int place = decision.choose(new Moment(
                isBeat,
                isWell,
                world.promises().model(device.uid()).acceptedHeartbeats(),
                choices,
                () -> state.digest(point, packet)));
        if (place < 0) {
            over = true;
            return choices.getFirst();
        }
        Choice choice = choices.get(place);
        if (place > 0) {
            steps.add(new Step(heartbeats, world.time().instant(), choice));
        }
        return choice;
    }

    private void happens(Choice choice) {
        if (choice instanceof Choice.Nothing) {
            return;
        }
        switch (choice) {
            case Choice.Lose(Leg leg) -> world.network().inject(device.uid(), new NetworkFault.Lose(leg));
            case Choice.Repeat(Leg leg) -> world.network().inject(device.uid(), new NetworkFault.Duplicate(leg));
            case Choice.Hold(Leg leg) -> world.network().inject(device.uid(), new NetworkFault.Hold(leg, Choice.HELD));
            case Choice.KillServer _ -> after("death", Choice.SOON, () -> fate.now(new Deed.KillServer(Choice.DOWN)));
            case Choice.CutBefore _ -> after("cut", Choice.SOON, this::cut);
            case Choice.CutWithin(Leg _, int steps) -> {
                state.cutAt(steps);
                device.medium().cutAfter(steps);
                after("no cut", Choice.AFTERWARDS, this::noCut);
            }
            case Choice.Reboot _ -> after("cut", Choice.AFTERWARDS, this::cut);
            case Choice.Nothing _, Choice.Ask _ -> throw new IllegalStateException(choice + " is no fault");
        }
    }

    private void cut() {
        if (device.isOn()) {
            world.powerCut(device);
        }
    }

    /** What the device wrote was shorter. */
    private void noCut() {
        if (device.isOn()) {
            device.medium().powerOn();
            state.cutAt(0);
        }
    }

    private void after(String name, Duration span, Runnable what) {
        var _ = world.time().executor(name).schedule(what, span.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What has happened.
     *
     * @param steps what was chosen, but for nothing
     * @param eventLog the last lines of the event log
     */
    public record Story(List<Step> steps, List<String> eventLog) {

        /** Copies the lists. */
        public Story {
            steps = List.copyOf(steps);
            eventLog = List.copyOf(eventLog);
        }
    }

    /** A promise was broken in a small world. */
    public static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Story story;

        Broken(String what, Story story, @Nullable RuntimeException cause) {
            super(what, cause);
            this.story = story;
        }

        /** Tells what is wrong with a story as a whole. */
        public Broken(String what, Story story) {
            this(what, story, null);
        }

        /** What led to it. */
        public Story story() {
            return story;
        }
    }
}
