package dev.rootbeat.module.at;

import java.util.List;

/**
 * One command of a command line.
 *
 * @param spelling the name in upper case with what tells its kind, as {@link AtCommand} has it
 * @param fields the parameters; none but for a set command or a basic command with a number
 */
public record AtRequest(String spelling, List<Field> fields) {

    static final String SET = "=";
    static final String READ = "?";
    static final String TEST = "=?";

    /** Returns the name alone, such as {@code +CGSN}. */
    public String name() {
        return spelling.replaceAll("[=?]", "");
    }
}
