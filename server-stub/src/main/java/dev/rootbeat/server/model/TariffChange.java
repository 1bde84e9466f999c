package dev.rootbeat.server.model;

import java.time.Instant;

/**
 * From now on, a plan has other prices.
 *
 * @param at when a server began to use them
 * @param plan the plan
 * @param tariff its prices
 */
public record TariffChange(Instant at, Plan plan, Tariff tariff) {}
