package dev.rootbeat.module.at;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a command line apart, what is behind {@code AT}: basic commands one behind the other, extended commands
 * separated by semicolons (ITU-T V.250, section 5). Spaces count only inside quotes.
 */
final class AtLine {

    private final String line;
    private final List<AtRequest> requests = new ArrayList<>();
    private int at;

    private AtLine(String line) {
        this.line = line;
    }

    /**
     * Returns the commands of a line in order, {@link AtRequest#NONE} if there are none; or nothing if it is malformed
     * anywhere, then none of it is to be run.
     */
    static Optional<List<AtRequest>> parse(String line) {
        var parser = new AtLine(withoutSpaces(line));
        if (!parser.all()) {
            return Optional.empty();
        }
        return Optional.of(parser.requests.isEmpty() ? List.of(AtRequest.NONE) : parser.requests);
    }

    private static String withoutSpaces(String line) {
        var kept = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (quoted || c != ' ') {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private boolean all() {
        while (at < line.length()) {
            char c = line.charAt(at);
            boolean good = c == '+' ? extended() : skip(';') || basic();
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /** A letter, or an ampersand and a letter, and a number; the number of a register is its first parameter. */
    private boolean basic() {
        int start = at;
        skip('&');
        if (at == line.length() || !isLetter(line.charAt(at))) {
            return false;
        }
        at++;
        int nameEnd = at;
        String digits = digits();
        String name = line.substring(start, nameEnd).toUpperCase(Locale.ROOT);
        if (name.equals("S")) {
            return register(new Field(digits, false));
        }
        requests.add(new AtRequest(name, digits.isEmpty() ? List.of() : List.of(new Field(digits, false))));
        return true;
    }

    private boolean register(Field number) {
        if (skip('?')) {
            return add("S" + AtRequest.READ, List.of(number));
        }
        if (!skip('=')) {
            return add("S", List.of(number));
        }
        Field value = new Field(digits(), false);
        return add("S" + AtRequest.SET, List.of(number, value));
    }

    private String digits() {
        int start = at;
        while (at < line.length() && isDigit(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    private boolean extended() {
        int start = at++;
        while (at < line.length() && (isLetter(line.charAt(at)) || isDigit(line.charAt(at)))) {
            at++;
        }
        return at > start + 1
                && kind(line.substring(start, at).toUpperCase(Locale.ROOT))
                && (at == line.length() || line.charAt(at) == ';');
    }

    private boolean kind(String name) {
        if (skip('?')) {
            return add(name + AtRequest.READ, List.of());
        }
        if (!skip('=')) {
            return add(name, List.of());
        }
        if (skip('?')) {
            return add(name + AtRequest.TEST, List.of());
        }
        Optional<List<Field>> fields = fields();
        return fields.isPresent() && add(name + AtRequest.SET, fields.get());
    }

    private boolean add(String spelling, List<Field> fields) {
        return requests.add(new AtRequest(spelling, fields));
    }

    private Optional<List<Field>> fields() {
        var fields = new ArrayList<Field>();
        do {
            Optional<Field> field = field();
            if (field.isEmpty()) {
                return Optional.empty();
            }
            fields.add(field.get());
        } while (skip(','));
        return Optional.of(fields);
    }

    private Optional<Field> field() {
        if (skip('"')) {
            int end = line.indexOf('"', at);
            if (end < 0) {
                return Optional.empty();
            }
            var field = new Field(line.substring(at, end), true);
            at = end + 1;
            return isFieldEnd() ? Optional.of(field) : Optional.empty();
        }
        int start = at;
        while (at < line.length() && ",;\"".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return isFieldEnd() ? Optional.of(new Field(line.substring(start, at), false)) : Optional.empty();
    }

    private boolean isFieldEnd() {
        return at == line.length() || line.charAt(at) == ',' || line.charAt(at) == ';';
    }

    private boolean skip(char expected) {
        boolean there = at < line.length() && line.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
