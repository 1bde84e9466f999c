package dev.rootbeat.module.network;

/**
 * What a packet data context has carried, in octets.
 *
 * @param sent since it was activated
 * @param received since it was activated
 * @param totalSent since the boot, or since a host set it
 * @param totalReceived since the boot, or since a host set it
 */
public record Traffic(long sent, long received, long totalSent, long totalReceived) {

    /** Nothing. */
    static final Traffic NONE = new Traffic(0, 0, 0, 0);

    Traffic anew() {
        return new Traffic(0, 0, totalSent, totalReceived);
    }

    Traffic plus(long moreSent, long moreReceived) {
        return new Traffic(
                sent + moreSent, received + moreReceived, totalSent + moreSent, totalReceived + moreReceived);
    }

    Traffic withTotal(long newSent, long newReceived) {
        return new Traffic(sent, received, newSent, newReceived);
    }
}
