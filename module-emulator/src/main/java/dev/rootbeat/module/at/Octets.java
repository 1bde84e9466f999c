package dev.rootbeat.module.at;

import java.util.Arrays;

/** What a host has sent and nobody has taken yet, up to a limit; what is beyond it is lost. */
final class Octets {

    private final int limit;
    private byte[] octets = new byte[0];
    private int taken;

    Octets(int limit) {
        this.limit = limit;
    }

    boolean isEmpty() {
        return taken == octets.length;
    }

    void add(byte[] more) {
        int left = octets.length - taken;
        int added = Math.min(more.length, limit - left);
        byte[] joined = Arrays.copyOfRange(octets, taken, taken + left + added);
        System.arraycopy(more, 0, joined, left, added);
        octets = joined;
        taken = 0;
    }

    /** Takes the next octet, 0 to 255. */
    int next() {
        return Byte.toUnsignedInt(octets[taken++]);
    }

    /** Takes at most so many octets. */
    byte[] take(int most) {
        int count = Math.min(most, octets.length - taken);
        taken += count;
        return Arrays.copyOfRange(octets, taken - count, taken);
    }

    /** Takes a blank line, a space and what ends a line, if that is what comes next: with it a host aborts a command. */
    boolean takeAbort(int lineEnd) {
        while (taken < octets.length && octets[taken] == '\n') {
            taken++; // of a host that ends its lines with CR LF
        }
        boolean abort = octets.length - taken >= 2 && octets[taken] == ' ' && octets[taken + 1] == lineEnd;
        if (abort) {
            taken += 2;
        }
        return abort;
    }
}
