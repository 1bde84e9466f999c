package dev.rootbeat.scenario.step;

import static dev.rootbeat.scenario.step.Script.object;

import dev.rootbeat.scenario.testbed.Unit;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks, and what their receiver was told. */
public final class EventSteps {

    private static final String CALLS = "/v1/notification/webhook/";

    private final Script script;
    private String webhook = "";

    /** Made for each scenario. */
    public EventSteps(Script script) {
        this.script = script;
    }

    /** A webhook for a list of events such as {@code CERTIFICATE_RENEWED, CERTIFICATE_UPDATED}. */
    @Given("{operator} has a webhook for {string}")
    public void webhook(String domain, String events) {
        ObjectNode body = object().put("URL", script.testbed().receiver().url())
                .put("Secret", script.testbed().receiver().secret());
        var list = body.putArray("Events");
        List.of(events.split(", ", -1)).forEach(list::add);
        webhook = script.does(domain, CALLS + "create", body).get("WebhookID").asString();
    }

    /** What the receiver answers from now on, such as 500. */
    @When("the webhook receiver answers {int}")
    public void answers(int status) {
        script.testbed().receiver().answers(status);
    }

    /** It does not answer at all. */
    @When("the webhook receiver is down")
    public void down() {
        script.testbed().receiver().answers(0);
    }

    /** It takes what it is told. */
    @When("the webhook receiver is well again")
    public void well() {
        script.testbed().receiver().answers(200);
    }

    /** Of each device exactly so often; the same event that is told again counts once. */
    @Then("the receiver was told {word} of {devices} {int} time(s)")
    public void told(String event, Cast devices, int times) {
        for (Unit unit : devices.units()) {
            Claim.same(
                    times,
                    (int) of(unit).stream()
                            .filter(body -> body.get("Event").asString().equals(event))
                            .map(body -> body.get("SequenceNumber").asLong())
                            .distinct()
                            .count(),
                    "how often the receiver was told " + event + " of device " + unit.number());
        }
    }

    /** The numbers of what it was told of a device only grow, but for what is told again. */
    @Then("what the receiver was told of {devices} is in order")
    public void order(Cast devices) {
        for (Unit unit : devices.units()) {
            List<Long> numbers = of(unit).stream()
                    .map(body -> body.get("SequenceNumber").asLong())
                    .distinct()
                    .toList();
            Claim.holds(!numbers.isEmpty(), () -> "the receiver was told nothing of device " + unit.number());
            Claim.same(numbers.stream().sorted().toList(), numbers, "the order of what the receiver was told");
        }
    }

    /** Of a Root CA, which is no device's event. */
    @Then("the receiver was told of Root CA {string} {word}")
    public void toldOfRootCa(String rootCa, String event) {
        String id = script.rootCa(rootCa);
        Claim.holds(
                script.testbed().receiver().told().stream()
                        .anyMatch(body -> body.get("Event").asString().equals(event)
                                && body.path("Subject").asString("").equals(id)),
                () -> "the receiver was not told " + event + " of Root CA " + rootCa);
    }

    /** Of the webhook that was made last. */
    @Then("{operator} has {int} dead letter(s)")
    public void deadLetters(String domain, int count) {
        Claim.same(count, deadLetters(domain).size(), "the number of dead letters");
    }

    /** All of the webhook that was made last. */
    @When("{operator} has the dead letters sent again")
    public void redeliver(String domain) {
        ObjectNode body = object().put("WebhookID", webhook);
        var ids = body.putArray("DeadLetterIDs");
        deadLetters(domain).forEach(letter -> ids.add(letter.get("DeadLetterID").asString()));
        script.does(domain, CALLS + "deadletter/redeliver", body);
    }

    private JsonNode deadLetters(String domain) {
        return script.does(domain, CALLS + "deadletter/list", object().put("WebhookID", webhook))
                .get("DeadLetters");
    }

    private List<JsonNode> of(Unit unit) {
        return script.testbed().receiver().told().stream()
                .filter(body ->
                        body.path("RoTPublicUID").asString("").equals(unit.uid().toString()))
                .toList();
    }
}
