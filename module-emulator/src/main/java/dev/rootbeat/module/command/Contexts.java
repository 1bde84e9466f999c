package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The packet data contexts that a host has defined. */
public final class Contexts {

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
        settings.table(Setting.CGDCONT)
                .forEach((number, fields) -> all.put(number, new Context(fields.getFirst(), fields.getLast())));
        return all;
    }

    /** The name of the access point of a context; empty if none is defined. */
    public String accessPoint(int number) {
        Context context = all().get(number);
        return context == null ? "" : context.accessPoint();
    }

    /** Defines a context, or defines it anew. */
    Answer define(int number, Context context) {
        SortedMap<Integer, List<String>> all = settings.table(Setting.CGDCONT);
        all.put(number, List.of(context.type(), context.accessPoint()));
        return settings.store(Setting.CGDCONT, all);
    }

    /** Forgets a definition. */
    Answer forget(int number) {
        SortedMap<Integer, List<String>> all = settings.table(Setting.CGDCONT);
        all.remove(number);
        return settings.store(Setting.CGDCONT, all);
    }
}
