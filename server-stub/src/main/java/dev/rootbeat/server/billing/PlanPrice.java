package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Tariff;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one plan costs, as the command line says it.
 *
 * @param plan an active plan
 * @param tariff its prices
 */
public record PlanPrice(Plan plan, Tariff tariff) {

    /** Ten digits reach beyond the highest price and stay within a long. */
    private static final Pattern SHAPE =
            Pattern.compile("(DEVELOPER|COMMERCIAL)=([A-Z]{3}):(\\d{1,10}),(\\d{1,10}),(\\d{1,10}),(\\d{1,10})");

    /**
     * Reads prices in the currency's smallest unit for month, renew, update and transfer, such as
     * {@code COMMERCIAL=EUR:50,5,5,5}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static PlanPrice parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "prices are PLAN=CURRENCY:MONTH,RENEW,UPDATE,TRANSFER in the smallest unit,"
                            + " such as COMMERCIAL=EUR:50,5,5,5, not \"" + text + "\"");
        }
        String currency = matcher.group(2);
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
            throw new IllegalArgumentException("\"" + currency + "\" is no currency of ISO 4217");
        }
        return new PlanPrice(
                Plan.valueOf(matcher.group(1)),
                new Tariff(
                        currency,
                        Long.parseLong(matcher.group(3)),
                        Long.parseLong(matcher.group(4)),
                        Long.parseLong(matcher.group(5)),
                        Long.parseLong(matcher.group(6))));
    }
}
