package dev.rootbeat.rot.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the part of CDDL (RFC 8610, appendix B) that {@code rootbeat.cddl} uses, and refuses the rest. */
final class CddlParser {

    private static final Pattern TOKEN = Pattern.compile(
            "(?:\\s|;[^\\n]*+)*+(=>|\\.\\.|\\.[a-z]+|[A-Za-z][A-Za-z0-9-]*|[0-9]+|\"[^\"]*\"|[={}()\\[\\],:/?*])");

    private final Deque<String> tokens = new ArrayDeque<>();

    private CddlParser(String document) {
        Matcher matcher = TOKEN.matcher(document);
        int end = 0;
        while (matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!document.substring(end).replaceAll(";[^\n]*", "").isBlank()) {
            throw new IllegalArgumentException("not understood: " + document.substring(end));
        }
    }

    static Cddl parse(String document) {
        CddlParser in = new CddlParser(document);
        var rules = new TreeMap<String, CddlType>();
        while (!in.tokens.isEmpty()) {
            String name = in.next();
            in.expect("=");
            if (rules.put(name, in.type()) != null) {
                throw new IllegalArgumentException("two rules for " + name);
            }
        }
        return new Cddl(rules);
    }

    private CddlType type() {
        var types = new ArrayList<CddlType>();
        do {
            types.add(oneType());
        } while (accept("/"));
        return types.size() == 1 ? types.getFirst() : new CddlType.Choice(types);
    }

    private CddlType oneType() {
        String token = next();
        return switch (token) {
            case "{" -> new CddlType.MapOf(group("}"));
            case "[" -> new CddlType.ArrayOf(group("]"));
            case "bool" -> new CddlType.Bool();
            case "tstr" -> {
                expect(".regexp");
                String quoted = next();
                yield new CddlType.TextLike(quoted.substring(1, quoted.length() - 1));
            }
            case "bstr" -> {
                expect(".size");
                CddlType.IntRange size = accept("(") ? range(number()) : exactly(number());
                if (")".equals(tokens.peek())) {
                    next();
                }
                yield new CddlType.OctetString(size.min(), size.max());
            }
            default -> Character.isDigit(token.charAt(0)) ? range(Long.parseLong(token)) : new CddlType.Named(token);
        };
    }

    private List<CddlType.Entry> group(String end) {
        var entries = new ArrayList<CddlType.Entry>();
        while (!accept(end)) {
            long min = 1;
            long max = 1;
            if (accept("?")) {
                min = 0;
            } else if ("*".equals(second())) {
                min = number();
                expect("*");
                max = number();
            }
            long key = 0;
            if ("=>".equals(second())) {
                key = number();
                expect("=>");
            } else if (":".equals(second())) {
                next(); // in an array a name says what the item is for
                expect(":");
            }
            entries.add(new CddlType.Entry(key, min, max, type()));
            if (!end.equals(tokens.peek())) {
                expect(",");
            }
        }
        return entries;
    }

    private CddlType.IntRange range(long min) {
        return accept("..") ? new CddlType.IntRange(min, number()) : exactly(min);
    }

    private static CddlType.IntRange exactly(long value) {
        return new CddlType.IntRange(value, value);
    }

    private long number() {
        return Long.parseLong(next());
    }

    private @Nullable String second() {
        return tokens.stream().skip(1).findFirst().orElse(null);
    }

    private boolean accept(String token) {
        if (!token.equals(tokens.peek())) {
            return false;
        }
        next();
        return true;
    }

    private void expect(String token) {
        String found = next();
        if (!found.equals(token)) {
            throw new IllegalArgumentException("expected " + token + ", found " + found + " before " + tokens);
        }
    }

    private String next() {
        return tokens.remove();
    }
}
