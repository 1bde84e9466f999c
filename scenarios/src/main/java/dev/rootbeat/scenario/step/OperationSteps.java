package dev.rootbeat.scenario.step;

import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.scenario.testbed.Unit;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What operators order for certificates, and how far it has come. */
public final class OperationSteps {

    private static final String CALLS = "/v1/ztp/devicecertificate/";
    private static final String TRANSFER = CALLS + "rootca/transfer";

    private final Script script;

    /** Made for each scenario. */
    public OperationSteps(Script script) {
        this.script = script;
    }

    /** The order must be accepted for every device. */
    @When("{operator} orders a/an {operation} for {devices}")
    public void order(String domain, String operation, Cast devices) {
        script.does(domain, CALLS + operation, Script.of(devices));
    }

    /** The order may be refused. */
    @When("{operator} tries to order a/an {operation} for {devices}")
    public void tryOrder(String domain, String operation, Cast devices) {
        script.tries(domain, CALLS + operation, Script.of(devices));
    }

    /** The order must be accepted for every device. */
    @When("{operator} orders a transfer of {devices} to Root CA {string}")
    public void transfer(String domain, Cast devices, String rootCa) {
        script.does(domain, TRANSFER, transferring(devices, rootCa));
    }

    /** The order may be refused. */
    @When("{operator} tries to order a transfer of {devices} to Root CA {string}")
    public void tryTransfer(String domain, Cast devices, String rootCa) {
        script.tries(domain, TRANSFER, transferring(devices, rootCa));
    }

    private ObjectNode transferring(Cast devices, String rootCa) {
        return Script.of(devices).put("RootCAID", script.rootCa(rootCa));
    }

    /** Provisions devices anew whose certificate was deleted. */
    @When("{operator} orders a new certificate of Root CA {string} for {devices}")
    public void create(String domain, String rootCa, Cast devices) {
        script.does(domain, CALLS + "create", transferring(devices, rootCa));
    }

    /** Revokes at once, with an RFC 5280 reason such as KEY_COMPROMISE. */
    @When("{operator} revokes the certificate(s) of {devices} for {word}")
    public void revoke(String domain, Cast devices, String reason) {
        script.does(domain, CALLS + "revoke", Script.of(devices).put("Reason", reason));
    }

    /** The last call, and for every device that it listed. */
    @Then("it succeeds")
    public void succeeds() {
        Claim.same(List.of(), script.errors(), "the errors of the last call");
    }

    /** The last call, or each device that it listed, with this error. */
    @Then("it is refused with {word}")
    public void refused(String error) {
        List<String> errors = script.errors();
        Claim.holds(
                !errors.isEmpty() && errors.stream().allMatch(error::equals),
                () -> "expected a refusal with " + error + ", but it came to " + script.answer());
    }

    /** The last operation of each device is of this kind and in this state, such as EFFECTIVE. */
    @Then("{operator} sees the {word} of {devices} as {word}")
    public void state(String domain, String kind, Cast devices, String state) {
        for (Unit unit : devices.units()) {
            List<JsonNode> ofKind = operations(domain, unit).stream()
                    .filter(operation -> operation.get("Operation").asString().equals(kind))
                    .toList();
            Claim.holds(!ofKind.isEmpty(), () -> "device " + unit.number() + " has no operation " + kind);
            Claim.same(
                    state,
                    ofKind.getLast().get("State").asString(),
                    "the state of the last " + kind + " of device " + unit.number());
        }
    }

    /** Nothing is owed to the devices any more. */
    @Then("nothing is owed to {devices}")
    public void nothingOwed(Cast devices) {
        for (Unit unit : devices.units()) {
            List<String> owed = new ArrayList<>();
            for (JsonNode operation : operations(Testbed.HOME, unit)) {
                String state = operation.get("State").asString();
                if (List.of("ACCEPTED", "ORDERED", "DELIVERED").contains(state)) {
                    owed.add(operation.get("Operation").asString() + " " + state);
                }
            }
            Claim.same(List.of(), owed, "what is owed to device " + unit.number());
        }
    }

    private List<JsonNode> operations(String domain, Unit unit) {
        return script.certificates(unit, domain).get("Operations").valueStream().toList();
    }
}
