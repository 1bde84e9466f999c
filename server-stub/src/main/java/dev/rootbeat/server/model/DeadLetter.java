package dev.rootbeat.server.model;

import java.time.Instant;

/**
 * A delivery that was given up.
 *
 * @param delivery what was to be delivered, and how often it was tried
 * @param reason why the last try failed
 * @param at when it was given up
 */
public record DeadLetter(Delivery delivery, String reason, Instant at) {}
