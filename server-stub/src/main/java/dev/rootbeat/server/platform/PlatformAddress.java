package dev.rootbeat.server.platform;

import dev.rootbeat.rot.protocol.Bytes;

/**
 * Where devices log in.
 *
 * @param host the name or address
 * @param port the TCP port
 * @param ca the CA that hosts trust when they log in, an X.509 certificate in DER
 */
public record PlatformAddress(String host, int port, Bytes ca) {}
