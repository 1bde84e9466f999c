package dev.rootbeat.sim;

/** Sees every message of a {@link SimNetwork}, and what becomes of it, as it happens. */
@FunctionalInterface
public interface NetworkObserver {

    /** What happens to a message. */
    enum Fate {
        /** It was sent; another fate follows, two if it was duplicated. */
        SENT,
        /** It will not arrive. */
        LOST,
        /** It will arrive once more. */
        DUPLICATED,
        /** It arrives; told before the receiver gets it. */
        DELIVERED,
        /** It arrives where nobody waits for it: no server, a device without power, or a request that is over. */
        UNWANTED
    }

    /** Tells what happens to a message now. */
    void see(Packet packet, Fate fate);
}
