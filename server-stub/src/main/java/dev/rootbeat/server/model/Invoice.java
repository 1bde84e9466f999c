package dev.rootbeat.server.model;

import java.time.Instant;
import java.time.LocalDate;

/**
 * An invoice as it was raised; it never changes.
 *
 * @param domain who pays
 * @param number its number, from 1 without gaps within the domain
 * @param day the 1st of the month for which it was raised, also if the server raised it later
 * @param raisedAt when it was raised
 * @param currency the currency's code by ISO 4217
 * @param total the sum, in the currency's smallest unit
 * @param json the document for programs
 * @param html the document for people
 */
public record Invoice(
        String domain,
        int number,
        LocalDate day,
        Instant raisedAt,
        String currency,
        long total,
        String json,
        String html) {}
