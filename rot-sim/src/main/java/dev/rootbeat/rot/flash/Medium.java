package dev.rootbeat.rot.flash;

/**
 * Raw storage as NOR flash offers it: two banks of the same size whose octets are either blank (0xFF) or programmed. A
 * blank octet can be programmed once; only erasing a whole bank makes its octets blank again. Programming goes octet
 * by octet in ascending order, erasing page by page, and a power cut leaves what was done by then. One thread at a
 * time.
 */
public interface Medium {

    /** The number of banks. */
    int BANKS = 2;

    /** The size of a bank unless another is asked for, in octets: the state of a module fits about ten times. */
    int DEFAULT_BANK_SIZE = 32 * 1024;

    /**
     * The size of a bank for what a host stores, in octets: credentials and files. It is apart from the rest of the
     * state, because that is written all the time and this is large.
     */
    int BULK_BANK_SIZE = 512 * 1024;

    /** What a blank octet reads. */
    byte BLANK = (byte) 0xFF;

    /** The size of a bank, in octets. */
    int bankSize();

    /** Returns a copy of octets of a bank. */
    byte[] read(int bank, int offset, int length);

    /** Returns whether a bank is blank from an offset to its end. */
    boolean isBlank(int bank, int from);

    /** Programs blank octets, and returns when they will survive a power cut. */
    void program(int bank, int offset, byte[] octets);

    /** Makes a bank blank. */
    void erase(int bank);
}
