package dev.rootbeat.module.at;

import java.util.Locale;

/**
 * Text of one octet a character as printable ASCII on one line: a backslash and what is not printable are written as
 * {@code \\}, {@code \r}, {@code \n} or {@code \xHH}.
 */
public final class Escapes {

    private static final int HEX = 16;

    private Escapes() {}

    /** Escapes text. */
    public static String escape(String text) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\r' -> escaped.append("\\r");
                case '\n' -> escaped.append("\\n");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        escaped.append(c);
                    } else {
                        escaped.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
                    }
                }
            }
        }
        return escaped.toString();
    }

    /**
     * Takes the escapes back.
     *
     * @throws IllegalArgumentException naming what is none
     */
    public static String unescape(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = ++i < text.length() ? text.charAt(i) : ' ';
            switch (escaped) {
                case '\\' -> plain.append('\\');
                case 'r' -> plain.append('\r');
                case 'n' -> plain.append('\n');
                case 'x' -> {
                    String digits = text.substring(i + 1, Math.min(i + 3, text.length()));
                    if (!digits.matches("[0-9a-f]{2}")) {
                        throw new IllegalArgumentException("\"\\x" + digits + "\" is no escape");
                    }
                    plain.append((char) Integer.parseInt(digits, HEX));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("\"\\" + escaped + "\" is no escape");
            }
        }
        return plain.toString();
    }
}
