package dev.rootbeat.module.at;

import org.jspecify.annotations.Nullable;

/**
 * Finds command lines in the octets of a host (ITU-T V.250, section 5.2; AT reference, section 1.1): what is before
 * {@code AT} is noise, a CR ends the line, a backspace takes back, LF and NUL do not count. S3 and S5 may say otherwise.
 */
final class LineReader {

    /** The longest line without {@code AT}: a TLS session ticket fits ({@code +USECPRF}, operation 13). */
    static final int MAX_LINE = 4096;

    private static final int NUL = 0;
    private static final int LINE_FEED = 10;

    /** What an octet completed. */
    sealed interface Line {

        /** A line, what is behind {@code AT}. */
        record Text(String commands) implements Line {}

        /** {@code A/}: the last line again. */
        record Repeat() implements Line {}

        /** A line of more than {@value #MAX_LINE} octets, of which so many are kept. */
        record TooLong(String start) implements Line {}
    }

    private enum Place {
        NOISE,
        BEHIND_A,
        LINE
    }

    private final Profile profile;
    private final StringBuilder line = new StringBuilder();
    private Place place = Place.NOISE;
    private boolean tooLong;

    /** Reads lines that end as the profile says. */
    LineReader(Profile profile) {
        this.profile = profile;
    }

    /** Whether a host that pauses now has begun no line. */
    boolean isIdle() {
        return place == Place.NOISE;
    }

    /** Takes the next octet, 0 to 255, and returns the line that it completes, if it does. */
    @Nullable
    Line accept(int octet) {
        return switch (place) {
            case NOISE -> {
                place = octet == 'A' || octet == 'a' ? Place.BEHIND_A : Place.NOISE;
                yield null;
            }
            case BEHIND_A -> behindA(octet);
            case LINE -> inLine(octet);
        };
    }

    private @Nullable Line behindA(int octet) {
        switch (octet) {
            case 'T', 't' -> {
                place = Place.LINE;
                line.setLength(0);
                tooLong = false;
            }
            case '/' -> {
                place = Place.NOISE;
                return new Line.Repeat();
            }
            case 'A', 'a' -> {}
            default -> place = Place.NOISE;
        }
        return null;
    }

    private @Nullable Line inLine(int octet) {
        if (octet == profile.get(Profile.Parameter.LINE_END)) {
            place = Place.NOISE;
            return tooLong ? new Line.TooLong(line.toString()) : new Line.Text(line.toString());
        }
        if (octet == profile.get(Profile.Parameter.BACKSPACE)) {
            line.setLength(Math.max(0, line.length() - 1));
        } else if (octet != LINE_FEED && octet != NUL) {
            if (line.length() == MAX_LINE) {
                tooLong = true;
            } else {
                line.append((char) octet);
            }
        }
        return null;
    }
}
