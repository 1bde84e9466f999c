package dev.rootbeat.server;

import java.time.InstantSource;

/**
 * The times of a server.
 *
 * @param certificates the time in which certificates age, devices speak and money is due; it may run fast
 * @param operators the time of tokens and webhooks: operators and their scripts live in real time, however fast
 *     certificates age
 */
public record Clocks(InstantSource certificates, InstantSource operators) {}
