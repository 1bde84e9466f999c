package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.SubscriptionPeriod;
import dev.rootbeat.server.model.Tariff;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes invoices: for programs as JSON, in which amounts are smallest units, and for people as HTML. */
public final class Documents {

    private Documents() {}

    static Invoice invoice(Domain domain, int number, Instant now, Statement statement) {
        return new Invoice(
                domain.id(),
                number,
                statement.day(),
                now,
                statement.currency(),
                statement.total(),
                json(number, now, statement),
                html(domain.name(), number, statement));
    }

    private static String json(int number, Instant now, Statement statement) {
        ObjectNode document = JsonMapper.shared()
                .createObjectNode()
                .put("Number", number)
                .put("Day", statement.day().toString())
                .put("RaisedAt", now.toString())
                .put("Currency", statement.currency())
                .put("Total", statement.total());
        var lines = document.putArray("Lines");
        Line.of(statement.charges()).forEach(line -> put(lines.addObject(), line));
        return document.toString();
    }

    /** Writes a line into a JSON object: counts and amounts, all integers. */
    public static void put(ObjectNode shown, Line line) {
        SubscriptionPeriod period = line.period();
        Tariff tariff = period.tariff();
        shown.put("RoTPublicUID", period.device().toString())
                .put("Plan", period.plan().name())
                .put("Start", period.start().toString())
                .put("End", period.end().toString())
                .put("MonthAmount", line.month())
                .put("Renewals", line.renewals())
                .put("RenewPrice", tariff.renew())
                .put("Updates", line.updates())
                .put("UpdatePrice", tariff.update())
                .put("Transfers", line.transfers())
                .put("TransferPrice", tariff.transfer())
                .put("Amount", line.amount());
    }

    private static String html(String name, int number, Statement statement) {
        String currency = statement.currency();
        var rows = new StringBuilder();
        Line.of(statement.charges()).forEach(line -> rows.append(row(line, currency)));
        String total = money(statement.total(), currency);
        return String.format(Locale.ROOT, """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Invoice %1$d of %2$s</title>
            <style>
            body { font-family: sans-serif; margin: 2em }
            th, td { text-align: left; padding: 0.2em 0.8em }
            td:nth-child(n+5), th:nth-child(n+5) { text-align: right; font-variant-numeric: tabular-nums }
            tfoot { font-weight: bold }
            tfoot td:last-child { text-align: right }
            </style>
            <h1>Invoice %1$d of %2$s</h1>
            <p>For %3$s, raised by an emulated certificate manager: nothing is to be paid.
            <table>
            <thead><tr><th>Device<th>Plan<th>From<th>Until<th>Month %4$s<th>Renewals<th>Updates<th>Transfers<th>Sum %4$s
            <tbody>
            %5$s<tfoot><tr><td colspan="8">Total %4$s<td>%6$s
            </table>
            </html>
            """, number, statement.day(), escaped(name), currency, rows, total);
    }

    private static String row(Line line, String currency) {
        SubscriptionPeriod period = line.period();
        return String.format(
                Locale.ROOT,
                "<tr><td>%s<td>%s<td>%s<td>%s<td>%s<td>%d<td>%d<td>%d<td>%s\n",
                period.device(),
                period.plan(),
                period.start(),
                period.end(),
                money(line.month(), currency),
                line.renewals(),
                line.updates(),
                line.transfers(),
                money(line.amount(), currency));
    }

    /** Returns an amount of smallest units as people write it: 1250 cents are 12.50. */
    static String money(long amount, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return BigDecimal.valueOf(amount, digits).toPlainString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
