package dev.rootbeat.server.model;

import java.util.stream.LongStream;

/**
 * What a plan costs. Amounts are in the currency's smallest unit, such as cents.
 *
 * @param currency the currency's code by ISO 4217, such as EUR
 * @param month a subscription period of one month
 * @param renew a renewal that took effect, by hand or automatic
 * @param update an update that took effect
 * @param transfer a transfer that took effect
 */
public record Tariff(String currency, long month, long renew, long update, long transfer) {

    /** The highest price: a billion of them still sum up in 64 bits. */
    public static final long MAX_PRICE = 1_000_000_000;

    /**
     * Checks the prices.
     *
     * @throws IllegalArgumentException if one is negative or above {@link #MAX_PRICE}
     */
    public Tariff {
        if (LongStream.of(month, renew, update, transfer).anyMatch(price -> price < 0 || price > MAX_PRICE)) {
            throw new IllegalArgumentException("a price is an integer from 0 to " + MAX_PRICE + " smallest units");
        }
    }

    /** Returns the price of a billing event. */
    public long of(Operation.Kind kind) {
        return switch (kind) {
            case RENEW, AUTOMATIC_RENEW -> renew;
            case UPDATE -> update;
            case TRANSFER -> transfer;
            case PROVISION, DELETE, REVOKE -> 0;
        };
    }
}
