package dev.rootbeat.conformance.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happened in a world, in order. All of it goes into a hash, so that two runs can be compared byte for byte; the
 * last lines are kept for people.
 */
public final class EventLog {

    /** Enough to see what led to a failure of a device among hundreds; a line takes a hundred octets. */
    private static final int KEPT = 20_000;

    /** How many lines of it are shown. */
    private static final int SHOWN = 200;

    /** How many characters are hashed at a time. */
    private static final int PIECE = 16_384;

    private final MessageDigest hash;
    private final StringBuilder unhashed = new StringBuilder(PIECE + 256);
    private final Deque<Line> last = new ArrayDeque<>();
    private long lines;

    private final List<Line> kept = new ArrayList<>();
    private Predicate<String> subjectsToKeep = _ -> false;

    /**
     * A line.
     *
     * @param subject a device's identity in 16 digits, or what is no device
     */
    public record Line(Instant at, String subject, String what, String detail) {

        @Override
        public String toString() {
            return (at + " " + subject + " " + what + " " + detail).stripTrailing();
        }
    }

    /** Begins an empty log. */
    public EventLog() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a line. Its instant goes into the hash as numbers: to write it out would take longer than all the rest. */
    void add(Instant at, String subject, String what, String detail) {
        unhashed.append(at.getEpochSecond())
                .append('.')
                .append(at.getNano())
                .append(' ')
                .append(subject)
                .append(' ')
                .append(what)
                .append(' ')
                .append(detail)
                .append('\n');
        if (unhashed.length() > PIECE) {
            hashPiece();
        }
        lines++;
        var line = new Line(at, subject, what, detail);
        last.addLast(line);
        if (subjectsToKeep.test(subject)) {
            kept.add(line);
        }
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    private void hashPiece() {
        hash.update(unhashed.toString().getBytes(StandardCharsets.UTF_8));
        unhashed.setLength(0);
    }

    /** Keeps all lines about some subjects from now on, however many there are. */
    public void keep(Predicate<String> subjects) {
        subjectsToKeep = subjects;
    }

    /** The lines that were kept, oldest first. */
    public List<Line> kept() {
        return Collections.unmodifiableList(kept);
    }

    /** How many lines there are. */
    public long lines() {
        return lines;
    }

    /**
     * Some of the last lines, each after its number, the first of all being number 1.
     *
     * @param from the number of the first one
     * @param to the number of the last one
     */
    public List<String> lines(long from, long to) {
        var wanted = new ArrayList<String>();
        long number = lines - last.size();
        for (Line line : last) {
            number++;
            if (number >= from && number <= to) {
                wanted.add(number + " " + line);
            }
        }
        return wanted;
    }

    /** The last lines, oldest first. */
    public List<String> tail() {
        return tail(_ -> true);
    }

    /** The last lines about some subjects, oldest first. */
    List<String> tail(Predicate<String> subjects) {
        List<String> about = last.stream()
                .filter(line -> subjects.test(line.subject))
                .map(Line::toString)
                .toList();
        return about.subList(Math.max(0, about.size() - SHOWN), about.size());
    }

    /** SHA-256 over all lines so far, in hexadecimal digits. Ends the log. */
    public String hash() {
        hashPiece();
        return HexFormat.of().formatHex(hash.digest());
    }
}
