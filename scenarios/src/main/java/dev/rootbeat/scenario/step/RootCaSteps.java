package dev.rootbeat.scenario.step;

import static dev.rootbeat.scenario.step.Script.object;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What operators do with Root CAs as such. */
public final class RootCaSteps {

    private static final String CALLS = "/v1/ztp/rootca/";

    private final Script script;
    private @Nullable String consent;

    /** Made for each scenario. */
    public RootCaSteps(Script script) {
        this.script = script;
    }

    /** ACTIVE, DISABLED or COMPROMISED. */
    @When("{operator} marks Root CA {string} as {word}")
    public void mark(String domain, String name, String state) {
        update(domain, name, object().put("State", state));
    }

    /** From the next heartbeats on. */
    @When("{operator} has the certificates of Root CA {string} renewed with {duration} left")
    public void renew(String domain, String name, Duration window) {
        update(domain, name, object().put("AutomaticRenewalWindowSeconds", window.toSeconds()));
    }

    /** From the next heartbeats on. */
    @When("{operator} has the certificates of Root CA {string} renewed no more")
    public void renewNever(String domain, String name) {
        update(domain, name, object().putNull("AutomaticRenewalWindowSeconds"));
    }

    /** May be refused. */
    @When("{operator} tries to have the certificates of Root CA {string} renewed with {duration} left")
    public void tryRenew(String domain, String name, Duration window) {
        script.tries(
                domain,
                CALLS + "update",
                object().put("AutomaticRenewalWindowSeconds", window.toSeconds())
                        .put("RootCAID", script.rootCa(name)));
    }

    /** Whether the IoT platform looks into its revocation list. */
    @Given("the IoT platform checks the CRL of {operator}'s Root CA {string}")
    public void checkCrl(String domain, String name) {
        update(domain, name, object().put("PlatformChecksCRL", true));
    }

    private void update(String domain, String name, ObjectNode change) {
        script.does(domain, CALLS + "update", change.put("RootCAID", script.rootCa(name)));
    }

    /** May be refused. */
    @When("{operator} tries to create a Root CA {string}")
    public void tryCreate(String domain, String name) {
        script.tries(
                domain,
                CALLS + "create",
                object().put("RootCAName", name)
                        .put("ValiditySeconds", Duration.ofDays(3650).toSeconds())
                        .put(
                                "DeviceCertificateValiditySeconds",
                                Duration.ofDays(90).toSeconds()));
    }

    /** Called 1, 2 and so on. */
    @When("{operator} creates {int} Root CAs")
    public void create(String domain, int count) {
        for (int i = 1; i <= count; i++) {
            tryCreate(domain, Integer.toString(i));
            Claim.same(List.of(), script.errors(), "the errors of the Root CA number " + i);
        }
    }

    /** May be refused. */
    @When("{operator} tries to delete Root CA {string}")
    public void tryDelete(String domain, String name) {
        script.tries(domain, CALLS + "delete", named(name));
    }

    /** The certificates of all its devices. */
    @When("{operator} revokes all certificates of Root CA {string} for {word}")
    public void revokeAll(String domain, String name, String reason) {
        script.does(domain, CALLS + "devices/revoke", named(name).put("Reason", reason));
    }

    /** Exactly these devices hold a certificate of it. */
    @Then("{operator} sees {devices} as the devices of Root CA {string}")
    public void devices(String domain, Cast devices, String name) {
        var expected = new TreeSet<String>();
        devices.each(unit -> expected.add(unit.uid().toString()));
        var shown = new TreeSet<String>();
        JsonNode answer = script.does(domain, CALLS + "devices/get", named(name));
        answer.get("RoTPublicUIDs").forEach(uid -> shown.add(uid.asString()));
        Claim.same(expected, shown, "the devices of Root CA " + name);
    }

    /** None hold a certificate of it. */
    @Then("{operator} sees no devices of Root CA {string}")
    public void noDevices(String domain, String name) {
        Claim.same(
                0,
                script.does(domain, CALLS + "devices/get", named(name))
                        .get("RoTPublicUIDs")
                        .size(),
                "the number of devices of Root CA " + name);
    }

    /** A one-time code for a transfer to it by another domain. */
    @When("{operator} gives a consent code for Root CA {string}")
    public void consent(String domain, String name) {
        consent = script.does(domain, CALLS + "consent/create", named(name))
                .get("ConsentCode")
                .asString();
    }

    /** Takes back the last code that was given. */
    @When("{operator} takes the consent code back")
    public void withdraw(String domain) {
        script.does(domain, CALLS + "consent/delete", object().put("ConsentCode", code()));
    }

    /** With the last code that was given; may be refused. */
    @When("{operator} tries to order a transfer of {devices} to Root CA {string} with the consent code")
    public void transfer(String domain, Cast devices, String name) {
        script.tries(
                domain,
                "/v1/ztp/devicecertificate/rootca/transfer",
                Script.of(devices).put("RootCAID", script.rootCa(name)).put("ConsentCode", code()));
    }

    private String code() {
        if (consent == null) {
            throw new AssertionError("nobody has given a consent code yet");
        }
        return consent;
    }

    private ObjectNode named(String name) {
        return object().put("RootCAID", script.rootCa(name));
    }
}
