package dev.rootbeat.server.model;

import java.time.Instant;

/**
 * A delivery that was given up.
 *
 * @param delivery what was to be delivered
 * @param tries how often it was tried
 * @param reason why the last try failed
 * @param at when it was given up
 */
public record DeadLetter(Delivery delivery, int tries, String reason, Instant at) {}
