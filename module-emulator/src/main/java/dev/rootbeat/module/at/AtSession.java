package dev.rootbeat.module.at;

import dev.rootbeat.module.at.LineReader.Line;
import dev.rootbeat.rot.flash.PowerCut;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation with one host, from power-on to power-off: its octets in, the module's octets out (AT reference,
 * section 1). Every host has its own echo and error format. Unsolicited lines wait while a line is begun or a command
 * runs, so that none gets between an information line and its final result. All methods are called on the module's
 * executor.
 */
public final class AtSession {

    /** How many unsolicited lines wait for a host that keeps its module busy; older ones are dropped. */
    static final int MAX_WAITING_URCS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(AtSession.class);

    /** What a command that has not answered yet waits for. */
    private sealed interface Pending {

        record Work(Answer.Later answer) implements Pending {}

        record Payload(Answer.Prompt prompt, ByteArrayOutputStream octets) implements Pending {}
    }

    private final CommandRunner commands;
    private final ScheduledExecutorService executor;
    private final AtObserver observer;
    private final Profile profile = new Profile();
    private final Map<String, Integer> modes = new HashMap<>();
    private final LineReader reader = new LineReader(profile);
    private final Output output;
    private final ArrayDeque<AtRequest> requests = new ArrayDeque<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Deque<String> urcs = new ArrayDeque<>();
    private final HostLink link;
    private @Nullable Pending pending;
    private long waits;
    private @Nullable ScheduledFuture<?> timer;
    private String lastLine = "";
    private boolean draining;
    private boolean closed;

    /**
     * Begins a conversation.
     *
     * @param services the objects whose methods answer, by class
     * @param executor the module's
     * @param host takes what the module says
     */
    public AtSession(
            CommandTable table,
            Map<Class<?>, Object> services,
            ScheduledExecutorService executor,
            Consumer<byte[]> host) {
        this(table.on(services), executor, AtObserver.NONE, host);
    }

    /**
     * Begins a conversation that is observed.
     *
     * @param commands what answers
     * @param executor the module's
     * @param host takes what the module says
     */
    public AtSession(
            CommandRunner commands, ScheduledExecutorService executor, AtObserver observer, Consumer<byte[]> host) {
        this.commands = commands;
        this.executor = executor;
        this.observer = observer;
        this.link = new HostLink(this, host);
        this.output = new Output(profile, observer, link::say);
    }

    /** Takes octets from the host, as they come. */
    public void input(byte[] octets) {
        link.input(octets);
    }

    /** The way to its host. */
    public HostLink link() {
        return link;
    }

    /** Shows an unsolicited line, if it is for this host, or to the sessions that share its link meanwhile. */
    public void show(Function<AtSession, Optional<String>> line) {
        link.show(line);
    }

    /** Shows an unsolicited line as soon as the host is not in the middle of a command. */
    public void urc(String line) {
        urcs.addLast(line);
        if (urcs.size() > MAX_WAITING_URCS) {
            urcs.removeFirst();
        }
        if (!draining) {
            catchUp();
        }
    }

    /** The power goes off: nothing is said any more. */
    public void close() {
        closed = true;
        cancelTimer();
        link.close();
    }

    /** How the module talks to this host. */
    public Profile profile() {
        return profile;
    }

    /** How this host wants to be told of something, by the command that asks for it, such as {@code +CREG}; at first 0. */
    public int mode(String command) {
        return modes.getOrDefault(command, 0);
    }

    /** The host wants to be told of something in another way from now on. */
    public void mode(String command, int mode) {
        modes.put(command, mode);
    }

    /** How errors are shown ({@code AT+CMEE}): 0 plain, 1 by number, 2 as text. */
    public int errorFormat() {
        return output.errorFormat();
    }

    /** Shows errors in another format from now on. */
    public void errorFormat(int format) {
        output.errorFormat(format);
    }

    /** Works off what has come in, until a command has to wait for something. */
    void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!closed && !link.waiting().isEmpty() && step()) {
                // each step takes octets
            }
            showUrcs();
        } finally {
            draining = false;
        }
        flush();
    }

    /** Takes the next octets; returns whether there may be more to take. */
    private boolean step() {
        switch (pending) {
            case null -> command(link.waiting().next());
            case Pending.Payload payload -> payload(payload);
            case Pending.Work work -> {
                if (!link.waiting().takeAbort(profile.get(Profile.Parameter.LINE_END))) {
                    return false;
                }
                abort(work);
            }
        }
        return true;
    }

    private void command(int octet) {
        output.echo(octet);
        switch (reader.accept(octet)) {
            case null -> {}
            case Line.Text(String line) -> {
                observer.asked("AT" + line);
                run(line);
            }
            case Line.Repeat() -> {
                observer.asked("A/");
                run(lastLine);
            }
            case Line.TooLong(String start) -> {
                observer.asked("AT" + start);
                fail(AtError.COMMAND_LINE_TOO_LONG);
            }
        }
    }

    private void run(String line) {
        lastLine = line;
        AtLine.parse(line)
                .ifPresentOrElse(
                        parsed -> {
                            requests.addAll(parsed);
                            runRequests();
                        },
                        () -> fail(AtError.INCORRECT_PARAMETERS));
    }

    private void runRequests() {
        AtRequest request = requests.poll();
        while (request != null) {
            AtRequest present = request;
            if (!settle(safely(() -> commands.run(this, present)))) {
                return;
            }
            request = requests.poll();
        }
        output.ok();
        finish();
    }

    /** A command that fails by a mistake of ours costs the host an error, not its module. */
    private static Answer safely(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (PowerCut cut) {
            throw cut;
        } catch (RuntimeException e) {
            LOG.error("a command failed", e);
            return Answer.error(AtError.PHONE_FAILURE);
        }
    }

    /** Shows what a command came to; returns whether the next one of the line may run. */
    private boolean settle(Answer answer) {
        switch (answer) {
            case Answer.Done(List<String> lines, Runnable then) -> {
                lines.forEach(output::line);
                afterwards.add(then);
                return true;
            }
            case Answer.Failed(AtError error) -> fail(error);
            case Answer.Unfinished(List<String> lines) -> {
                lines.forEach(output::line);
                requests.clear();
                finish();
            }
            case Answer.Prompt prompt -> prompt(prompt);
            case Answer.Later later -> {
                long wait = waitFor(new Pending.Work(later));
                Answer begun = safely(() -> {
                    later.start().accept(answered -> completed(wait, answered));
                    return Answer.OK;
                });
                if (begun instanceof Answer.Failed failed) {
                    completed(wait, failed);
                }
            }
        }
        return false;
    }

    private long waitFor(Pending what) {
        pending = what;
        return ++waits;
    }

    /** What was waited for is there, unless it was given up before. */
    private void completed(long wait, Answer answer) {
        if (closed || pending == null || wait != waits) {
            return;
        }
        pending = null;
        cancelTimer();
        if (settle(answer)) {
            runRequests();
        }
        drain();
    }

    private void prompt(Answer.Prompt prompt) {
        output.prompt(prompt.symbol());
        var payload = new Pending.Payload(prompt, new ByteArrayOutputStream());
        waitFor(payload);
        await(payload);
    }

    private void await(Pending.Payload payload) {
        cancelTimer();
        long wait = waits;
        timer = executor.schedule(
                () -> completed(wait, Answer.error(payload.prompt.late())),
                payload.prompt.within().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void payload(Pending.Payload payload) {
        payload.octets.writeBytes(link.waiting().take(payload.prompt.octets() - payload.octets.size()));
        if (payload.octets.size() < payload.prompt.octets()) {
            await(payload);
        } else {
            byte[] complete = payload.octets.toByteArray();
            observer.sent(complete);
            completed(waits, safely(() -> payload.prompt.then().apply(complete)));
        }
    }

    private void abort(Pending.Work work) {
        pending = null; // first: what the work still answers is dropped
        work.answer.abort().run();
        requests.clear();
        output.aborted();
        finish();
    }

    private void fail(AtError error) {
        requests.clear();
        output.error(error);
        finish();
    }

    private void finish() {
        flush();
        List<Runnable> now = List.copyOf(afterwards);
        afterwards.clear();
        now.forEach(Runnable::run);
    }

    /** Says what waits to be said, if the host is not in the middle of a command. */
    void catchUp() {
        showUrcs();
        flush();
    }

    private void showUrcs() {
        while (pending == null && reader.isIdle() && !urcs.isEmpty()) {
            output.urc(urcs.removeFirst());
        }
    }

    private void flush() {
        if (!closed) {
            output.flush();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
