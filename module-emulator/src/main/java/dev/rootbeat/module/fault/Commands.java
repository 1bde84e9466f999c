package dev.rootbeat.module.fault;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which commands something happens to: one command as a host writes it, with {@code *} for any text. Upper and lower
 * case are the same. Of a line with several commands each is looked at by itself, with {@code AT} before it.
 *
 * @param pattern begins with {@code AT}; spaces only inside quotes
 */
public record Commands(String pattern) {

    private static final Pattern SHAPE = Pattern.compile("[Aa][Tt]([!#-~]|\"[ !#-~]*\")*");

    /** @throws IllegalArgumentException if the pattern cannot fit any command */
    public Commands {
        if (!SHAPE.matcher(pattern).matches()) {
            throw new IllegalArgumentException("\"" + pattern
                    + "\" is no command such as AT+CSQ or AT+USECMNG=0,*; it begins with AT, and has spaces only inside"
                    + " quotes");
        }
    }

    /** Whether a command is one of them. */
    boolean include(String command) {
        String regex = Pattern.compile("*", Pattern.LITERAL)
                .splitAsStream(pattern + " ")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(command + " ")
                .matches();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
