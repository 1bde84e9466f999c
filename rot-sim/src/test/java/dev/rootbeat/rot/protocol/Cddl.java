package dev.rootbeat.rot.protocol;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds items to the rules of a CDDL document (RFC 8610), of which it knows what {@code rootbeat.cddl} uses. */
record Cddl(Map<String, CddlType> rules) {

    /** Reads the definition that ships with the protocol. */
    static Cddl ofProtocol() {
        try (InputStream in = Objects.requireNonNull(Codec.class.getResourceAsStream("rootbeat.cddl"))) {
            return CddlParser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names that rules use and none defines. */
    Set<String> undefined() {
        Set<String> names = new TreeSet<>();
        rules.values().forEach(type -> collectNames(type, names));
        names.removeAll(rules.keySet());
        return names;
    }

    private static void collectNames(CddlType type, Set<String> names) {
        switch (type) {
            case CddlType.Named(String rule) -> names.add(rule);
            case CddlType.Choice(List<CddlType> types) -> types.forEach(each -> collectNames(each, names));
            case CddlType.ArrayOf(List<CddlType.Entry> entries) ->
                entries.forEach(each -> collectNames(each.type(), names));
            case CddlType.MapOf(List<CddlType.Entry> entries) ->
                entries.forEach(each -> collectNames(each.type(), names));
            case CddlType.IntRange range -> {}
            case CddlType.OctetString octets -> {}
            case CddlType.TextLike text -> {}
            case CddlType.Bool bool -> {}
        }
    }

    /** Returns where and how the item breaks the rule, or empty if it does not. */
    Optional<String> violation(String rule, CborItem item) {
        return check(new CddlType.Named(rule), item, rule);
    }

    private Optional<String> check(CddlType type, CborItem item, String path) {
        return switch (type) {
            case CddlType.Named(String rule) -> check(Objects.requireNonNull(rules.get(rule), rule), item, path);
            case CddlType.Choice(List<CddlType> types) ->
                types.stream().anyMatch(each -> check(each, item, path).isEmpty())
                        ? Optional.empty()
                        : broken(path, type, item);
            case CddlType.IntRange(long min, long max) ->
                holds(item instanceof CborItem.Int(long value) && value >= min && value <= max, path, type, item);
            case CddlType.OctetString(long min, long max) ->
                holds(
                        item instanceof CborItem.Octets(Bytes value) && value.size() >= min && value.size() <= max,
                        path,
                        type,
                        item);
            case CddlType.TextLike(String regexp) ->
                holds(item instanceof CborItem.Text(String value) && value.matches(regexp), path, type, item);
            case CddlType.Bool() -> holds(item instanceof CborItem.Bool, path, type, item);
            case CddlType.ArrayOf(List<CddlType.Entry> entries) ->
                item instanceof CborItem.Array(List<CborItem> items)
                        ? checkArray(entries, items, path)
                        : broken(path, type, item);
            case CddlType.MapOf(List<CddlType.Entry> entries) ->
                item instanceof CborItem.Dictionary(TreeMap<Long, CborItem> found)
                        ? checkMap(entries, found, path)
                        : broken(path, type, item);
        };
    }

    private Optional<String> checkArray(List<CddlType.Entry> entries, List<CborItem> items, String path) {
        int next = 0;
        for (CddlType.Entry entry : entries) {
            long count = 0;
            while (count < entry.max() && next < items.size()) {
                Optional<String> violation = check(entry.type(), items.get(next), path + "[" + next + "]");
                if (violation.isPresent()) {
                    return violation;
                }
                count++;
                next++;
            }
            if (count < entry.min()) {
                return Optional.of(path + ": has only " + items.size() + " items");
            }
        }
        return next == items.size() ? Optional.empty() : Optional.of(path + ": has " + items.size() + " items");
    }

    private Optional<String> checkMap(List<CddlType.Entry> entries, TreeMap<Long, CborItem> found, String path) {
        Set<Long> unknown = new TreeMap<>(found).keySet();
        for (CddlType.Entry entry : entries) {
            unknown.remove(entry.key());
            CborItem value = found.get(entry.key());
            if (value == null && entry.min() > 0) {
                return Optional.of(path + ": lacks key " + entry.key());
            }
            Optional<String> violation =
                    value == null ? Optional.empty() : check(entry.type(), value, path + "." + entry.key());
            if (violation.isPresent()) {
                return violation;
            }
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(path + ": has unknown keys "
                        + unknown.stream().map(String::valueOf).collect(joining(", ")));
    }

    private static Optional<String> holds(boolean holds, String path, CddlType type, CborItem item) {
        return holds ? Optional.empty() : broken(path, type, item);
    }

    private static Optional<String> broken(String path, CddlType type, CborItem item) {
        return Optional.of(path + ": must be " + type + ", is " + item);
    }
}
