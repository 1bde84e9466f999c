package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The packet data contexts that a host has defined. */
public final class Contexts {

    private static final String ENTRY = "\n";
    private static final String FIELD = ",";

    private final Settings settings;

    /**
     * A definition.
     *
     * @param type {@code IP}, for example
     * @param accessPoint its name; empty for the one that the network chooses
     */
    record Context(String type, String accessPoint) {}

    /** Keeps the definitions among these settings. */
    public Contexts(Settings settings) {
        this.settings = settings;
    }

    /** All definitions by number. */
    SortedMap<Integer, Context> all() {
        var all = new TreeMap<Integer, Context>();
        for (String entry : settings.get(Setting.CGDCONT).split(ENTRY, -1)) {
            String[] fields = entry.split(FIELD, -1);
            all.put(Integer.valueOf(fields[0]), new Context(fields[1], fields[2]));
        }
        return all;
    }

    /** The name of the access point of a context; empty if none is defined. */
    public String accessPoint(int number) {
        Context context = all().get(number);
        return context == null ? "" : context.accessPoint();
    }

    /** Defines a context, or defines it anew. */
    Answer define(int number, Context context) {
        SortedMap<Integer, Context> all = all();
        all.put(number, context);
        return store(all);
    }

    /** Forgets a definition. */
    Answer forget(int number) {
        SortedMap<Integer, Context> all = all();
        all.remove(number);
        return store(all);
    }

    private Answer store(SortedMap<Integer, Context> all) {
        return settings.store(
                Setting.CGDCONT,
                all.entrySet().stream()
                        .map(entry -> String.join(
                                FIELD,
                                String.valueOf(entry.getKey()),
                                entry.getValue().type(),
                                entry.getValue().accessPoint()))
                        .collect(Collectors.joining(ENTRY)));
    }
}
