package dev.rootbeat.module.at;

import dev.rootbeat.module.at.LineReader.Line;
import dev.rootbeat.rot.flash.PowerCut;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    /** How many octets wait behind a running command: several of the longest lines. What is beyond is lost, as in a full UART. */
    static final int MAX_WAITING_OCTETS = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AtSession.class);

    /** The numbers of {@code ATV0} (ITU-T V.250, table 1). */
    private static final int OK_NUMBER = 0;

    private static final int ERROR_NUMBER = 4;

    /** What a command that has not answered yet waits for. */
    private sealed interface Pending {

        record Work(Answer.Later answer) implements Pending {}

        record Payload(Answer.Prompt prompt, ByteArrayOutputStream octets) implements Pending {}
    }

    private final CommandTable table;
    private final Map<Class<?>, Object> services;
    private final ScheduledExecutorService executor;
    private final Consumer<byte[]> host;
    private final Profile profile = new Profile();
    private final Map<String, Integer> modes = new HashMap<>();
    private final LineReader reader = new LineReader(profile);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ArrayDeque<AtRequest> requests = new ArrayDeque<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Deque<String> urcs = new ArrayDeque<>();
    private final Octets waiting = new Octets(MAX_WAITING_OCTETS);
    private @Nullable Pending pending;
    private long waits;
    private @Nullable ScheduledFuture<?> timer;
    private String lastLine = "";
    private boolean draining;
    private boolean closed;
    private int errorFormat;

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
        this.table = table;
        this.services = services;
        this.executor = executor;
        this.host = host;
    }

    /** Takes octets from the host, as they come. */
    public void input(byte[] octets) {
        waiting.add(octets);
        drain();
    }

    /** Shows an unsolicited line as soon as the host is not in the middle of a command. */
    public void urc(String line) {
        urcs.addLast(line);
        if (urcs.size() > MAX_WAITING_URCS) {
            urcs.removeFirst();
        }
        if (!draining) {
            showUrcs();
            flush();
        }
    }

    /** The power goes off: nothing is said any more. */
    public void close() {
        closed = true;
        cancelTimer();
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
        return errorFormat;
    }

    /** Shows errors in another format from now on. */
    public void errorFormat(int format) {
        errorFormat = format;
    }

    /** Works off what has come in, until a command has to wait for something. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!closed && !waiting.isEmpty() && step()) {
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
            case null -> command(waiting.next());
            case Pending.Payload payload -> payload(payload);
            case Pending.Work work -> {
                if (!waiting.takeAbort(profile.get(Profile.Parameter.LINE_END))) {
                    return false;
                }
                abort(work);
            }
        }
        return true;
    }

    private void command(int octet) {
        if (profile.isOn(Profile.Parameter.ECHO)) {
            out.write(octet);
        }
        switch (reader.accept(octet)) {
            case null -> {}
            case Line.Text(String commands) -> run(commands);
            case Line.Repeat() -> run(lastLine);
            case Line.TooLong() -> fail(AtError.COMMAND_LINE_TOO_LONG);
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
            if (!settle(safely(() -> table.answer(this, services, present)))) {
                return;
            }
            request = requests.poll();
        }
        finish("OK", OK_NUMBER);
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
                lines.forEach(this::line);
                afterwards.add(then);
                return true;
            }
            case Answer.Failed(AtError error) -> fail(error);
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
        write("\r\n" + prompt.symbol());
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
        payload.octets.writeBytes(waiting.take(payload.prompt.octets() - payload.octets.size()));
        if (payload.octets.size() < payload.prompt.octets()) {
            await(payload);
        } else {
            byte[] complete = payload.octets.toByteArray();
            completed(waits, safely(() -> payload.prompt.then().apply(complete)));
        }
    }

    private void abort(Pending.Work work) {
        work.answer.abort().run();
        pending = null;
        requests.clear();
        finish("ABORTED", AtError.COMMAND_ABORTED.number());
    }

    private void fail(AtError error) {
        requests.clear();
        switch (errorFormat) {
            case 0 -> finish("ERROR", ERROR_NUMBER);
            case 1 -> result(framed("+CME ERROR: " + error.number()));
            default -> result(framed("+CME ERROR: " + error.text()));
        }
    }

    /** Ends a line with a result of ITU-T V.250, which the host may want as a number. */
    private void finish(String word, int number) {
        result(isVerbose() ? framed(word) : number + character(Profile.Parameter.LINE_END));
    }

    private void result(String text) {
        if (!profile.isOn(Profile.Parameter.QUIET)) {
            write(text);
        }
        flush();
        List<Runnable> now = List.copyOf(afterwards);
        afterwards.clear();
        now.forEach(Runnable::run);
    }

    private void showUrcs() {
        while (pending == null && reader.isIdle() && !urcs.isEmpty()) {
            line(urcs.removeFirst());
        }
    }

    private void line(String text) {
        write(framed(text));
    }

    private String framed(String text) {
        String end = character(Profile.Parameter.LINE_END) + character(Profile.Parameter.LINE_FEED);
        return (isVerbose() ? end : "") + text + end;
    }

    private String character(Profile.Parameter register) {
        return String.valueOf((char) profile.get(register));
    }

    private boolean isVerbose() {
        return profile.isOn(Profile.Parameter.VERBOSE);
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void flush() {
        if (!closed && out.size() > 0) {
            host.accept(out.toByteArray());
        }
        out.reset();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
