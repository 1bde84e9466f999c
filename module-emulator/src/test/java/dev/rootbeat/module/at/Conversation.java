package dev.rootbeat.module.at;

import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A host in virtual time, with its session on commands that a test brings; echo is off. */
public final class Conversation {

    /** The time of all of it. */
    public final VirtualTime time = new VirtualTime(Instant.parse("2026-11-24T00:00:00Z"));

    final List<String> done = new ArrayList<>();
    final AtSession session;
    private final StringBuilder heard = new StringBuilder();

    /** Plugs a host into these services. */
    public Conversation(Object... services) {
        Map<Class<?>, Object> byClass = new HashMap<>();
        Class<?>[] classes = new Class<?>[services.length];
        for (int i = 0; i < services.length; i++) {
            classes[i] = services[i].getClass();
            byClass.put(classes[i], services[i]);
        }
        Consumer<byte[]> host = octets -> heard.append(new String(octets, StandardCharsets.ISO_8859_1));
        session = new AtSession(CommandTable.of(classes), byClass, time.executor("module"), host);
        session.profile().set(Profile.Parameter.ECHO, 0);
        session.errorFormat(2);
    }

    /** Sends text as it is, one octet a character, and returns what the module says to it. */
    public String send(String text) {
        session.input(text.getBytes(StandardCharsets.ISO_8859_1));
        return heard();
    }

    /** Shows the host unsolicited lines. */
    public void urcs(Function<AtSession, Optional<String>> line) {
        line.apply(session).ifPresent(session::urc);
    }

    /** What the module has said since the last look. */
    public String heard() {
        String text = heard.toString();
        heard.setLength(0);
        return text;
    }

    /** The commands that most tests need. */
    static final class Commands {

        final List<Consumer<Answer>> waiting = new ArrayList<>();
        final List<String> log = new ArrayList<>();

        @AtCommand("+ONE")
        Answer one() {
            return Answer.of("+ONE: 1");
        }

        @AtCommand("+NUM=")
        Answer number(@Range(from = -5, to = 10) int number, @OneOf({0, 2, 4}) @Nullable Integer option) {
            return Answer.of("+NUM: " + number + "," + option);
        }

        @AtCommand("+TXT=")
        Answer text(@Length(min = 1, max = 5) String text) {
            return Answer.of("+TXT: \"" + text + "\"");
        }

        @AtCommand("+OP=")
        Answer first(@OneOf(1) int op, @Range(to = 9) int value) {
            return Answer.of("+OP: first " + value);
        }

        @AtCommand("+OP=")
        Answer second(@OneOf(2) int op, @Length(max = 9) String value) {
            return Answer.of("+OP: second " + value);
        }

        @AtCommand("+READ?")
        Answer read() {
            return Answer.of("+READ: 7");
        }

        @AtCommand("+LATER")
        Answer later() {
            return new Answer.Later(waiting::add, () -> log.add("aborted"));
        }

        @AtCommand("+DATA=")
        Answer data(@Range(from = 1, to = 100) int octets) {
            return new Answer.Prompt(
                    '>',
                    octets,
                    Duration.ofSeconds(20),
                    AtError.IMPORT_TIMEOUT,
                    payload -> Answer.of("+DATA: " + new String(payload, StandardCharsets.ISO_8859_1)));
        }

        @AtCommand("+OFF")
        Answer off() {
            return new Answer.Done(List.of(), () -> log.add("off"));
        }

        @AtCommand("+BUG")
        Answer bug() {
            return List.<Answer>of().getFirst();
        }

        @AtCommand("X")
        Answer basic(@Range(to = 9) @Nullable Integer number) {
            return Answer.of("X" + number);
        }

        @AtCommand("&X")
        Answer ampersand(@Range(to = 9) int number) {
            return Answer.of("&X" + number);
        }

        @AtCommand("S=")
        Answer register(@Range(to = 9) int number, @Range(to = 127) int value) {
            return Answer.of("S" + number + "=" + value);
        }
    }
}
