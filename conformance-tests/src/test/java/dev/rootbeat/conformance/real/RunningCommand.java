package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.module.real.ModuleCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** {@code rootbeat module} in a thread of this process. */
final class RunningCommand implements AutoCloseable {

    private static final Pattern READY =
            Pattern.compile("ready ([0-9a-f]{16}) (\\S+) imei ([0-9]{15})(?: tcp \\S+:([0-9]+))?(?: pty (\\S+))?");

    private final BufferedReader out;
    private final AtomicInteger exitCode = new AtomicInteger(-1);
    private final Thread thread;

    /** What a {@code ready} line says. */
    record Ready(String uid, String product, String imei, String tcp, String pty) {}

    RunningCommand(String... arguments) throws IOException {
        var pipe = new PipedReader();
        var writer = new PrintWriter(new PipedWriter(pipe), true);
        out = new BufferedReader(pipe);
        thread = Thread.ofPlatform().name("rootbeat module").start(() -> {
            exitCode.set(new CommandLine(new ModuleCommand()).setOut(writer).execute(arguments));
            writer.close();
        });
    }

    /** Waits until the next module is ready. */
    Ready ready() throws IOException {
        String line = out.readLine();
        Matcher matcher = READY.matcher(String.valueOf(line));
        assertThat(matcher.matches()).as("ready: %s", line).isTrue();
        return new Ready(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), matcher.group(5));
    }

    /** Stops it as a signal does. */
    @Override
    public void close() {
        thread.interrupt();
        await().until(() -> !thread.isAlive());
        assertThat(exitCode).hasValue(0);
    }
}
