package dev.rootbeat.module.frame;

/** How frames look that begin and end with the octet {@link FrameFinder#FLAG}. Sizes include both flags. */
public interface FrameForm {

    /** What {@link #size} returns when it takes more octets to tell. */
    int UNKNOWN = 0;

    /** What {@link #size} returns when no frame begins so. */
    int NONE = -1;

    /**
     * Tells the size of the frame that may begin at a flag, in octets.
     *
     * @param octets what has come so far
     * @param from where the flag is
     * @return the size, {@link #UNKNOWN} or {@link #NONE}; no more than the form's own limit
     */
    int size(byte[] octets, int from);

    /**
     * Tells whether a frame has come unharmed.
     *
     * @param octets hold all of it
     * @param from where its first flag is
     * @param size what {@link #size} returned
     */
    boolean isGood(byte[] octets, int from, int size);
}
