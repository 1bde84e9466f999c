package dev.rootbeat.module.trace;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.at.Secrets;
import dev.rootbeat.module.trace.TraceLine.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays a host's side of a trace to a module, at the pace of the trace, and finds out where the module answers
 * otherwise. What the trace hides of an answer is not compared, nor what the module says of its own accord, because
 * that comes when it comes. Lines end with a CR, whatever S3 says.
 */
public final class Replay {

    /** Longer than any command takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(400);

    private static final Pattern END = Pattern.compile("OK|ERROR|ABORTED|\\+CM[ES] ERROR: .*|[0-9]{1,4}|[>@]");
    private static final String REPEAT = "A/";

    /** What the host says, how long after what it said before, and what the module answered. */
    private record Step(TraceLine said, Duration after, List<String> expected) {

        boolean isAnswered(List<String> answered) {
            boolean waits =
                    !expected.isEmpty() && END.matcher(expected.getLast()).matches();
            return !waits
                    || (!answered.isEmpty() && END.matcher(answered.getLast()).matches());
        }

        byte[] octets() {
            String text = said.text();
            boolean line = said.kind() == Kind.ASKED && !text.equals(REPEAT);
            return (line ? text + "\r" : text).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private final ScheduledExecutorService executor;
    private final Iterator<Step> steps;
    private final AtPort port;
    private final CompletableFuture<List<Difference>> done;
    private final List<String> answered = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private @Nullable Step present;
    private @Nullable Step next;
    private @Nullable ScheduledFuture<?> patience;
    private boolean due;
    private boolean outOfPatience;

    private Replay(
            Iterator<Step> steps,
            Module module,
            ScheduledExecutorService executor,
            CompletableFuture<List<Difference>> done) {
        this.executor = executor;
        this.steps = steps;
        this.done = done;
        this.port = module.connect(
                new AtObserver() {
                    @Override
                    public void answered(String text) {
                        hear(text);
                    }
                },
                _ -> {});
    }

    /**
     * Plugs a host into a module and plays.
     *
     * @param trace the lines of one module
     * @param host which of its hosts
     * @param executor the module's
     * @return the differences, when all is said and answered
     * @throws IllegalArgumentException naming the line, if the trace hides what the host said
     */
    public static CompletableFuture<List<Difference>> play(
            List<TraceLine> trace, int host, Module module, ScheduledExecutorService executor) {
        Iterator<Step> steps = steps(trace, host).iterator();
        var done = new CompletableFuture<List<Difference>>();
        executor.execute(() -> new Replay(steps, module, executor, done).prepare());
        return done;
    }

    private static List<Step> steps(List<TraceLine> trace, int host) {
        List<Step> steps = new ArrayList<>();
        Instant before = trace.isEmpty() ? Instant.EPOCH : trace.getFirst().at();
        for (TraceLine line : trace) {
            if (line.host() != host) {
                continue;
            }
            switch (line.kind()) {
                case ASKED, SENT -> {
                    if (line.text().contains(Secrets.MASK)) {
                        throw new IllegalArgumentException("what the host said is hidden: " + line);
                    }
                    steps.add(new Step(line, Duration.between(before, line.at()), new ArrayList<>()));
                    before = line.at();
                }
                case ANSWERED -> {
                    if (!steps.isEmpty()) {
                        steps.getLast().expected.add(line.text());
                    }
                }
                case ANNOUNCED, NOTED -> {}
            }
        }
        return steps;
    }

    /** Waits until it is time for the next step, if there is one. */
    private void prepare() {
        next = steps.hasNext() ? steps.next() : null;
        due = next == null;
        if (next != null) {
            var _ = after(next.after, () -> {
                due = true;
                advance();
            });
        }
        advance();
    }

    private void hear(String line) {
        answered.add(line);
        // Not at once: there may be more lines of the same answer.
        executor.execute(this::advance);
    }

    private void advance() {
        if (due && (present == null || outOfPatience || present.isAnswered(answered))) {
            proceed();
        }
    }

    private void proceed() {
        due = false;
        outOfPatience = false;
        if (patience != null) {
            patience.cancel(false);
        }
        if (present != null) {
            compare(present);
        }
        present = next;
        answered.clear();
        if (present == null) {
            port.close();
            done.complete(List.copyOf(differences));
            return;
        }
        patience = after(PATIENCE, () -> {
            outOfPatience = true;
            advance();
        });
        port.input(present.octets());
        prepare();
    }

    private void compare(Step step) {
        boolean same = answered.size() == step.expected.size();
        for (int i = 0; same && i < answered.size(); i++) {
            String expected = step.expected.get(i);
            String line = answered.get(i);
            same = expected.equals(line) || expected.equals(Secrets.hideInAnswer(line));
        }
        if (!same) {
            differences.add(new Difference(step.said, step.expected, List.copyOf(answered)));
        }
    }

    private ScheduledFuture<?> after(Duration delay, Runnable task) {
        return executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
