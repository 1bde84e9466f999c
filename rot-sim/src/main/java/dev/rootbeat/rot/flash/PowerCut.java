package dev.rootbeat.rot.flash;

/**
 * The power of a device failed inside a step of its storage. Whoever runs the device lets go of everything that it had
 * in memory, and starts it again on the same medium.
 */
public final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says after how many steps of the medium the power failed. */
    public PowerCut(long step) {
        super("power cut after " + step + " steps of the storage", null, false, false);
    }
}
