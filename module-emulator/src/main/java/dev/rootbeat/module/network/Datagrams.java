package dev.rootbeat.module.network;

import java.net.InetSocketAddress;

/** A port from which datagrams go, and to which they come. */
public interface Datagrams {

    /** Sends a datagram, which may get lost. */
    void send(InetSocketAddress to, byte[] octets);

    /** Gives up the port. Nothing is told any more. */
    void close();

    /** What is told of a port, on the module's executor and never before it is returned to whom opened it. */
    interface Events {

        /** A datagram has come. */
        void received(InetSocketAddress from, byte[] octets);

        /** The port could not be had, or is lost. Nothing is told afterwards. */
        void ended(SocketError why);
    }
}
