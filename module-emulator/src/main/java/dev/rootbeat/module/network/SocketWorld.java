package dev.rootbeat.module.network;

import java.net.InetSocketAddress;

/**
 * What a module's sockets reach: real hosts in the real world, or what a test puts there. Every method is called on the
 * module's executor and returns at once.
 */
public interface SocketWorld {

    /**
     * Opens a TCP connection.
     *
     * @param localPort 0 for any
     */
    Connection connect(int localPort, InetSocketAddress to, Connection.Events events);

    /**
     * Opens a port for datagrams.
     *
     * @param localPort 0 for any
     */
    Datagrams open(int localPort, Datagrams.Events events);
}
