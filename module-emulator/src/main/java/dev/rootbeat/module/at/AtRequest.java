package dev.rootbeat.module.at;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One command of a command line.
 *
 * @param spelling the name in upper case with what tells its kind, as {@link AtCommand} has it
 * @param fields the parameters; none but for a set command or a basic command with a number
 */
public record AtRequest(String spelling, List<Field> fields) {

    /** What a line without commands asks for, {@code AT} alone: a sign of life. */
    public static final AtRequest NONE = new AtRequest("", List.of());

    static final String SET = "=";
    static final String READ = "?";
    static final String TEST = "=?";

    /** Returns the name alone, such as {@code +CGSN}. */
    public String name() {
        return spelling.replaceAll("[=?]", "");
    }

    /** Returns the command as a host writes it, with its name in upper case, such as {@code +CGDCONT=1,"IP"}. */
    public String text() {
        if (!name().equals("S")) {
            return spelling + joined(fields);
        }
        // The number of a register is part of the name (ITU-T V.250, section 5.3.2).
        return "S" + fields.getFirst().spelled() + spelling.substring(1) + joined(fields.subList(1, fields.size()));
    }

    private static String joined(List<Field> fields) {
        return fields.stream().map(Field::spelled).collect(Collectors.joining(","));
    }
}
