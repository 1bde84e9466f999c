package dev.rootbeat.scenario.step;

import static dev.rootbeat.scenario.step.Script.object;

import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.scenario.testbed.Unit;
import io.cucumber.java.en.Then;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What it costs. */
public final class MoneySteps {

    private final Script script;

    /** Made for each scenario. */
    public MoneySteps(Script script) {
        this.script = script;
    }

    /** In the subscription period that runs, for each device. */
    @Then("{devices} is/are billed for {int} renewal(s), {int} update(s) and {int} transfer(s)")
    public void billed(Cast devices, int renewals, int updates, int transfers) {
        for (Unit unit : devices.units()) {
            JsonNode usage = script.does(
                    Testbed.HOME,
                    "/v1/usage/get",
                    object().put("RoTPublicUID", unit.uid().toString()));
            JsonNode line = usage.get("Devices").path(0);
            Claim.same(
                    List.of(renewals, updates, transfers),
                    List.of(
                            line.path("Renewals").asInt(0),
                            line.path("Updates").asInt(0),
                            line.path("Transfers").asInt(0)),
                    "renewals, updates and transfers of device " + unit.number());
        }
    }

    /** In the subscription period that runs, for each device. */
    @Then("{devices} is/are billed for nothing")
    public void nothing(Cast devices) {
        billed(devices, 0, 0, 0);
    }

    /** How many invoices there are so far. */
    @Then("{operator} has {int} invoice(s)")
    public void invoices(String domain, int count) {
        Claim.same(
                count,
                script.does(domain, "/v1/invoice/list", object())
                        .get("Invoices")
                        .size(),
                "the number of invoices");
    }
}
