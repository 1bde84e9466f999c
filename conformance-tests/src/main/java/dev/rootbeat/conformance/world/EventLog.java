package dev.rootbeat.conformance.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * What happened in a world, in order. All of it goes into a hash, so that two runs can be compared byte for byte; the
 * last lines are kept for people.
 */
public final class EventLog {

    /** Enough to see what led to a failure. */
    private static final int KEPT = 200;

    private final MessageDigest hash;
    private final Deque<String> last = new ArrayDeque<>();
    private long lines;

    /** Begins an empty log. */
    public EventLog() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a line. */
    void add(Instant at, String subject, String what) {
        String line = at + " " + subject + " " + what;
        hash.update(line.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) '\n');
        lines++;
        last.addLast(line);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** How many lines there are. */
    public long lines() {
        return lines;
    }

    /** The last lines, oldest first. */
    public List<String> tail() {
        return List.copyOf(last);
    }

    /** SHA-256 over all lines so far, in hexadecimal digits. Ends the log. */
    public String hash() {
        return HexFormat.of().formatHex(hash.digest());
    }
}
