package dev.rootbeat.module.link;

/**
 * What a link does about a host that does not read. First nothing more is read from it, so that one that only asks and
 * never listens has to wait, and loses nothing. What the module says of its own accord is kept for it up to a limit.
 */
final class SlowHost {

    /** So many octets unread, and the host's own octets wait. */
    static final int PAUSE = 64 * 1024;

    /** So many octets unread, and what the module says then is lost, as at a UART that nobody reads. */
    static final int MAX_UNREAD = 1024 * 1024;

    /** The most octets that are taken of a host in one go: the answers to so many seldom exceed {@link #PAUSE}. */
    static final int CHUNK = 512;

    private SlowHost() {}
}
