package dev.rootbeat.sim;

import java.util.random.RandomGenerator;

/** A random source that can go on as another one: what was drawn stays, what is drawn from then on differs. */
public final class Dice implements RandomGenerator {

    private RandomGenerator source;

    /** Draws what the source does. */
    public Dice(RandomGenerator source) {
        this.source = source;
    }

    /** Draws what another source does from now on. */
    public void become(RandomGenerator other) {
        source = other;
    }

    @Override
    public long nextLong() {
        return source.nextLong();
    }

    @Override
    public int nextInt() {
        return source.nextInt();
    }

    @Override
    public void nextBytes(byte[] octets) {
        source.nextBytes(octets);
    }
}
