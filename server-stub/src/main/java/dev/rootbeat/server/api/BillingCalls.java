package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.text;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.billing.BillingService;
import dev.rootbeat.server.billing.Documents;
import dev.rootbeat.server.billing.Line;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Tariff;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plans, usage and invoices. Every amount is an integer in the smallest unit of its currency. */
final class BillingCalls {

    private final Services services;
    private final BillingService billing;

    BillingCalls(Services services) {
        this.services = services;
        this.billing = services.billing();
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/plan/list", (_, _) -> plans(),
                "/v1/plan/things/set", this::setOnThings,
                "/v1/usage/get", this::usage,
                "/v1/invoice/list", this::invoices,
                "/v1/invoice/get", this::invoice);
    }

    private ApiAnswer plans() {
        ObjectNode answer = Json.object();
        ArrayNode plans = answer.putArray("Plans");
        for (Map.Entry<Plan, Tariff> price : billing.prices().entrySet()) {
            Tariff tariff = price.getValue();
            ObjectNode shown = plans.addObject()
                    .put("Plan", price.getKey().name())
                    .put("Currency", tariff.currency())
                    .put("MonthPrice", tariff.month())
                    .put("RenewPrice", tariff.renew())
                    .put("UpdatePrice", tariff.update())
                    .put("TransferPrice", tariff.transfer());
            if (price.getKey() == Plan.DEVELOPER) {
                shown.put("MaxDevices", services.devices().planLimit().developerDevices());
            }
        }
        return new ApiAnswer.Success(answer);
    }

    private ApiAnswer setOnThings(Domain caller, JsonNode body) {
        Plan plan = Plan.valueOf(text(body, "Plan"));
        return Json.perDevice(
                body,
                devices -> services.devices().choose(caller.id(), devices, plan).join().stream()
                        .map(CertificateCalls::answer)
                        .toList());
    }

    private ApiAnswer usage(Domain caller, JsonNode body) {
        Page page = Page.of(body);
        RotPublicUid device = body.has("RoTPublicUID") ? RotPublicUid.parse(text(body, "RoTPublicUID")) : null;
        RotPublicUid after = page.after(RotPublicUid::parse);
        List<Line> lines = billing.usage(caller.id(), device);
        List<Line> found = lines.stream()
                .filter(line -> after == null || line.period().device().compareTo(after) > 0)
                .limit(page.wanted())
                .toList();
        ObjectNode answer = page.show(
                "Devices",
                found,
                BillingCalls::show,
                line -> line.period().device().toString());
        ArrayNode totals = answer.putArray("Totals");
        var byCurrency = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.period().tariff().currency(), TreeMap::new, Collectors.toList()));
        byCurrency.forEach((currency, ofCurrency) -> totals.addObject()
                .put("Currency", currency)
                .put("Devices", ofCurrency.size())
                .put("Renewals", ofCurrency.stream().mapToInt(Line::renewals).sum())
                .put("Updates", ofCurrency.stream().mapToInt(Line::updates).sum())
                .put("Transfers", ofCurrency.stream().mapToInt(Line::transfers).sum())
                .put("Amount", ofCurrency.stream().mapToLong(Line::amount).sum()));
        return new ApiAnswer.Success(answer);
    }

    private ApiAnswer invoices(Domain caller, JsonNode body) {
        Page page = Page.of(body);
        int from = page.cursor() == null ? 1 : Integer.parseInt(page.cursor()) + 1;
        return page.answer(
                "Invoices",
                billing.invoices(caller.id(), from, page.wanted()),
                BillingCalls::show,
                invoice -> Integer.toString(invoice.number()));
    }

    private ApiAnswer invoice(Domain caller, JsonNode body) {
        return billing.invoice(caller.id(), body.get("Number").asInt())
                .<ApiAnswer>map(invoice -> {
                    ObjectNode answer = Json.object();
                    answer.set("Invoice", JsonMapper.shared().readTree(invoice.json()));
                    return new ApiAnswer.Success(answer.put("HTML", invoice.html()));
                })
                .orElseGet(() ->
                        new ApiAnswer.Failure(ApiError.notFound("Number", "the domain has no invoice of this number")));
    }

    private static JsonNode show(Line line) {
        ObjectNode shown = Json.object();
        Documents.put(shown, line);
        return shown;
    }

    private static JsonNode show(Invoice invoice) {
        return Json.object()
                .put("Number", invoice.number())
                .put("Day", invoice.day().toString())
                .put("RaisedAt", invoice.raisedAt().toString())
                .put("Currency", invoice.currency())
                .put("Total", invoice.total());
    }
}
