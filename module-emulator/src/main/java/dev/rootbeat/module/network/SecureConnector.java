package dev.rootbeat.module.network;

import java.net.InetSocketAddress;

/** Opens connections that keep to a TLS profile. */
@FunctionalInterface
public interface SecureConnector {

    /**
     * Opens a connection; it is there when the handshake is complete.
     *
     * @param profile the number of the TLS profile
     * @param protocol TCP for TLS, UDP for DTLS
     * @param localPort 0 for any
     * @param host the name or the address that the host of the module wrote
     */
    Connection connect(
            int profile, Protocol protocol, int localPort, InetSocketAddress to, String host, Connection.Events events);
}
