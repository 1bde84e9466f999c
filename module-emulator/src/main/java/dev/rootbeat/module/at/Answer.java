package dev.rootbeat.module.at;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a command comes to. Lines are text of one octet a character (ISO 8859-1), so that they can carry raw octets. */
public sealed interface Answer {

    /** Success without anything to say. */
    Answer OK = new Done(List.of(), () -> {});

    /**
     * Success.
     *
     * @param lines the information lines before the final {@code OK}, each as it stands between CR LF and CR LF
     * @param afterwards what happens as soon as the final result has left, such as a reboot
     */
    record Done(List<String> lines, Runnable afterwards) implements Answer {}

    /** Failure. What follows in the command line is not run. */
    record Failed(AtError error) implements Answer {}

    /**
     * The end of the command line without a final result of the module: what only a fault brings about.
     *
     * @param lines what it says all the same, each as it stands between CR LF and CR LF; none for silence
     */
    record Unfinished(List<String> lines) implements Answer {}

    /**
     * An answer that takes time. Unsolicited lines and further commands of this host wait until it is there.
     *
     * @param start begins the work; its argument is to be told the answer once, on the module's executor. What comes
     *     after the power went off, or after an abort, is dropped
     * @param abort gives up the work when the host aborts the command (AT reference, section 1.1)
     */
    record Later(Consumer<Consumer<Answer>> start, Runnable abort) implements Answer {}

    /**
     * A prompt. The octets that the host sends next are payload: no echo, no lines, no unsolicited text in between.
     *
     * @param symbol {@code '>'} or {@code '@'}
     * @param octets how many octets of payload, at least 1
     * @param within how long no octet may come before the command fails
     * @param late what it fails with then
     * @param then answers the command when the payload is complete
     */
    record Prompt(char symbol, int octets, Duration within, AtError late, Function<byte[], Answer> then)
            implements Answer {}

    /** Success with these information lines. */
    static Answer of(String... lines) {
        return new Done(List.of(lines), () -> {});
    }

    /** Failure. */
    static Answer error(AtError error) {
        return new Failed(error);
    }
}
