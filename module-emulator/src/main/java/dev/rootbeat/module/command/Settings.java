package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A module's configuration in its storage. */
public final class Settings {

    private static final String LINE = "\n";
    private static final String FIELD = ",";

    private final Flash flash;
    private final Map<Setting, String> factory;

    /**
     * Opens the configuration of a module.
     *
     * @param factory what this module had when it was new, where that is not the usual
     */
    public Settings(Flash flash, Map<Setting, String> factory) {
        this.flash = flash;
        this.factory = factory;
    }

    /** Returns a value. */
    public String get(Setting setting) {
        Bytes stored = flash.read(setting.key());
        return stored == null
                ? factory.getOrDefault(setting, setting.factory())
                : new String(stored.toArray(), StandardCharsets.ISO_8859_1);
    }

    /** Returns the number that a value begins with. */
    public int first(Setting setting) {
        return Integer.parseInt(get(setting).split(FIELD, 2)[0]);
    }

    /** Returns a value of several lines: the fields of each, without a comma in any, by the number that it begins with. */
    SortedMap<Integer, List<String>> table(Setting setting) {
        return get(setting)
                .lines()
                .map(line -> List.of(line.split(FIELD, -1)))
                .collect(Collectors.toMap(
                        fields -> Integer.valueOf(fields.getFirst()),
                        fields -> fields.subList(1, fields.size()),
                        (_, later) -> later,
                        TreeMap::new));
    }

    /** The same as {@link #store(Setting, String)} for a value of several lines. */
    Answer store(Setting setting, SortedMap<Integer, List<String>> table) {
        return store(
                setting,
                table.entrySet().stream()
                        .map(entry -> entry.getKey() + FIELD + String.join(FIELD, entry.getValue()))
                        .collect(Collectors.joining(LINE)));
    }

    /**
     * Stores a value and answers the command that sets it. Without room for it the old value stays.
     *
     * @param value text of one octet a character; an empty one brings back what the module had when it was new
     */
    Answer store(Setting setting, String value) {
        if (value.equals(get(setting))) {
            return Answer.OK;
        }
        try {
            flash.write(Map.of(setting.key(), Bytes.of(value.getBytes(StandardCharsets.ISO_8859_1))));
            return Answer.OK;
        } catch (Flash.StorageFull e) {
            return Answer.error(AtError.MEMORY_FULL);
        }
    }
}
