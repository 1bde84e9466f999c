package dev.rootbeat.module.credential;

import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Finds what is in textual armour (RFC 7468). It is read leniently: with any line breaks or none, with text around, and
 * anything else in front of what is looked for.
 */
final class Armour {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private Armour() {}

    /** Whether octets are text that has armour. */
    static boolean isIn(byte[] octets) {
        return text(octets).contains(BEGIN);
    }

    /** Returns what the first armour with one of these labels holds, if its label ends it too and it is base64. */
    static Optional<Content> open(byte[] octets, List<String> labels) {
        String text = text(octets);
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int label = begin + BEGIN.length();
            int body = text.indexOf(DASHES, label);
            if (body < 0) {
                return Optional.empty();
            }
            String name = text.substring(label, body);
            if (labels.contains(name)) {
                return open(name, text, body + DASHES.length());
            }
            begin = text.indexOf(BEGIN, body);
        }
        return Optional.empty();
    }

    private static Optional<Content> open(String label, String text, int from) {
        int to = text.indexOf(END + label + DASHES, from);
        if (to < 0) {
            return Optional.empty();
        }
        String base64 = text.substring(from, to).replaceAll("[\\s\\x00]", "");
        try {
            return Optional.of(new Content(label, Bytes.of(Base64.getDecoder().decode(base64))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /**
     * What is in an armour.
     *
     * @param label such as {@code CERTIFICATE}
     */
    record Content(String label, Bytes der) {}
}
