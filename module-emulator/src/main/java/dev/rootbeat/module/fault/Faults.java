package dev.rootbeat.module.fault;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.CommandRunner;
import dev.rootbeat.module.fault.Fault.Way;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.rot.flash.Flash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The faults of one module, which outlive its reboots. Each has a number, counted from 1 in the order in which they were
 * added. All methods are called on the module's executor.
 */
public final class Faults {

    /** More than a test needs; every command and every octet is held against each. */
    public static final int MAX_FAULTS = 256;

    private final SequencedMap<Integer, ArmedFault> armed = new TreeMap<>();
    private int added;

    /** Begins with these. */
    public Faults(List<Fault> first) {
        first.forEach(this::add);
    }

    /**
     * Adds a fault behind those that are there.
     *
     * @return its number
     * @throws IllegalStateException if there are {@link #MAX_FAULTS} already
     */
    public int add(Fault fault) {
        if (armed.size() == MAX_FAULTS) {
            throw new IllegalStateException("a module has at most " + MAX_FAULTS + " faults");
        }
        armed.put(++added, new ArmedFault(fault));
        return added;
    }

    /** Removes a fault; returns whether it was still there. */
    public boolean remove(int number) {
        return armed.remove(number) != null;
    }

    /** Removes all faults. */
    public void clear() {
        armed.clear();
    }

    /** Those that still can happen, by number. */
    public SequencedMap<Integer, Fault> all() {
        var all = new TreeMap<Integer, Fault>();
        armed.forEach((number, one) -> all.put(number, one.fault()));
        return Collections.unmodifiableSequencedMap(all);
    }

    /** The module boots. */
    public void boot() {
        armed.values().forEach(ArmedFault::boot);
    }

    /** Takes octets that go over the line and returns what is left of them. */
    public byte[] carry(Way way, byte[] octets) {
        byte[] left = octets;
        for (ArmedFault one : armed.values()) {
            left = one.carry(way, left);
        }
        return left;
    }

    /** Makes storage that is full while a fault says so, once the module has booted on it. */
    public Flash over(Flash flash, BooleanSupplier booted) {
        return new FullFlash(
                flash,
                () -> booted.getAsBoolean()
                        && armed.values().stream().anyMatch(one -> one.fault() instanceof Fault.StorageFull));
    }

    /**
     * Makes a runner in which commands meet the faults, before another one runs them.
     *
     * @param timers of the boot
     * @param reboot switches the module off and on again
     */
    public CommandRunner before(CommandRunner commands, Timers timers, Runnable reboot) {
        return (session, request) -> {
            Supplier<Answer> command = () -> commands.run(session, request);
            return armed.isEmpty()
                    ? command.get()
                    : new Course(timers, reboot, command).run(effects("AT" + request.text()));
        };
    }

    /** What happens to a command; all but the last are delays. */
    private Deque<Effect> effects(String command) {
        armed.values().removeIf(one -> one.isEndedBy(command));
        var effects = new ArrayDeque<Effect>();
        for (ArmedFault one : armed.values()) {
            Optional<Effect> effect = one.happenTo(command);
            effect.ifPresent(effects::add);
            if (effect.isPresent() && !(effect.get() instanceof Effect.Delay)) {
                break;
            }
        }
        armed.values().removeIf(ArmedFault::isOver);
        return effects;
    }

    /**
     * The course that a command takes.
     *
     * @param command has the module run it
     */
    private record Course(Timers timers, Runnable reboot, Supplier<Answer> command) {

        Answer run(Deque<Effect> effects) {
            return switch (effects.poll()) {
                case null -> command.get();
                case Effect.Reply(String text) -> new Answer.Done(lines(text), () -> {});
                case Effect.Say(String text) -> new Answer.Unfinished(lines(text));
                case Effect.Fail(var error) -> Answer.error(error);
                case Effect.Silence() -> new Answer.Unfinished(List.of());
                case Effect.Hang() -> new Answer.Later(_ -> {}, () -> {});
                case Effect.Delay(Duration by) -> delayed(by, effects);
                case Effect.Reboot() -> reboots();
            };
        }

        /** What comes after the delay is an answer that takes time too, so that a command that fails then fails alone. */
        private Answer delayed(Duration by, Deque<Effect> rest) {
            var timer = new ArrayList<Timers.Timer>();
            return new Answer.Later(
                    answer -> timer.add(timers.after(
                            by, () -> answer.accept(new Answer.Later(late -> late.accept(run(rest)), () -> {})))),
                    () -> timer.forEach(Timers.Timer::cancel));
        }

        private Answer reboots() {
            return switch (command.get()) {
                case Answer.Later later ->
                    new Answer.Later(
                            _ -> {
                                later.start().accept(_ -> {});
                                soon();
                            },
                            later.abort());
                case Answer.Done _, Answer.Failed _, Answer.Prompt _, Answer.Unfinished _ ->
                    new Answer.Later(_ -> soon(), () -> {});
            };
        }

        /** Not at once, because the session is in the middle of something. */
        private void soon() {
            timers.after(Duration.ZERO, reboot);
        }

        private static List<String> lines(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split("\r\n"));
        }
    }
}
