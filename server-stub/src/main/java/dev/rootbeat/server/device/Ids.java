package dev.rootbeat.server.device;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Draws identities that no restored backup draws again: they are random. */
public final class Ids {

    private final RandomGenerator random;

    /** Draws from this generator. */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** Returns 128 random bits as 32 lower-case hexadecimal digits. */
    public String next() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    /** Returns a random command id: 0 to 2^63-1. */
    public long nextCommand() {
        return random.nextLong() & Long.MAX_VALUE;
    }
}
