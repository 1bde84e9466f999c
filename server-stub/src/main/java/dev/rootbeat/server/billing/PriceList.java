package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Tariff;
import java.util.List;

/**
 * What plans cost, as a server is configured. A change counts for periods that begin afterwards.
 *
 * @param developer the prices of {@link Plan#DEVELOPER}
 * @param commercial the prices of {@link Plan#COMMERCIAL}
 */
public record PriceList(Tariff developer, Tariff commercial) {

    /** The plans that cost something, or might. */
    static final List<Plan> PLANS = List.of(Plan.DEVELOPER, Plan.COMMERCIAL);

    /** Ours, not those of the real service: trials are free; half a euro a month, and five cents an event. */
    public static final PriceList DEFAULT =
            new PriceList(new Tariff("EUR", 0, 0, 0, 0), new Tariff("EUR", 50, 5, 5, 5));

    /** Returns the same list with other prices for one plan. */
    public PriceList with(PlanPrice price) {
        return switch (price.plan()) {
            case DEVELOPER -> new PriceList(price.tariff(), commercial);
            case COMMERCIAL -> new PriceList(developer, price.tariff());
            case NONE -> throw new IllegalArgumentException("who has no plan pays nothing");
        };
    }

    /** Returns the prices of an active plan. */
    public Tariff of(Plan plan) {
        return switch (plan) {
            case DEVELOPER -> developer;
            case COMMERCIAL -> commercial;
            case NONE -> throw new IllegalArgumentException("who has no plan pays nothing");
        };
    }
}
