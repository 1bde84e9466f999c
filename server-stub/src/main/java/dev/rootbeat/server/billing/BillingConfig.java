package dev.rootbeat.server.billing;

import java.util.List;

/**
 * How a server handles money.
 *
 * @param prices what plans cost
 * @param channels the ways by which invoices are delivered; without any they are kept for the API alone
 */
public record BillingConfig(PriceList prices, List<Channel> channels) {

    /** The prices that are ours, and no deliveries. */
    public static final BillingConfig DEFAULT = new BillingConfig(PriceList.DEFAULT, List.of());
}
