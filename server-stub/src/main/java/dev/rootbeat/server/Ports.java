package dev.rootbeat.server;

import org.jspecify.annotations.Nullable;

/**
 * Where a server listens. Every port may be 0, for any that is free.
 *
 * @param host the address, a name or digits
 * @param http the TCP port of the REST interface
 * @param coaps the UDP port for devices
 * @param manage the TCP port for those who run the server; null for none
 * @param platform the TCP port of the server's own IoT platform; null for none
 */
public record Ports(
        String host,
        int http,
        int coaps,
        @Nullable Integer manage,
        @Nullable Integer platform) {

    /** Free ports of this machine for operators and devices. */
    public static final Ports FREE = new Ports("127.0.0.1", 0, 0, null, null);

    /** The same, and one for the server's own IoT platform. */
    public static final Ports FREE_WITH_PLATFORM = new Ports("127.0.0.1", 0, 0, null, 0);
}
