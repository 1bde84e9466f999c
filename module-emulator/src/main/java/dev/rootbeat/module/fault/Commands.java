package dev.rootbeat.module.fault;

import java.util.List;
import java.util.Locale;

/**
 * Which commands something happens to: one command as a host writes it, with {@code *} for any text. Upper and lower
 * case are the same. Of a line with several commands each is looked at by itself, with {@code AT} before it.
 *
 * @param pattern begins with {@code AT}; printable ASCII, with spaces only inside quotes
 */
public record Commands(String pattern) {

    private static final String BEGINNING = "AT";

    /** @throws IllegalArgumentException if the pattern cannot fit any command */
    public Commands {
        if (!pattern.regionMatches(true, 0, BEGINNING, 0, BEGINNING.length()) || !isOneWord(pattern)) {
            throw new IllegalArgumentException("\"" + pattern
                    + "\" is no command such as AT+CSQ or AT+USECMNG=0,*; it begins with AT, and has spaces only inside"
                    + " quotes");
        }
    }

    private static boolean isOneWord(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c < ' ' || c > '~' || (c == ' ' && !quoted)) {
                return false;
            }
        }
        return !quoted;
    }

    /** Whether a command is one of them. It takes no longer than to look for each part once. */
    boolean include(String command) {
        String text = command.toLowerCase(Locale.ROOT);
        List<String> parts = List.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1));
        String first = parts.getFirst();
        String last = parts.getLast();
        if (parts.size() == 1) {
            return text.equals(first);
        }
        if (!text.startsWith(first)) {
            return false;
        }
        int at = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return text.length() - at >= last.length() && text.endsWith(last);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
