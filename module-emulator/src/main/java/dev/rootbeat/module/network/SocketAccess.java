package dev.rootbeat.module.network;

import java.security.SecureRandom;
import java.util.concurrent.Executor;

/**
 * What a module needs for its sockets.
 *
 * @param world what they reach
 * @param names the host names that can be looked up
 * @param random for nonces and ephemeral keys of TLS
 * @param blocking runs handshakes of DTLS, which wait
 */
public record SocketAccess(SocketWorld world, Names names, SecureRandom random, Executor blocking) {}
