package dev.rootbeat.module.at;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.command.SessionCommands;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Any octets to a session: line reader, parser, table, prompts, commands that take time. In the end the module answers
 * {@code AT}. Run by {@code FuzzTest} and {@code LongFuzz}.
 */
public final class SessionFuzz {

    /** Without the command that fails, which only fills the log. */
    private static final CommandTable TABLE =
            CommandTable.of(Conversation.Commands.class, SessionCommands.class).without("+BUG");

    /** Into how many pieces the octets are cut, with time and unsolicited lines in between. */
    private static final int PIECES = 3;

    /** What a host remembers of what it has heard; a repeated line says much. */
    private static final int MOST_HEARD = 1024 * 1024;

    /** Longer than a prompt waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private SessionFuzz() {}

    /** Begins a session with an executor and who takes what it says. */
    public static AtSession session(ScheduledExecutorService executor, Consumer<byte[]> host) {
        return session(executor, host, new Conversation.Commands());
    }

    private static AtSession session(
            ScheduledExecutorService executor, Consumer<byte[]> host, Conversation.Commands commands) {
        return new AtSession(
                TABLE,
                Map.of(Conversation.Commands.class, commands, SessionCommands.class, new SessionCommands()),
                executor,
                host);
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        var time = new VirtualTime(Instant.EPOCH);
        var commands = new Conversation.Commands();
        var heard = new StringBuilder();
        AtSession session = session(
                time.executor("module"),
                octets -> {
                    heard.setLength(Math.min(heard.length(), MOST_HEARD));
                    heard.append(new String(octets, StandardCharsets.ISO_8859_1));
                },
                commands);
        int piece = input.length / PIECES + 1;
        for (int from = 0; from < input.length; from += piece) {
            session.input(Arrays.copyOfRange(input, from, Math.min(input.length, from + piece)));
            session.urc("+URC: 1");
            time.runFor(Duration.ofSeconds(1));
        }
        settle(commands, time);
        session.profile().reset(); // the host knows what it has set
        session.input("\r".getBytes(StandardCharsets.US_ASCII)); // ends a line that is begun
        settle(commands, time);
        session.profile().reset();
        heard.setLength(0);
        session.input("AT\r".getBytes(StandardCharsets.US_ASCII));
        assertThat(heard).asString().startsWith("AT\r\r\nOK\r\n");
        session.close();
        assertThat(time.pending()).isZero();
    }

    /** Lets prompts run out, and answers what takes time. */
    private static void settle(Conversation.Commands commands, VirtualTime time) {
        time.runFor(PATIENCE);
        while (!commands.waiting.isEmpty()) {
            commands.waiting.removeFirst().accept(Answer.of("+LATER: 1"));
            time.runFor(PATIENCE);
        }
    }
}
