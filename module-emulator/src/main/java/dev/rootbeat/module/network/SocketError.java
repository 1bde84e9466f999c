package dev.rootbeat.module.network;

/**
 * What {@code AT+USOER} says of the last socket operation that failed. The numbers are those of Linux, as on other
 * modules of the manufacturer; which of them a SARA-R5 gives for a failed TLS handshake is not public, so that is ours.
 */
public enum SocketError {
    /** Nothing failed. */
    NONE(0),
    /** There is no such socket. */
    BAD_SOCKET(9),
    /** The peer does not take what is sent fast enough. */
    WOULD_BLOCK(11),
    /** What was asked for makes no sense, such as a TLS profile that names an unknown certificate. */
    INVALID(22),
    /** The socket is of the other protocol. */
    NOT_SUPPORTED(95),
    /** The local port is taken. */
    ADDRESS_IN_USE(98),
    /** The module has no packet data context. */
    NETWORK_DOWN(100),
    /** There is no way to the host. */
    NETWORK_UNREACHABLE(101),
    /** The module itself broke the connection off: the server is not who it should be, or what it said is no TLS. */
    ABORTED(103),
    /** The peer broke the connection off: it may not have accepted the module's credential. */
    RESET(104),
    /** As many sockets as there are are in use. */
    NO_BUFFERS(105),
    /** The socket is connected already. */
    IS_CONNECTED(106),
    /** The socket is not connected. */
    NOT_CONNECTED(107),
    /** The peer did not answer in time. */
    TIMED_OUT(110),
    /** Nobody listens at the port. */
    REFUSED(111),
    /** The name is not known. */
    HOST_UNREACHABLE(113),
    /** The socket is about to connect. */
    IN_PROGRESS(115);

    private final int number;

    SocketError(int number) {
        this.number = number;
    }

    /** The number that {@code AT+USOER} shows. */
    public int number() {
        return number;
    }
}
