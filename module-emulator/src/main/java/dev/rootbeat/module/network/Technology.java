package dev.rootbeat.module.network;

/** A radio access technology with its numbers in the commands that name it. */
public enum Technology {
    /** LTE category M1. */
    CAT_M1(7, 7, 4),
    /** Narrow-band IoT. */
    NB1(8, 9, 5);

    private final int choice;
    private final int act;
    private final int edrx;

    Technology(int choice, int act, int edrx) {
        this.choice = choice;
        this.act = act;
        this.edrx = edrx;
    }

    /** The technology of a number of {@code +URAT}; LTE category M1 if it is not that of narrow-band IoT. */
    public static Technology ofChoice(int number) {
        return number == NB1.choice ? NB1 : CAT_M1;
    }

    /** Its number in {@code +COPS} and {@code +CREG} (3GPP TS 27.007, {@code AcT}). */
    public int act() {
        return act;
    }

    /** Its number in {@code +CEDRXS}. */
    public int edrx() {
        return edrx;
    }
}
