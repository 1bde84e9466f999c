package dev.rootbeat.server.platform;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.nio.charset.StandardCharsets;

/** Names and filters of topics (MQTT 3.1.1, section 4.7). */
final class Topics {

    /** Octets of a topic name or filter, as AWS IoT has it. */
    static final int MAX_OCTETS = 256;

    private Topics() {}

    /** Whether a device may publish under a name: below {@code devices/UID/}, its own RoTPublicUID in small letters. */
    static boolean mayPublish(RotPublicUid device, String name) {
        String own = "devices/" + device + "/";
        return name.startsWith(own)
                && name.length() > own.length()
                && name.chars().noneMatch(c -> c == '+' || c == '#' || c == 0)
                && isShort(name);
    }

    /** Whether a filter is well-formed: {@code +} stands for a whole level, {@code #} for all that are left. */
    static boolean isFilter(String filter) {
        if (filter.isEmpty() || filter.indexOf('\0') >= 0 || !isShort(filter)) {
            return false;
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean isWildcard = levels[i].equals("+") || (levels[i].equals("#") && i == levels.length - 1);
            if (!isWildcard && levels[i].chars().anyMatch(c -> c == '+' || c == '#')) {
                return false;
            }
        }
        return true;
    }

    /** Whether a well-formed filter takes a name. */
    static boolean matches(String filter, String name) {
        String[] wanted = filter.split("/", -1);
        String[] levels = name.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i == levels.length) {
                return false;
            }
            if (!wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }

    private static boolean isShort(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= MAX_OCTETS;
    }
}
