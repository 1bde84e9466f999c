package dev.rootbeat.rot.protocol;

import java.util.Comparator;

/**
 * Orders the heartbeats of one device for its whole life (protocol, section 2). The boot number is kept in the Root of
 * Trust's storage before anything is sent; so a beat number that starts again at every boot costs no storage write.
 *
 * @param boot how often the Root of Trust has started, from 1
 * @param beat how many heartbeats it has sent since, from 1
 */
public record Counter(long boot, long beat) implements Comparable<Counter> {

    private static final Comparator<Counter> ORDER =
            Comparator.comparingLong(Counter::boot).thenComparingLong(Counter::beat);

    @Override
    public int compareTo(Counter other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return boot + "." + beat;
    }
}
