package dev.rootbeat.module.heartbeat;

import dev.rootbeat.module.at.SecurityService;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Seal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a module in touch with its certificate manager (requirements, sections 3 and 4): it bootstraps the module,
 * seals it, stays until it is provisioned, and then sends a heartbeat when one is due or a host asks.
 *
 * <p>Every method is called on the device's executor, one at a time; so there are no locks. A power cut may end any
 * method at any write to storage; an agent that is built anew on the same storage goes on from there.
 *
 * <p>There is one exchange at a time. A host that forces a heartbeat while one is on its way gets that one's outcome.
 */
public final class HeartbeatAgent implements SecurityService, AutoCloseable {

    /**
     * So many exchanges of one step of provisioning that ran commands follow one another at once; a healthy server
     * needs two. Later ones are held back by back-off, whatever the server orders.
     */
    private static final int SWIFT_EXCHANGES = 4;

    private final HeartbeatExchange exchange;
    private final AgentMemory memory;
    private final HeartbeatSettings settings;
    private final Schedule schedule;
    private final Alarm alarm;
    private final InstantSource clock;
    private final FloodGuard guard = new FloodGuard();
    private final List<Consumer<ForcedOutcome>> forcing = new ArrayList<>();
    private Instant lastReply = Instant.EPOCH;
    private boolean contacted;
    private boolean started;
    private boolean underWay;
    private boolean closed;
    private int attempts;

    /**
     * Makes an agent that does nothing until the module is attached to a network.
     *
     * @param flash the module's storage; the agent's values have names that start with {@code agent.}
     * @param executor runs one task at a time
     * @param clock measures how time passes; it may be wrong, unless the agent is started with a valid clock
     * @param random draws jitter
     */
    public HeartbeatAgent(
            HeartbeatExchange exchange,
            Flash flash,
            HeartbeatSettings settings,
            ScheduledExecutorService executor,
            InstantSource clock,
            RandomGenerator random) {
        this.exchange = exchange;
        this.memory = new AgentMemory(flash);
        this.settings = settings;
        this.schedule = new Schedule(settings, random);
        this.alarm = new Alarm(executor, () -> beat(false));
        this.clock = clock;
    }

    /**
     * The module is attached to a network, for the first time since it was switched on or again. What came due without
     * one is done now.
     *
     * @param clockValid whether the clock has kept the time while the power was off; else the first heartbeat comes
     *     after a jittered delay, whenever it was due
     */
    public void attach(boolean clockValid) {
        alarm.attach();
        if (!started) {
            started = true;
            start(clockValid);
        }
    }

    /** The network is gone: what comes due waits for the next one, and what is on its way is lost. */
    public void detach() {
        alarm.detach();
    }

    private void start(boolean clockValid) {
        Instant now = clock.instant();
        Instant last = memory.state().serverTime();
        boolean known = clockValid && !now.isBefore(last);
        lastReply = known ? last : now;
        if (known) {
            guard.answered(last, settings.guard(), ForcedOutcome.TOO_EARLY);
        }
        Instant due = memory.state().due();
        Reason step = step(memory.state());
        if (step == Reason.BOOTSTRAP || step == Reason.SEAL) {
            alarm.set(Duration.ZERO);
        } else if (known && due.isAfter(now)) {
            alarm.set(Duration.between(now, due));
        } else {
            alarm.set(step == Reason.PROVISION ? Duration.ZERO : schedule.firstContact());
        }
    }

    @Override
    public DeviceStatus status() {
        return memory.state().status();
    }

    @Override
    public SealAnswer seal(Seal seal) {
        Seal known = memory.seal();
        if (known != null) {
            return known.equals(seal) ? SealAnswer.ACCEPTED : SealAnswer.ALREADY_SEALED;
        }
        if (!status().registered()) {
            return SealAnswer.NOT_BOOTSTRAPPED;
        }
        if (!alarm.isAttached()) {
            return SealAnswer.NO_CONNECTION;
        }
        try {
            memory.store(seal);
        } catch (Flash.StorageFull e) {
            return SealAnswer.STORAGE_FULL;
        }
        if (!underWay) {
            alarm.set(Duration.ZERO);
        }
        return SealAnswer.ACCEPTED;
    }

    @Override
    public void force(Consumer<ForcedOutcome> outcome) {
        ForcedOutcome refusal = alarm.isAttached() ? guard.refusal(clock.instant()) : ForcedOutcome.NO_CONNECTION;
        if (refusal != null) {
            outcome.accept(refusal);
        } else if (underWay) {
            forcing.add(outcome);
        } else if (forcedTooOften()) {
            outcome.accept(ForcedOutcome.TOO_EARLY);
        } else {
            forcing.add(outcome);
            beat(true);
        }
    }

    /** The power goes off. Nothing is sent or told any more. */
    @Override
    public void close() {
        closed = true;
        forcing.clear();
        alarm.cancel();
        exchange.close();
    }

    /** The step on the way to the first certificate that the device is at, or null if there is none to take. */
    private @Nullable Reason step(AgentState state) {
        if (!state.status().registered()) {
            return Reason.BOOTSTRAP;
        }
        if (memory.seal() == null || state.status().claimed()) {
            return null;
        }
        return state.sealPresented() ? Reason.PROVISION : Reason.SEAL;
    }

    /** The server's time is estimated from its last reply; without a valid clock that is a lower bound after a boot. */
    private boolean forcedTooOften() {
        AgentState state = memory.state();
        return settings.forcedPerDay() > 0
                && state.forcedWithinADay(state.serverTime().plus(Duration.between(lastReply, clock.instant())))
                        >= settings.forcedPerDay();
    }

    private void beat(boolean forced) {
        if (closed) {
            return;
        }
        alarm.cancel();
        underWay = true;
        attempts++;
        Reason step = step(memory.state());
        Reason regular = forced ? Reason.FORCED : contacted ? Reason.SCHEDULED : Reason.FIRST_CONTACT;
        Beat beat = new Beat(step, step == null ? regular : step, memory.seal(), forced);
        exchange.heartbeat(beat.reason, beat.seal, answer -> answered(beat, received(answer)));
    }

    private Answer received(Answer answer) {
        return alarm.isAttached() ? answer : new Answer.Unknown();
    }

    private void answered(Beat beat, Answer answer) {
        switch (answer) {
            case Answer.Accepted(Reply reply) -> accepted(beat, reply);
            case Answer.Later(Duration maxAge) -> {
                attempts = 0;
                Duration wait = schedule.afterMaxAge(maxAge);
                guard.answered(clock.instant(), wait, ForcedOutcome.TOO_EARLY);
                finish(ForcedOutcome.TOO_EARLY, wait);
            }
            case Answer.Refused(Response.Code code) -> {
                if (beat.step == Reason.SEAL && code == Response.Code.FORBIDDEN) {
                    // The device is not sealed with it: the host may write another.
                    memory.forgetSeal();
                }
                guard.answered(clock.instant(), settings.guard(), ForcedOutcome.REFUSED);
                finish(ForcedOutcome.REFUSED, code == Response.Code.FORBIDDEN ? schedule.period() : backOff());
            }
            case Answer.Unknown() -> finish(ForcedOutcome.NO_CONNECTION, backOff());
        }
    }

    /**
     * The commands run before the state is stored: a power cut between them leaves the next heartbeat due as before, so
     * that what was lost comes again soon.
     */
    private void accepted(Beat beat, Reply reply) {
        contacted = true;
        boolean ran = exchange.run(reply);
        AgentState state = memory.state();
        state = beat.seal == null ? state : state.withSealPresented();
        state = beat.forced && settings.forcedPerDay() > 0 ? state.withForced(reply.serverTime()) : state;
        Duration wait = replied(beat, state, reply, ran);
        guard.answered(clock.instant(), settings.guard(), ForcedOutcome.TOO_EARLY);
        if (ran) {
            exchange.results(answer -> resulted(beat, received(answer), wait));
            tell(ForcedOutcome.ACCEPTED);
        } else {
            finish(ForcedOutcome.ACCEPTED, wait);
        }
    }

    private void resulted(Beat beat, Answer answer, Duration wait) {
        Duration then = switch (answer) {
            case Answer.Accepted(Reply reply) -> {
                if (beat.step != null) {
                    // The last exchange of provisioning starts the guard interval, here as on the server.
                    guard.answered(clock.instant(), settings.guard(), ForcedOutcome.TOO_EARLY);
                }
                yield replied(beat, memory.state(), reply, true);
            }
            case Answer.Later(Duration maxAge) -> longer(wait, schedule.afterMaxAge(maxAge));
            case Answer.Refused _, Answer.Unknown _ -> step(memory.state()) == null ? wait : longer(wait, backOff());
        };
        finish(ForcedOutcome.ACCEPTED, then);
    }

    /** Keeps what a reply says and returns how long to wait then. */
    private Duration replied(Beat beat, AgentState before, Reply reply, boolean ran) {
        AgentState state = before.withStatus(reply.status());
        Duration wait = waitAfter(beat.step, step(state), reply, ran);
        lastReply = clock.instant();
        memory.store(state.withTimes(reply.serverTime(), reply.serverTime().plus(wait)));
        return wait;
    }

    private Duration waitAfter(@Nullable Reason before, @Nullable Reason after, Reply reply, boolean ran) {
        if (after == null) {
            attempts = 0;
            return schedule.next(reply.nextHeartbeat());
        }
        if (before == null || after.compareTo(before) > 0) {
            attempts = 0;
            return Duration.ZERO;
        }
        return ran && attempts <= SWIFT_EXCHANGES
                ? Duration.ZERO
                : longer(backOff(), schedule.next(reply.nextHeartbeat()));
    }

    private Duration backOff() {
        int failures = Math.max(attempts, 1);
        return step(memory.state()) == null ? schedule.backOff(failures) : schedule.provisioningBackOff(failures);
    }

    private void finish(ForcedOutcome outcome, Duration wait) {
        underWay = false;
        alarm.set(wait);
        tell(outcome);
    }

    private void tell(ForcedOutcome outcome) {
        List<Consumer<ForcedOutcome>> told = List.copyOf(forcing);
        forcing.clear();
        told.forEach(one -> one.accept(outcome));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * A heartbeat under way.
     *
     * @param step the step of provisioning that it takes, if any
     * @param seal what it carries
     */
    private record Beat(
            @Nullable Reason step, Reason reason, @Nullable Seal seal, boolean forced) {}
}
