package dev.rootbeat.module.testing;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.at.AtObserver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host in a test. It reads whole lines where the module says them, so echo does not disturb it, nor does noise on the
 * line; what it really {@link #heard} is beside. Results are to be words, as {@code ATV1} has them. For one thread, the
 * test's.
 */
public final class TestHost {

    /** As long as hosts wait for security commands (AT reference, section 1.8). */
    public static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final Pattern RESULT = Pattern.compile("OK|ERROR|ABORTED|\\+CM[ES] ERROR: .*|[>@]");

    private final TestBench bench;
    private final AtPort port;
    private final List<String> lines = new ArrayList<>();
    private final Lines announced = new Lines();
    private final StringBuilder heard = new StringBuilder();
    private @Nullable CompletableFuture<AtAnswer> waiting;

    private TestHost(TestBench bench) {
        this.bench = bench;
        this.port = bench.module()
                .connect(new Ears(), octets -> heard.append(new String(octets, StandardCharsets.ISO_8859_1)));
    }

    /** Plugs a host into the module of a bench. */
    public static TestHost plugIn(TestBench bench) {
        return bench.call(() -> new TestHost(bench));
    }

    /**
     * Sends a command line and waits for its answer, at most {@link #PATIENCE} of the module's time.
     *
     * @param line without what ends it, such as {@code AT+CGMI}
     * @throws AssertionError if no final result and no prompt comes, telling what came instead
     */
    public AtAnswer send(String line) {
        return send(line, PATIENCE);
    }

    /** Does as {@link #send(String)}, but waits no longer than this. */
    public AtAnswer send(String line, Duration atMost) {
        return exchange(line, octets(line + "\r"), atMost);
    }

    /** Sends what a prompt asked for, and waits for the answer as {@link #send(String)} does. */
    public AtAnswer send(byte[] payload) {
        return exchange(payload.length + " octets", payload.clone(), PATIENCE);
    }

    /** Sends text as it is, one octet a character, and waits for nothing. */
    public void type(String text) {
        bench.run(() -> port.input(octets(text)));
    }

    /**
     * Waits for a line that the module says of its own accord. One that came before counts too, but each only once.
     *
     * @param beginning how the line begins, such as {@code +UUSORD:}
     * @return the whole line
     * @throws AssertionError if none comes in time, telling which ones came
     */
    public String awaitUrc(String beginning, Duration atMost) {
        return announced.await(bench, beginning, atMost);
    }

    /** All lines that the module has said of its own accord. */
    public List<String> urcs() {
        return bench.call(announced::all);
    }

    /** Everything that has arrived from the module as it came, with echo, line ends and noise; one octet a character. */
    public String heard() {
        return bench.call(heard::toString);
    }

    /** Whether it is plugged into this module, as it is until the module's storage is given to another. */
    public boolean isPluggedInto(Module module) {
        return bench.module() == module;
    }

    /** Unplugs the host. */
    public void unplug() {
        bench.run(port::close);
    }

    private AtAnswer exchange(String what, byte[] octets, Duration atMost) {
        var answer = new CompletableFuture<AtAnswer>();
        bench.run(() -> {
            lines.clear();
            waiting = answer;
            port.input(octets);
        });
        if (bench.await(answer, atMost)) {
            return answer.join();
        }
        throw new AssertionError("no result of " + what + " within " + atMost + "; the module said "
                + bench.call(() -> {
                    waiting = null;
                    return List.copyOf(lines);
                }));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** On the module's thread. */
    private final class Ears implements AtObserver {

        @Override
        public void answered(String text) {
            if (waiting != null && RESULT.matcher(text).matches()) {
                waiting.complete(new AtAnswer(List.copyOf(lines), text));
                waiting = null;
            } else {
                lines.add(text);
            }
        }

        @Override
        public void announced(String line) {
            announced.add(line);
        }
    }
}
