package dev.rootbeat.module.network;

/** A module's way onto the network, as its sockets see it. */
public interface Carrier {

    /** Whether there is a packet data context, so that octets can go. */
    boolean isOnline();

    /** Counts octets of data that have gone out, and come in. */
    void count(long sent, long received);
}
